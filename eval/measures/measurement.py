"""A measure with what it is taken of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from eval.measures.bootstrap import Figure, figure
from eval.measures.measures import Array
from eval.measures.pairing import Difference, difference


@dataclass(frozen=True)
class Measurement:
    """A measure and its groups of values, questions on the first axis of each."""

    measure: Callable[..., Array]
    groups: tuple[Array, ...]

    @property
    def figure(self) -> Figure:
        """The measure's value with its interval."""
        return figure(self.measure, *self.groups)

    def against(self, other: "Measurement") -> Difference:
        """How far `other`, of the same questions, lies above this one."""
        return difference(self.measure, self.groups, other.groups)


Measurements: TypeAlias = dict[str, Measurement]


def figures(measurements: Measurements) -> dict[str, Figure]:
    """Every measurement's figure, by its name."""
    return {name: one.figure for name, one in measurements.items()}
