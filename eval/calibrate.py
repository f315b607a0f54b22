"""`python -m eval.calibrate GOLD REVIEW`: fit the confidence model anew and write `evqa/confidence.json`.

A logistic regression with an L2 penalty over `evqa.features`; the score in the file is that on
questions left out (ten folds, each holding answerable and unanswerable ones).
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.gold import GoldQuestion, load_gold
from eval.measures import auroc, brier, ece, refusals
from eval.speed import CORPUS, store
from evqa import confidence
from evqa.features import NAMES, features
from evqa.ranking import rank
from evqa.retriever import Retriever
from evqa.settings import settings_from
from evqa.understanding import understand
from index.corpus import open_corpus

FOLDS = 10
PENALTY = 10.0
Matrix = NDArray[np.float64]


def main(argv: Sequence[str] | None = None) -> int:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path, help="gold questions, some of them unanswerable")
    parser.add_argument("review", type=Path, help="the document that they are about")
    parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
    given = parser.parse_args(argv)
    gold = load_gold(given.gold)
    with TemporaryDirectory() as home:
        store(given.review, Path(home), settings_from(os.environ).model)
        values, answerable = table(gold, open_corpus(Path(home), CORPUS))
    model = fitted(values, answerable, given.gold.name)
    print(json.dumps(model, indent=2))
    if not given.dry_run:
        path = Path(confidence.__file__).with_name("confidence.json")
        path.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")
        print(f"written to {path}", file=sys.stderr)
    return 0


def table(gold: Sequence[GoldQuestion], retriever: Retriever) -> tuple[Matrix, Matrix]:
    """Feature values (n, f) and 1 for answerable, 0 for not (n,). Questions refused by rule are left out."""
    rows, labels = [], []
    for question in gold:
        asked = understand(question.question, retriever)
        ranking = rank(asked, retriever)
        if ranking.ranked and not asked.problems:
            rows.append(features(asked, ranking, retriever))
            labels.append(float(question.kind != "unanswerable"))
    return np.array(rows), np.array(labels)


def fitted(values: Matrix, answerable: Matrix, name: str) -> dict[str, Any]:
    """The model as `evqa.confidence` reads it, with its cross-validated score."""
    left_out = _left_out(values, answerable)
    model = _fit(values, answerable)
    return {
        "bias": round(float(model.intercept_[0]), 4),
        "weights": {n: round(float(w), 4) for n, w in zip(NAMES, model.coef_[0], strict=True)},
        "threshold": _threshold(left_out, answerable),
        "fitted_on": {"gold": name, "questions": len(answerable), "answerable": int(answerable.sum())},
        "cross_validated": _scores(left_out, answerable),
    }


def _fit(values: Matrix, answerable: Matrix) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=PENALTY, max_iter=1000).fit(values, answerable)


def _left_out(values: Matrix, answerable: Matrix) -> Matrix:
    """Each question's probability from a model that hasn't seen it."""
    from sklearn.model_selection import StratifiedKFold

    found = np.zeros(len(answerable))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(values, answerable):
        found[unseen] = _fit(values[seen], answerable[seen]).predict_proba(values[unseen])[:, 1]
    return found


def _threshold(probabilities: Matrix, answerable: Matrix) -> float:
    """The confidence that refuses at most 5 % of the answerable questions."""
    return round(float(np.quantile(probabilities[answerable == 1], 0.05)), 3)


def _scores(probabilities: Matrix, answerable: Matrix) -> dict[str, float]:
    halves = probabilities[answerable == 1], probabilities[answerable == 0]
    figures = {"auroc": auroc, "refusals_at_5_percent": refusals, "ece": ece, "brier": brier}
    return {name: round(float(figure(*halves)), 3) for name, figure in figures.items()}


if __name__ == "__main__":
    sys.exit(main())
