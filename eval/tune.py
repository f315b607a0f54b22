"""`python -m eval.tune --set GOLD DOCUMENT …`: fit all that is fitted anew, each review left out, then on all.

Prints what each review scores with everything fitted on the others, and writes `evqa/ranking.json` and
`evqa/confidence.json`, fitted on all of them, with these scores. With `--in-use` nothing is fitted: sets on which
nothing was are scored with what is in use.
"""

import argparse
import json
import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

import evqa.fitted
from eval.cost.speed import store
from eval.fitting.tuning import Review, fit_all
from eval.fitting.worth import means
from eval.measures.bootstrap import Figure
from eval.measures.measurement import Measurement, Measurements, figures
from eval.measures.scoring import measurements
from eval.report.command import run_corpus
from eval.report.report import answering
from eval.runs.given import add_sets, given_set
from eval.runs.gold import GoldQuestion
from evqa.corpus.corpus import Corpus
from evqa.errors import EvqaError, UsageError
from evqa.fitted import Fitted, fitted, using
from evqa.settings import settings_from
from index.corpus import open_corpus
from index.writer import load_lazily

RANKING = ("hit@1", "hit@5", "in1500c", "nDCG@10", "reference_F1")
REFUSAL = ("AUROC", "refusals_at_5", "ECE", "Brier", "true_refusals", "false_refusals")
LEAST = 3
FOLDER = Path(evqa.fitted.__file__).parent


class Part(NamedTuple):
    """A gold set, the corpus of its document, and both as the fit sees them."""

    gold: tuple[GoldQuestion, ...]
    corpus: Corpus
    review: Review


def main(argv: Sequence[str] | None = None, home: Path | None = None, folder: Path = FOLDER) -> int:
    """Fit, report, write into `folder`. The documents are stored under `home`, or in a folder that is gone after."""
    parser = argparse.ArgumentParser(prog="python -m eval.tune", description=(__doc__ or "").split("\n")[0])
    told = "gold questions, some of them unanswerable, and the document that they are about; three times or more"
    add_sets(parser, True, told)
    parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
    parser.add_argument("--in-use", action="store_true", help="fit nothing: score the sets with what is in use")
    given = parser.parse_args(argv)
    try:
        if given.in_use:
            _score(given.sets, home)
        else:
            _tune(given.sets, home, None if given.dry_run else folder)
    except EvqaError as error:
        print(f"tune: {error}", file=sys.stderr)
        return 2
    return 0


def _tune(sets: Sequence[Sequence[Path]], home: Path | None, folder: Path | None) -> None:
    if len(sets) < LEAST:
        raise UsageError("--set", "a review is left out of two or more others", f"give --set {LEAST} times or more")
    with TemporaryDirectory() as made, ExitStack() as opened:
        parts = list(_parts(sets, home or Path(made), opened))
        scores = left_out(parts)
        print("\n".join(lines(scores)))
        if folder is not None:
            _write(folder, fit_all([part.review for part in parts]), scores, command_of(sets))


def _score(sets: Sequence[Sequence[Path]], home: Path | None) -> None:
    with TemporaryDirectory() as made, ExitStack() as opened:
        parts = _parts(sets, home or Path(made), opened)
        print("\n".join(lines(_together({part.review.name: _measured(part, fitted()) for part in parts}))))


def command_of(sets: Sequence[Sequence[Path]]) -> str:
    """The command line that fits on the sets."""
    options = (("--set", str(gold), str(document)) for gold, document in sets)
    return shlex.join(["python", "-m", "eval.tune", *chain.from_iterable(options)])


def _parts(sets: Sequence[Sequence[Path]], home: Path, opened: ExitStack) -> Iterator[Part]:
    """Each set's document stored in a corpus of its own, its anchors checked."""
    model = settings_from(os.environ).model
    loaded = load_lazily(model)
    for place, (gold, document) in enumerate(sets):
        name, questions, _ = given_set(gold, document)
        store(document, home, model, f"set-{place}", lambda _: loaded)
        corpus = opened.enter_context(open_corpus(home, f"set-{place}"))
        yield Part(questions, corpus, Review(name, questions, corpus))


def left_out(parts: Sequence[Part]) -> dict[str, Measurements]:
    """What each set scores with everything fitted on the others; the plain mean over the sets; all together."""
    found: dict[str, Measurements] = {}
    for part in parts:
        chosen = fit_all([other.review for other in parts if other is not part])
        print(f"{part.review.name} left out: {_shown(chosen)}", file=sys.stderr)
        found[part.review.name] = _measured(part, chosen)
    return _together(found)


def _together(found: Mapping[str, Measurements]) -> dict[str, Measurements]:
    """The plain mean over the sets before them, all questions behind."""
    every = list(found.values())
    return {
        "mean": means(every),
        **found,
        "all_together": {name: _pooled([one[name] for one in every]) for name in every[0]},
    }


def _pooled(parts: Sequence[Measurement]) -> Measurement:
    """One measure of the questions of all parts."""
    groups = zip(*(part.groups for part in parts), strict=True)
    return Measurement(parts[0].measure, tuple(np.concatenate(group) for group in groups))


def _shown(chosen: Fitted) -> str:
    values = {**chosen.ranking.model_dump(), **chosen.confidence.doubt.model_dump()}
    return ", ".join(f"{name} {value}" for name, value in values.items())


def _measured(part: Part, chosen: Fitted) -> Measurements:
    with using(chosen):
        run = run_corpus(part.gold, part.corpus)
    found = measurements(part.gold, answering(part.gold, run, part.review.name, "evqa"))
    return {name: found[name] for name in (*RANKING, *REFUSAL)}


def lines(scores: Mapping[str, Measurements]) -> Iterator[str]:
    """A table for a terminal: a line each measure, a column each set left out, with 95 % intervals."""
    columns = {name: figures(measured) for name, measured in scores.items()}
    yield f"{'':<16}" + "".join(f"{name:>24}" for name in columns)
    for measure in (*RANKING, *REFUSAL):
        yield f"{measure:<16}" + "".join(f"{_cell(column[measure]):>24}" for column in columns.values())


def _cell(figure: Figure) -> str:
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def _write(folder: Path, chosen: Fitted, scores: Mapping[str, Measurements], command: str) -> None:
    for name, model, measures in (
        ("ranking.json", chosen.ranking, RANKING),
        ("confidence.json", chosen.confidence, REFUSAL),
    ):
        report = {each: _rounded(figures(measured), measures) for each, measured in scores.items()}
        content = {**model.model_dump(mode="json"), "left_out": report, "command": command}
        (folder / name).write_text(readable(content), encoding="utf-8")
        print(f"written to {folder / name}")


def _rounded(found: Mapping[str, Figure], measures: Sequence[str]) -> dict[str, list[float]]:
    """Value, low and high of each measure."""
    return {name: [round(v, 3) for v in (found[name].value, found[name].low, found[name].high)] for name in measures}


def readable(content: Mapping[str, Any]) -> str:
    """As JSON, a list of numbers on one line."""
    numbers = re.compile(r"\[\s+([-\d.,\s]+?)\s+\]")
    text = json.dumps(content, indent=2)
    return numbers.sub(lambda found: f"[{', '.join(found[1].replace(',', ' ').split())}]", text) + "\n"


if __name__ == "__main__":
    sys.exit(main())
