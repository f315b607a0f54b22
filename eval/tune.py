"""`python -m eval.tune`: fit the weights of the ranking and of confidence by wording.

They are fitted on the body's documents of the split `fit`, cross-validated by document, scored on those of `choose`,
and written to `evqa/ranking.json` and `evqa/confidence.json`, together with these scores. With `--set GOLD DOCUMENT …`
the documents are your own: for each, everything is fitted on the others and it is scored. With `--in-use` nothing is
fitted: the sets are scored with the weights in use. With `--for-model` all this is about the model that EVQA_MODEL
names, whose weights are kept in `$EVQA_HOME/fitted/`.
"""

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
from typing import Any

import numpy as np

import evqa.fitted
from eval.command_line import exit_code, parser_for, say
from eval.cost.speed import store
from eval.fitting.own_model import own_fit, own_folder
from eval.fitting.tuning import TuningSet, fit_all
from eval.fitting.worth import means
from eval.judging.body_tuning import Report, fit_on_body, values
from eval.measures.measurement import Estimate, Measurement, Measurements, estimates
from eval.measures.scoring import measurements
from eval.report.corpus_run import run_corpus
from eval.report.report import answering
from eval.sets import SHARED, add_sets, given_set
from evqa.errors import UsageError
from evqa.fitted import Fitted, fitted, using
from evqa.settings import settings_from
from index.corpus import open_corpus
from index.writer import load_lazily

RANKING = ("hit@1", "hit@5", "in1500c", "nDCG@10", "reference_F1")
REFUSAL = ("AUROC", "refusals_at_5", "ECE", "Brier", "true_refusals", "false_refusals")
BODY_RANKING = ("hit@1", "hit@5", "hit@20", "in1500c")
BODY_REFUSAL = ("AUROC", "answerable refused", "unanswerable refused", "shown and right", "ECE of what is shown")
LEAST = 3
FOLDER = Path(evqa.fitted.__file__).parent


