"""`python -m eval.ablation`: turn each stage of answering off in turn, and print what it is worth.

Each set's document is stored in a corpus of its own. With every stage on, and anew without each, the model of
confidence and the threshold of refusal are fitted on the other sets, so that refusal is judged on a set left out; where
those are fewer than two, by the model that comes with the product. The weights of the ranking are the product's.
"""

import argparse
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from eval.cost.speed import store
from eval.fitting.calibrate import FeatureTable, confidence_model, table_of
from eval.fitting.stages import (
    EVERYTHING,
    STAGES,
    Stage,
    chosen,
    left_out,
    matched_without,
    publish_without_directions,
)
from eval.fitting.worth import Ablation, Worth, changed, is_same, means, worths
from eval.measures.measurement import Measurements, estimates
from eval.measures.scoring import Responses, measurements
from eval.report.corpus_run import DEPTH
from eval.retrieval.beir import collection_measurements, search_corpus
from eval.retrieval.stored import stored_collection
from eval.runs.collection import load_collection
from eval.runs.run import run_library
from eval.sets import GOLD, SETS, SHARED, GivenSet, add_sets, given_set
from evqa.answer import Steps, ask
from evqa.corpus.corpus import Corpus
from evqa.errors import EvqaError, UsageError
from evqa.fitted import ConfidenceModel, fitted, using
from evqa.settings import settings_from
from index.corpus import StoredCorpus, open_corpus
from index.disk.folder import existing_folder
from index.writer import load_lazily
from ingest.sample import sample_path

if TYPE_CHECKING:
    from index.models.embed import Embedder

SHOWN = ("hit@1", "hit@5", "in1500c", "reference_F1", "AUROC", "refusals_at_5")
Say = Callable[[str], None]


class Asked(NamedTuple):
    """The responses to a set's questions, and what is measured of them."""

    responses: Responses
    measured: Measurements


class Corpora:
    """A corpus of each set's document under a home, kept there under a name of its own; a context that closes them."""

    def __init__(self, sets: Sequence[GivenSet], home: Path) -> None:
        self._sets = sets
        self._home = home
        self._model = settings_from(os.environ).model
        self._load: Callable[[str], Embedder] = cache(load_lazily)

    @contextmanager
    def opened(self, stage: Stage | None = None) -> Iterator[list[StoredCorpus]]:
        """The sets' corpora in order; where the stage acts when documents are stored, those stored without it."""
        without = stage if stage and stage.when == "publish" else None
        with ExitStack() as stack:
            yield [stack.enter_context(self._stored(each, without)) for each in self._sets]

    def _stored(self, each: GivenSet, without: Stage | None) -> StoredCorpus:
        name = corpus_of(each.document, without)
        store(each.document, self._home, self._model, name, self._load)
        if without:
            publish_without_directions(existing_folder(self._home, name))
        return open_corpus(self._home, name)


def corpus_of(document: Path, without: Stage | None = None) -> str:
    """Under which name a document is kept, by its content; stored without a stage it has a name of its own."""
    digest = hashlib.sha256(document.read_bytes()).hexdigest()[:12]
    return f"ablation-{digest}" + (f"-{without.name}" if without else "")


def ablation(sets: Sequence[GivenSet], stages: Sequence[Stage], home: Path, say: Say) -> Ablation:
    """Asks all sets with every stage on, then without each of `stages`; corpora are kept under `home`."""
    corpora = Corpora(sets, home)
    with corpora.opened() as opened:

        def asked(stage: Stage | None) -> list[Asked]:
            if stage is None or stage.when == "ask":
                return ask_all(sets, opened, stage)
            with corpora.opened(stage) as own:
                return ask_all(sets, own, None)

        return compared([each.name for each in sets], stages, asked, say)


def ask_all(sets: Sequence[GivenSet], corpora: Sequence[StoredCorpus], stage: Stage | None) -> list[Asked]:
    """Every set asked without the stage, refusal fitted on the other sets."""
    without = stage or EVERYTHING
    pairs = [(each, matched_without(without, corpus)) for each, corpus in zip(sets, corpora, strict=True)]
    with left_out(without):
        models = refusal_models([table(each, corpus, without.steps) for each, corpus in pairs])
        return [
            _answered(each, corpus, model, without.steps) for (each, corpus), model in zip(pairs, models, strict=True)
        ]


def _answered(each: GivenSet, corpus: Corpus, model: ConfidenceModel, steps: Steps) -> Asked:
    with using(fitted().model_copy(update={"confidence": model})):
        responses = run_library(each.questions, lambda question: ask(question, corpus, DEPTH, steps=steps)).by_id()
    return Asked(responses, _shown(measurements(each.questions, responses)))


def _shown(measured: Measurements) -> Measurements:
    return {name: measured[name] for name in SHOWN if name in measured}


def table(each: GivenSet, corpus: Corpus, steps: Steps) -> FeatureTable:
    """What the model of confidence sees of the set's questions, as they are answered."""
    rows = [_features(question.question, corpus, steps) for question in each.questions]
    return table_of(each.name, each.questions, rows)


def _features(question: str, corpus: Corpus, steps: Steps) -> tuple[float, ...] | None:
    """The values that confidence is reckoned from; None where a rule refuses."""
    seen: list[tuple[float, ...]] = []

    def noted(values: Sequence[float]) -> float:
        seen.append(tuple(values))
        return 1.0

    ask(question, corpus, steps=replace(steps, probability=noted))
    return seen[-1] if seen else None


