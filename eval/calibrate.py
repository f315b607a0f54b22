"""`python -m eval.calibrate --set GOLD DOCUMENT …`: fit the confidence model anew and write `evqa/confidence.json`.

A logistic regression over `evqa.features` with an L2 penalty and each weight's sign fixed by sense. The scores in
the file are those of every set by a model that saw only the others; so is the threshold chosen.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

import evqa.fitted
from eval.bootstrap import figure
from eval.gold import GoldQuestion, load_gold
from eval.measures import auroc, brier, ece, false_refusals, refusals, true_refusals
from eval.speed import store
from evqa import confidence
from evqa.errors import UsageError
from evqa.features import NAMES, SIGNS, features, is_understood
from evqa.ranking import rank
from evqa.retriever import Retriever
from evqa.settings import settings_from
from evqa.understanding import understand
from index.corpus import open_corpus
from index.writer import load_lazily

PENALTY = 1.0
STEPS = 20_000
FALSE_REFUSALS = 0.05
Matrix: TypeAlias = NDArray[np.float64]
Floored: TypeAlias = NDArray[np.bool_]


class Table(NamedTuple):
    """A gold set as numbers: feature values (n, f), answerable 1 or not 0 (n,), whether a rule refuses (n,)."""

    name: str
    values: Matrix
    answerable: Matrix
    refused: Floored


class Model(NamedTuple):
    """A bias and one weight for each feature (f,)."""

    bias: float
    weights: Matrix

    def confidence(self, table: Table) -> Matrix:
        """Probability that each question is answered (n,); 0 where a rule refuses."""
        found = 1 / (1 + np.exp(-(table.values @ self.weights + self.bias)))
        return np.where(table.refused, 0.0, found)


def main(argv: Sequence[str] | None = None, home: Path | None = None) -> int:
    """Fit, report, write. The documents are stored under `home`, or in a folder that is gone afterwards."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--set",
        dest="sets",
        nargs=2,
        type=Path,
        action="append",
        required=True,
        metavar=("GOLD", "DOCUMENT"),
        help="gold questions, some of them unanswerable, and the document that they are about; at least twice",
    )
    parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
    given = parser.parse_args(argv)
    with TemporaryDirectory() as folder:
        tables = read_tables(given.sets, home or Path(folder))
    model = {**fitted(tables), "command": command_of(given.sets)}
    print(terminal(model))
    if not given.dry_run:
        path = Path(confidence.__file__).with_name("confidence.json")
        path.write_text(readable(model), encoding="utf-8")
        print(f"written to {path}")
    return 0


def command_of(sets: Sequence[Sequence[Path]]) -> str:
    """The command line that fits the model on the sets."""
    return "python -m eval.calibrate " + " ".join(f"--set {gold} {document}" for gold, document in sets)


def read_tables(sets: Sequence[Sequence[Path]], home: Path) -> list[Table]:
    """Each set's document stored in a corpus of its own and asked the set's questions."""
    model = settings_from(os.environ).model
    loaded = load_lazily(model)
    for place, (_, document) in enumerate(sets):
        store(document, home, model, f"set-{place}", lambda _: loaded)
    return [_read(gold, home, f"set-{place}") for place, (gold, _) in enumerate(sets)]


def _read(gold: Path, home: Path, corpus: str) -> Table:
    with open_corpus(home, corpus) as retriever:
        return table(gold.name, load_gold(gold), retriever)


def table(name: str, gold: Sequence[GoldQuestion], retriever: Retriever) -> Table:
    """The gold questions as a corpus sees them."""
    rows = [_values(question.question, retriever) for question in gold]
    missing = (0.0,) * len(NAMES)
    return Table(
        name,
        np.array([row or missing for row in rows], dtype=np.float64),
        np.array([question.is_answerable for question in gold], dtype=np.float64),
        np.array([row is None for row in rows]),
    )


def _values(question: str, retriever: Retriever) -> tuple[float, ...] | None:
    """Feature values, None where `evqa.answer` refuses by rule."""
    asked = understand(question, retriever)
    ranking = rank(asked, retriever)
    selected = asked.numbers or asked.facts.selects or asked.part
    if not ranking.ranked or asked.problems or not (selected or is_understood(ranking.terms, retriever)):
        return None
    return features(asked, ranking, retriever)


def fitted(tables: Sequence[Table]) -> dict[str, Any]:
    """The model of all sets as `evqa.confidence` reads it, with the scores of each set left out.

    Raises UsageError unless there are two sets and each holds answerable and unanswerable questions.
    """
    _check(tables)
    model = fit(tables)
    left_out = [fit([*tables[:place], *tables[place + 1 :]]).confidence(each) for place, each in enumerate(tables)]
    threshold = _threshold(tables, left_out)
    return {
        "bias": round(model.bias, 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(NAMES, model.weights, strict=True)},
        "threshold": threshold,
        "doubt": evqa.fitted.fitted().confidence.doubt.model_dump(mode="json"),
        "fitted_on": {each.name: _counted(each) for each in tables},
        "left_out": _report(tables, left_out, threshold),
    }


