"""Fit a logistic regression with a weak penalty."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evqa.errors import UsageError

Matrix = NDArray[np.float64]


def logistic(rows: Matrix, right: NDArray[np.bool_], weight: Matrix | None = None) -> tuple[float, Matrix]:
    """Bias and weights of a logistic regression. Raises UsageError where scikit-learn is missing."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise UsageError("", "fitting weights needs scikit-learn", "run `pip install scikit-learn`") from error
    model = LogisticRegression(max_iter=1000).fit(rows, right, sample_weight=weight)
    return float(model.intercept_[0]), np.asarray(model.coef_[0], dtype=np.float64)


def named(names: Sequence[str], weights: Matrix) -> dict[str, float]:
    """The weights by name, rounded as they are stored."""
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
