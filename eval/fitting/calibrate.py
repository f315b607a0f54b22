"""The confidence model: a logistic regression over `evqa.refusal.confidence`, with an L2 penalty and each weight's sign
fixed by sense, and the refusal threshold, chosen on sets that were left out of the fit.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from eval.measures.measures import auroc
from eval.runs.gold import GoldQuestion
from evqa.errors import UsageError
from evqa.fitted import ConfidenceModel, WordBounds
from evqa.refusal.confidence import NAMES, SIGNS
from index.models.embedding import Flags

PENALTY = 1.0
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


def confidence_model(tables: Sequence[Table], doubt: WordBounds) -> ConfidenceModel:
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
        raise UsageError("--set", "one set can't be left out of one", "give --set twice or more")
    for each in tables:
        free = each.answerable[~each.refused]
        if free.size == 0 or free.min() == free.max():
            reason = "needs both answerable and unanswerable questions that no rule refuses"
            raise UsageError(each.name, reason, "add questions of the other kind")


def fit(tables: Sequence[Table]) -> Model:
    """Weights of least penalised log loss with the signs of `features.SIGNS`.

    The penalty acts on standardised features. The loss is convex, so that L-BFGS-B finds its one minimum: Byrd, Lu,
    Nocedal and Zhu, A limited memory algorithm for bound constrained optimization, SIAM J. Sci. Comput. 16, 1995.
    """
    from scipy.optimize import minimize  # fitting alone needs it, and it takes long to import

    values = np.concatenate([each.values[~each.refused] for each in tables])
    answerable = np.concatenate([each.answerable[~each.refused] for each in tables])
    means, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    rows = np.column_stack([np.ones(len(values)), (values - means) / spread])
    penalties = np.r_[0.0, np.full(len(SIGNS), PENALTY)]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        """Penalised log loss, and its gradient."""
        scores = rows @ weights
        value = np.logaddexp(0.0, scores).sum() - answerable @ scores + (penalties * weights**2).sum() / 2
        return float(value), rows.T @ (1 / (1 + np.exp(-scores)) - answerable) + penalties * weights

    bounds = [(None, None), *((0, None) if sign > 0 else (None, 0) for sign in SIGNS)]
    options = {"maxiter": 10_000, "ftol": 1e-15, "gtol": 1e-9}
    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    weights = found[1:] / spread
    return Model(float(found[0] - weights @ means), weights)


def _threshold(tables: Sequence[Table], left_out: Sequence[Matrix]) -> float:
    """The confidence below which one in twenty of the answerable questions lies, each set left out of its model."""
    answered = [found[each.answerable == 1] for each, found in zip(tables, left_out, strict=True)]
    return round(float(np.quantile(np.concatenate(answered), FALSE_REFUSALS)), 3)