def _check(tables: Sequence[Table]) -> None:
    if len(tables) < 2:
        raise UsageError("one set can't be left out of one: give --set twice or more")
    for each in tables:
        free = each.answerable[~each.refused]
        if free.size == 0 or free.min() == free.max():
            raise UsageError(f"{each.name} needs both answerable and unanswerable questions that no rule refuses")


def _counted(each: Table) -> dict[str, int]:
    answerable = int(each.answerable.sum())
    return {"questions": len(each.answerable), "answerable": answerable, "refused_by_rule": int(each.refused.sum())}


def fit(tables: Sequence[Table]) -> Model:
    """Weights of least penalised loss with the signs of `features.SIGNS`, by accelerated projected gradients.

    The penalty acts on standardised features. Beck & Teboulle, A fast iterative shrinkage-thresholding
    algorithm, SIAM J. Imaging Sciences 2, 2009.
    """
    values = np.concatenate([each.values[~each.refused] for each in tables])
    answerable = np.concatenate([each.answerable[~each.refused] for each in tables])
    means, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    rows = np.column_stack([np.ones(len(values)), (values - means) / spread])
    found = _minimum(rows, answerable)
    weights = found[1:] / spread
    return Model(float(found[0] - weights @ means), weights)


def _minimum(rows: Matrix, answerable: Matrix) -> Matrix:
    penalties = np.r_[0.0, np.full(len(SIGNS), PENALTY)]
    signs = np.r_[0, SIGNS]
    step = 1 / (np.linalg.norm(rows, 2) ** 2 / 4 + PENALTY)
    found: Matrix = np.zeros(len(signs))
    ahead = found
    pace = 1.0
    for _ in range(STEPS):
        gradient = rows.T @ (1 / (1 + np.exp(-rows @ ahead)) - answerable) + penalties * ahead
        moved = ahead - step * gradient
        moved = np.where(signs * moved < 0, 0.0, moved)
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead = moved + (pace - 1) / faster * (moved - found)
        if np.abs(moved - found).max() < 1e-9:
            break
        found, pace = moved, faster
    return found


def _threshold(tables: Sequence[Table], left_out: Sequence[Matrix]) -> float:
    """The confidence below which one in twenty of the answerable questions lies, each set left out of its model."""
    answered = [found[each.answerable == 1] for each, found in zip(tables, left_out, strict=True)]
    return round(float(np.quantile(np.concatenate(answered), FALSE_REFUSALS)), 3)


MEASURES = {"auroc": auroc, "refusals_at_5_percent": refusals, "ece": ece, "brier": brier}
DECISIONS = {"false_refusals": false_refusals, "true_refusals": true_refusals}


def _report(tables: Sequence[Table], left_out: Sequence[Matrix], threshold: float) -> dict[str, Any]:
    """Scores with 95 % intervals of each set and of all questions together, and the plain mean over the sets."""
    every = [_scores(found, each.answerable, threshold) for each, found in zip(tables, left_out, strict=True)]
    together = _scores(np.concatenate(left_out), np.concatenate([each.answerable for each in tables]), threshold)
    mean = {name: round(float(np.mean([scores[name][0] for scores in every])), 3) for name in together}
    named = {each.name: scores for each, scores in zip(tables, every, strict=True)}
    return {"mean": mean, **named, "all_together": together}


def _scores(found: Matrix, answerable: Matrix, threshold: float) -> dict[str, list[float]]:
    """Value, low and high of every measure."""
    halves = found[answerable == 1], found[answerable == 0]
    decided = [(half >= threshold).astype(np.float64) for half in halves]
    figures = {name: figure(measure, *halves) for name, measure in MEASURES.items()}
    figures |= {name: figure(measure, *decided) for name, measure in DECISIONS.items()}
    return {name: [round(each.value, 3), round(each.low, 3), round(each.high, 3)] for name, each in figures.items()}


def readable(model: dict[str, Any]) -> str:
    """The model as JSON, a list of numbers on one line."""
    numbers = re.compile(r"\[\s+([-\d.,\s]+?)\s+\]")
    return (
        numbers.sub(lambda found: f"[{', '.join(found[1].replace(',', ' ').split())}]", json.dumps(model, indent=2))
        + "\n"
    )


def terminal(model: dict[str, Any]) -> str:
    """The scores of each set left out, one line each."""
    report = model["left_out"]
    lines = [f"{'left out':<28}" + "".join(f"{name:>24}" for name in report["mean"])]
    for name, scores in report.items():
        shown = (f"{v[0]:.3f} [{v[1]:.3f}, {v[2]:.3f}]" if isinstance(v, list) else f"{v:.3f}" for v in scores.values())
        lines.append(f"{name:<28}" + "".join(f"{each:>24}" for each in shown))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