def main(argv: Sequence[str] | None = None, home: Path | None = None, folder: Path = FOLDER) -> int:
    """Fit, report, and write into `folder`: exit code 0, or 2 if something fails.

    The documents are stored under `home`; by default in a folder that is deleted afterwards.
    """
    parser = parser_for("tune", __doc__)
    add_sets(
        parser, False, "gold questions, some of them unanswerable, and their document; give it three times or more"
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of reference material of the body")
    parser.add_argument("--home", type=Path, default=home, help="where corpora are kept (default: a deleted folder)")
    parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
    parser.add_argument(
        "--for-model",
        action="store_true",
        help="fit for the model that EVQA_MODEL names, and keep it under EVQA_HOME: its corpora are asked with that",
    )
    parser.add_argument("--in-use", action="store_true", help="fit nothing: score the sets with what is in use")
    arguments = parser.parse_args(argv)

    def run() -> None:
        settings = settings_from(os.environ)
        if arguments.in_use:
            if not arguments.sets:
                raise UsageError("--in-use", "there is no set to score", "give --set; the body is scored by eval.body")
            with using(own_fit(settings) if arguments.for_model else fitted()):
                _score(arguments.sets, arguments.home)
            return
        own = own_folder(settings) if arguments.for_model and not arguments.dry_run else folder
        target = None if arguments.dry_run else own
        if arguments.sets:
            _tune(arguments.sets, arguments.home, target)
        else:
            _tune_on_body(arguments.shared, arguments.home, settings.model, target)

    return exit_code(run, failed=2)


def _tune_on_body(shared: Path, home: Path | None, model: str, folder: Path | None) -> None:
    with TemporaryDirectory() as temporary:
        chosen, report = fit_on_body(shared, home or Path(temporary), model)
    print("\n".join(body_lines(report)))
    if folder is not None:
        _write(folder, chosen, report, (BODY_RANKING, BODY_REFUSAL), "python -m eval.tune")


def body_lines(report: Report) -> Iterator[str]:
    """A table for a terminal: one line a measure, one column a split, with 95 % intervals."""
    yield f"{'':<22}" + "".join(f"{name:>24}" for name in report)
    for measure in (*BODY_RANKING, *BODY_REFUSAL):
        yield f"{measure:<22}" + "".join(f"{_bounds(*column[measure]):>24}" for column in report.values())


def _tune(sets: Sequence[Sequence[Path]], home: Path | None, folder: Path | None) -> None:
    if len(sets) < LEAST:
        raise UsageError("--set", "a review is left out of two or more others", f"give --set {LEAST} times or more")
    with TemporaryDirectory() as temporary, ExitStack() as stack:
        loaded = list(_tuning_sets(sets, home or Path(temporary), stack))
        scores = left_out(loaded)
        print("\n".join(lines(scores)))
        if folder is not None:
            report = {name: _bounded(estimates(measured)) for name, measured in scores.items()}
            _write(folder, fit_all(loaded), report, (RANKING, REFUSAL), command_of(sets))


def _score(sets: Sequence[Sequence[Path]], home: Path | None) -> None:
    with TemporaryDirectory() as temporary, ExitStack() as stack:
        loaded = _tuning_sets(sets, home or Path(temporary), stack)
        print("\n".join(lines(_with_summary({each.name: _measured(each, fitted()) for each in loaded}))))


def command_of(sets: Sequence[Sequence[Path]]) -> str:
    """The command line that fits on these sets."""
    options = (("--set", str(gold), str(document)) for gold, document in sets)
    return shlex.join(["python", "-m", "eval.tune", *chain.from_iterable(options)])


def _tuning_sets(sets: Sequence[Sequence[Path]], home: Path, stack: ExitStack) -> Iterator[TuningSet]:
    """Check the anchors of each set, and store its document in a corpus of its own; `stack` closes the corpora."""
    model = settings_from(os.environ).model
    embedder = load_lazily(model)
    for place, (gold, document) in enumerate(sets):
        name, questions, _ = given_set(gold, document)
        store(document, home, model, f"set-{place}", lambda _: embedder)
        yield TuningSet(name, questions, stack.enter_context(open_corpus(home, f"set-{place}")))


def left_out(sets: Sequence[TuningSet]) -> dict[str, Measurements]:
    """What each set scores with everything fitted on the others, with the mean and the pooled questions."""
    scores: dict[str, Measurements] = {}
    for tested in sets:
        chosen = fit_all([other for other in sets if other is not tested])
        say(f"{tested.name} left out: {values(chosen)}")
        scores[tested.name] = _measured(tested, chosen)
    return _with_summary(scores)


def _with_summary(by_set: Mapping[str, Measurements]) -> dict[str, Measurements]:
    """The plain mean over the sets, then every set, then the questions of all sets pooled."""
    all_sets = list(by_set.values())
    return {
        "mean": means(all_sets),
        **by_set,
        "all_together": {name: _pooled([one_set[name] for one_set in all_sets]) for name in all_sets[0]},
    }


def _pooled(measurements: Sequence[Measurement]) -> Measurement:
    """The measure over the questions of all sets."""
    groups = zip(*(measurement.groups for measurement in measurements), strict=True)
    return Measurement(measurements[0].measure, tuple(np.concatenate(group) for group in groups))


def _measured(tested: TuningSet, chosen: Fitted) -> Measurements:
    with using(chosen):
        run = run_corpus(tested.gold, tested.corpus)
    measured = measurements(tested.gold, answering(tested.gold, run, tested.name, "evqa"))
    return {name: measured[name] for name in (*RANKING, *REFUSAL)}


def lines(scores: Mapping[str, Measurements]) -> Iterator[str]:
    """A table for a terminal: one line a measure, one column a set, with 95 % intervals."""
    columns = {name: estimates(measured) for name, measured in scores.items()}
    yield f"{'':<16}" + "".join(f"{name:>24}" for name in columns)
    for measure in (*RANKING, *REFUSAL):
        yield f"{measure:<16}" + "".join(f"{_cell(column[measure]):>24}" for column in columns.values())


def _cell(value: Estimate) -> str:
    return _bounds(value.value, value.low, value.high)


def _bounds(value: float, low: float, high: float) -> str:
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"


def _bounded(measured: Mapping[str, Estimate]) -> dict[str, tuple[float, float, float]]:
    return {name: (each.value, each.low, each.high) for name, each in measured.items()}


def _write(
    folder: Path, chosen: Fitted, report: Report, measures: tuple[Sequence[str], Sequence[str]], command: str
) -> None:
    """Write weights and confidence, each with its measures of the report."""
    models = (("ranking.json", chosen.ranking), ("confidence.json", chosen.confidence))
    for (name, model), own in zip(models, measures, strict=True):
        left_out = {column: _rounded(found, own) for column, found in report.items()}
        content = {**model.model_dump(mode="json"), "left_out": left_out, "command": command}
        (folder / name).write_text(readable(content), encoding="utf-8")
        print(f"written to {folder / name}")


def _rounded(found: Mapping[str, tuple[float, float, float]], names: Sequence[str]) -> dict[str, list[float]]:
    """Value, low and high of each measure."""
    return {name: [round(part, 3) for part in found[name]] for name in names}


def readable(content: Mapping[str, Any]) -> str:
    """Indented JSON, with each list of numbers on one line."""
    numbers = re.compile(r"\[\s+([-\d.,\s]+?)\s+\]")
    text = json.dumps(content, indent=2)
    return numbers.sub(lambda match: f"[{', '.join(match[1].replace(',', ' ').split())}]", text) + "\n"


if __name__ == "__main__":
    sys.exit(main())