def refusal_models(tables: Sequence[FeatureTable]) -> list[ConfidenceModel]:
    """For each set the model of confidence fitted on all others; the product's where they aren't enough for a fit."""
    doubt = fitted().confidence.doubt
    try:
        return [confidence_model([*tables[:place], *tables[place + 1 :]], doubt) for place in range(len(tables))]
    except UsageError:
        return [fitted().confidence] * len(tables)


def collection_ablation(folder: Path, stages: Sequence[Stage], home: Path, say: Say) -> Ablation:
    """The same of search in a collection in BEIR's layout.

    Stages of storing, each of which would take a corpus anew, are passed over. Raises UsageError when none is left.
    """
    asking = [one for one in stages if one.when == "ask"]
    if not asking:
        reason = "it looks at stages of asking alone, and none is among those that --stage names"
        raise UsageError("--beir", reason, "name a stage of asking, or leave --stage out")
    collection = load_collection(folder)
    with stored_collection(collection, home, settings_from(os.environ).model, say) as corpus:

        def asked(stage: Stage | None) -> list[Asked]:
            without = stage or EVERYTHING
            with left_out(without):
                responses = search_corpus(collection, matched_without(without, corpus), without.steps).by_id()
            return [Asked(responses, collection_measurements(collection, responses))]

        return compared([collection.name], asking, asked, say)


def compared(
    names: Sequence[str], stages: Sequence[Stage], asked: Callable[[Stage | None], list[Asked]], say: Say
) -> Ablation:
    """Asks with every stage on and without each, and sets the measures of each against the first."""
    say("all stages on")
    everything = asked(None)
    measured = [each.measured for each in everything]
    found = []
    for number, stage in enumerate(stages, start=1):
        say(f"{number} of {len(stages)}: without {stage.name}")
        found.append(worth(stage, names, asked(stage), everything))
    return Ablation(
        questions={name: len(each.responses) for name, each in zip(names, everything, strict=True)},
        overall=estimates(means(measured)),
        by_set={name: estimates(each) for name, each in zip(names, measured, strict=True)},
        stages=tuple(found),
    )


def worth(stage: Stage, names: Sequence[str], without: Sequence[Asked], everything: Sequence[Asked]) -> Worth:
    """What the stage is worth, from the sets asked without it and with everything."""
    pairs = dict(zip(names, zip(without, everything, strict=True), strict=True))
    return Worth(
        stage=stage.name,
        is_idle=all(is_same(less.responses, full.responses) for less, full in pairs.values()),
        changed={name: changed(less.responses, full.responses) for name, (less, full) in pairs.items()},
        overall=worths(means([each.measured for each in without]), means([each.measured for each in everything])),
        by_set={name: worths(less.measured, full.measured) for name, (less, full) in pairs.items()},
    )


def usual_sets(shared: Path = SHARED) -> list[tuple[Path, Path]]:
    """The gold sets whose documents lie under the folder, else that of the built-in sample; each with its document."""
    found = [(each.gold, documents[0]) for each in SETS if (documents := each.found(shared))]
    return found or [(GOLD / "sample.jsonl", sample_path())]


def told_apart(sets: Sequence[GivenSet]) -> list[GivenSet]:
    """Sets of the same questions named by their documents, too. Raises UsageError when one is given twice."""
    counted = Counter(each.name for each in sets)
    found = [each if counted[each.name] == 1 else _with_document(each) for each in sets]
    twice = [name for name, count in Counter(each.name for each in found).items() if count > 1]
    if twice:
        raise UsageError(f"--set {twice[0]}", "given twice", "give it once")
    return found


def _with_document(each: GivenSet) -> GivenSet:
    return each._replace(name=f"{each.name} {each.document.name}")


def named(names: Sequence[str]) -> tuple[Stage, ...]:
    """The stages of those names; raises UsageError, which lists all, for an unknown one."""
    try:
        return chosen(names)
    except KeyError as error:
        known = ", ".join(stage.name for stage in STAGES)
        raise UsageError(f"stage {error.args[0]!r}", "there is none of that name", f"take some of {known}") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the ablation and prints it; 2 or 1 and one line on stderr when an argument or something it runs fails."""
    given = _parser().parse_args(argv)
    try:
        with nullcontext(given.home) if given.home else TemporaryDirectory() as home:
            found = _found(given, Path(home))
    except EvqaError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    print(found.model_dump_json() if given.json else "\n".join(found.lines(given.each)))
    return 0


def _found(given: argparse.Namespace, home: Path) -> Ablation:
    stages = named(given.stage or ())
    if given.beir:
        return collection_ablation(given.beir, stages, home, _say)
    sets = [given_set(gold, document) for gold, document in given.sets or usual_sets()]
    return ablation(told_apart(sets), stages, home, _say)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.ablation", description=(__doc__ or "").partition(": ")[2])
    told = "gold questions and the document that they are about, as often as there are sets; without: the product's"
    add_sets(parser, False, told)
    parser.add_argument("--beir", type=Path, metavar="DIR", help="search in a collection in BEIR's layout instead")
    parser.add_argument("--stage", nargs="+", action="extend", metavar="NAME", help="only these; without: all")
    parser.add_argument("--each", action="store_true", help="a table of every set, too")
    parser.add_argument("--home", type=Path, help="where corpora are kept for the next time")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
