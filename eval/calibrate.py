"""The confidence model: a logistic regression over `evqa.features`, with an L2 penalty and each weight's sign fixed
by sense, and the refusal threshold, chosen on sets that were left out of the fit.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from eval.gold import GoldQuestion
from eval.measures import auroc
from eval.rounding import below
from evqa.errors import UsageError
from evqa.features import NAMES, SIGNS
from evqa.fitted import ConfidenceModel, Doubt
from index.embedding import Flags

PENALTY = 1.0
STEPS = 20_000
FALSE_REFUSALS = 0.05
Matrix: TypeAlias = NDArray[np.float64]


class Table(NamedTuple):
    """A gold set as numbers: feature values (n, f), answerable 1 or not 0 (n,), whether a rule refuses (n,)."""

    name: str
    values: Matrix
    answerable: Matrix
    refused: Flags


def table_of(name: str, gold: Sequence[GoldQuestion], rows: Sequence[tuple[float, ...] | None]) -> Table:
    """The table of questions from their features, None where a rule refuses."""
    missing = (0.0,) * len(NAMES)
    return Table(
        name,
        np.array([row or missing for row in rows], dtype=np.float64),
        np.array([question.is_answerable for question in gold], dtype=np.float64),
        np.array([row is None for row in rows]),
    )


class Model(NamedTuple):
    """A bias and one weight for each feature (f,)."""

    bias: float
    weights: Matrix

    def confidence(self, table: Table) -> Matrix:
        """Probability that each question is answered (n,); 0 where a rule refuses."""
        found = 1 / (1 + np.exp(-(table.values @ self.weights + self.bias)))
        return np.where(table.refused, 0.0, found)


def confidence_model(tables: Sequence[Table], doubt: Doubt) -> ConfidenceModel:
    """The model of all sets, with the threshold chosen on each left out.

    Raises UsageError unless there are two sets and each holds answerable and unanswerable questions.
    """
    check(tables)
    model = fit(tables)
    return ConfidenceModel(
        bias=round(model.bias, 4),
        weights={name: round(float(weight), 4) for name, weight in zip(NAMES, model.weights, strict=True)},
        threshold=_threshold(tables, left_out(tables)),
        doubt=doubt,
    )


def inner_auroc(tables: Sequence[Table]) -> float:
    """Mean AUROC of each set by a model that saw only the others."""
    parted = zip(tables, left_out(tables), strict=True)
    return float(np.mean([auroc(found[one.answerable == 1], found[one.answerable == 0]) for one, found in parted]))


def left_out(tables: Sequence[Table]) -> list[Matrix]:
    """The confidence of each set's questions by a model that saw only the other sets."""
    return [fit([*tables[:place], *tables[place + 1 :]]).confidence(each) for place, each in enumerate(tables)]


def check(tables: Sequence[Table]) -> None:
    """Raises UsageError unless there are two sets and each holds both kinds of question."""
    if len(tables) < 2:
        raise UsageError("one set can't be left out of one: give --set twice or more")
    for each in tables:
        free = each.answerable[~each.refused]
        if free.size == 0 or free.min() == free.max():
            raise UsageError(f"{each.name} needs both answerable and unanswerable questions that no rule refuses")


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
    return max(0.0, below(float(np.quantile(np.concatenate(answered), FALSE_REFUSALS)), 3))
