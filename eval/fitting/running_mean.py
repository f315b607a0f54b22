"""The running mean of a network's weights while it learns."""

from collections.abc import Sequence

import torch
from torch import Tensor


@torch.no_grad()
def towards(means: Sequence[Tensor], values: Sequence[Tensor], kept: float) -> None:
    """Move each mean towards its value, in place; of the mean `kept` (0..1) stays.

    A running mean over the last steps does better on other documents than the last step: after Polyak & Juditsky,
    Acceleration of Stochastic Approximation by Averaging, SIAM J. Control Optim. 1992, whose mean is over all steps.
    """
    for mean, value in zip(means, values, strict=True):
        mean.lerp_(value, 1 - kept)
