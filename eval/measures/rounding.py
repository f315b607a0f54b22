"""Fitted bounds, written with few decimals and on the side of their data that they are to be on.

A bound is often one of the values that it was fitted on, or all but. Rounded to the nearest decimal it may pass over
that value and over all that are equal to it, but for a processor's last digits.
"""

import math

# Of the last decimal so much lies between a bound and the data at the least: far more than kernels differ by.
MARGIN = 0.1


def below(value: float, decimals: int) -> float:
    """The largest number of so many decimals that lies clearly below the value, for what is flagged below it."""
    scale: float = 10.0**decimals
    return math.floor(value * scale - MARGIN) / scale


def above(value: float, decimals: int) -> float:
    """The smallest number of so many decimals that lies clearly above the value, for what is flagged above it."""
    scale: float = 10.0**decimals
    return math.ceil(value * scale + MARGIN) / scale
