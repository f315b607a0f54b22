"""Fit the confidence model and the refusal threshold.

The model is a logistic regression over the features of `evqa.refusal.confidence`, with an L2 penalty. The sign of each
weight is fixed in advance. The threshold is chosen on sets left out of the fit.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from eval.measures.measures import auroc
from eval.measures.rounding import below
from evqa.errors import UsageError
from evqa.fitted import ConfidenceModel, WordBounds
from evqa.refusal.confidence import NAMES, SIGNS
from index.models.embedding import Flags

PENALTY = 1.0
FALSE_REFUSALS = 0.05
Matrix: TypeAlias = NDArray[np.float64]


class FeatureTable(NamedTuple):
    """The features of a gold set of n questions.

    `values` (n, f) are the features, `answerable` (n,) is 1 or 0, `refused` (n,) whether a rule refuses the question.
    """

    name: str
    values: Matrix
    answerable: Matrix
    refused: Flags


class Askable(Protocol):
    """A question of which is known whether its document answers it."""

    @property
    def is_answerable(self) -> bool:
        """Whether it does."""


def table_of(name: str, gold: Sequence[Askable], rows: Sequence[tuple[float, ...] | None]) -> FeatureTable:
    """The table of a gold set; a row is None where a rule refuses the question."""
    missing = (0.0,) * len(NAMES)
    return FeatureTable(
        name,
        np.array([row or missing for row in rows], dtype=np.float64),
        np.array([question.is_answerable for question in gold], dtype=np.float64),
        np.array([row is None for row in rows]),
    )


def joined(tables: Sequence[FeatureTable]) -> FeatureTable:
    """One table of the questions of all these sets."""
    columns = (np.concatenate([table[place] for table in tables]) for place in range(1, len(FeatureTable._fields)))
    return FeatureTable(", ".join(table.name for table in tables), *columns)


class Model(NamedTuple):
    """A bias and one weight for each feature (f,)."""

    bias: float
    weights: Matrix

    def confidence(self, table: FeatureTable) -> Matrix:
        """Probability that each question is answered (n,); 0 where a rule refuses."""
        probability = 1 / (1 + np.exp(-(table.values @ self.weights + self.bias)))
        return np.where(table.refused, 0.0, probability)


def confidence_model(tables: Sequence[FeatureTable], doubt: WordBounds) -> ConfidenceModel:
    """Fit the model on all sets, and choose the threshold on sets left out.

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


def inner_auroc(tables: Sequence[FeatureTable]) -> float:
    """Mean AUROC over the sets, each by a model fitted on the others."""
    pairs = zip(tables, left_out(tables), strict=True)
    values = [
        auroc(confidence[table.answerable == 1], confidence[table.answerable == 0]) for table, confidence in pairs
    ]
    return float(np.mean(values))


def left_out(tables: Sequence[FeatureTable]) -> list[Matrix]:
    """The confidence of each set's questions, by a model fitted on the other sets."""
    return [fit([*tables[:place], *tables[place + 1 :]]).confidence(table) for place, table in enumerate(tables)]


def check(tables: Sequence[FeatureTable]) -> None:
    """Raise UsageError unless there are two sets and each holds both kinds of question."""
    if len(tables) < 2:
        raise UsageError("--set", "a fit needs two sets or more", "give --set twice or more")
    for table in tables:
        free = table.answerable[~table.refused]
        if free.size == 0 or free.min() == free.max():
            reason = "needs both answerable and unanswerable questions that no rule refuses"
            raise UsageError(table.name, reason, "add questions of the other kind")


def fit(tables: Sequence[FeatureTable]) -> Model:
    """The model of all sets' questions that no rule refuses."""
    values = np.concatenate([table.values[~table.refused] for table in tables])
    answerable = np.concatenate([table.answerable[~table.refused] for table in tables])
    return logistic(values, answerable, SIGNS)


def logistic(values: Matrix, truth: Matrix, signs: Sequence[int]) -> Model:
    """The weights (f,) with the least penalised log loss for values (n, f) and truth (n,), each with its given sign.

    The penalty acts on standardised features. The loss is convex, so L-BFGS-B finds its only minimum: Byrd, Lu,
    Nocedal and Zhu, A limited memory algorithm for bound constrained optimization, SIAM J. Sci. Comput. 16, 1995.
    """
    from scipy.optimize import minimize  # only fitting needs it, and it is slow to import

    means, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    rows = np.column_stack([np.ones(len(values)), (values - means) / spread])
    penalties = np.r_[0.0, np.full(len(signs), PENALTY)]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        """Penalised log loss, and its gradient."""
        scores = rows @ weights
        value = np.logaddexp(0.0, scores).sum() - truth @ scores + (penalties * weights**2).sum() / 2
        return float(value), rows.T @ (1 / (1 + np.exp(-scores)) - truth) + penalties * weights

    bounds = [(None, None), *((0, None) if sign > 0 else (None, 0) for sign in signs)]
    options = {"maxiter": 10_000, "ftol": 1e-15, "gtol": 1e-9}
    solution = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    weights = solution[1:] / spread
    return Model(float(solution[0] - weights @ means), weights)


def _threshold(tables: Sequence[FeatureTable], left_out: Sequence[Matrix]) -> float:
    """The confidence below which 5 % of the answerable questions lie, each set left out of its model."""
    answered = [confidence[table.answerable == 1] for table, confidence in zip(tables, left_out, strict=True)]
    return max(0.0, below(float(np.quantile(np.concatenate(answered), FALSE_REFUSALS)), 3))
