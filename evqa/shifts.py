"""Runs of citations whose numbers are all off by the same: found as the likeliest sequence of offsets.

A hidden Markov model over the statements in order, decoded by Viterbi (Rabiner, 1989): its states are offsets from the
printed number to the one that is meant, 0 among them. A state is likely where the entry at that offset supports the
statement and, in a list in order of first citation, where the numbers so corrected take their turns.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evqa.audit_weights import ShiftWeights
from evqa.likeness import Doubles, Floats, Integers

WIDEST = 30
# Support counts between these, so that one statement can't speak for a run; less than any entry's where there is none.
LEAST, MOST = -3.0, 5.0
# An offset may change by so much within a run.
STEP = 2
LOOSER = 0.5


class Member(NamedTuple):
    """A statement (by its place) in a run, its offset, and by how much the entries at that offset fit it better."""

    statement: int
    offset: int
    gain: float


class Shift(NamedTuple):
    """A run of statements one after the other, and its gain in log-odds over their printed numbers."""

    members: tuple[Member, ...]
    gain: float


class Numbered(NamedTuple):
    """What each statement cites, and how that is supported.

    `uses`: the entries that each statement cites, by their places; `support` (s, e): log-odds; `numbers`: of the
    entries; `is_ordered`: whether they are in order of first citation.
    """

    uses: Sequence[Sequence[int]]
    support: Floats
    numbers: Sequence[int]
    is_ordered: bool


def shifts(statements: Sequence[int], numbered: Numbered, weights: ShiftWeights) -> list[Shift]:
    """The runs among these statements (places, in printed order), of at least `weights.least` gain."""
    if not statements or not numbered.numbers:
        return []
    decoder = _Decoder(numbered, weights)
    path, unshifted = decoder.decoded(statements), decoder.decoded(statements, is_shifted=False)
    found = [_shift(statements, path, unshifted, *bounds) for bounds in _stretches(path.offsets)]
    told = [run._replace(gain=_by_numbers(run, numbered.uses)) for run in found]
    return [run for run in told if run.gain >= weights.least]


def _by_numbers(run: Shift, uses: Sequence[Sequence[int]]) -> float:
    """Its gain if statements that cite the same speak once."""
    gains: dict[tuple[int, ...], list[float]] = {}
    for each in run.members:
        gains.setdefault(tuple(uses[each.statement]), []).append(each.gain)
    again = sum(sum(found) - sum(found) / len(found) for found in gains.values())
    return run.gain - again


class _Path(NamedTuple):
    """Offsets (n,) of the likeliest path; what it gains at each statement, and of that what support says."""

    offsets: Integers
    gains: Doubles
    supports: Doubles


def _shift(statements: Sequence[int], path: _Path, unshifted: _Path, first: int, last: int) -> Shift:
    gains = path.supports[first:last] - unshifted.supports[first:last]
    members = zip(statements[first:last], path.offsets[first:last].tolist(), gains.tolist(), strict=True)
    whole = path.gains[first:last].sum() - unshifted.gains[first:last].sum()
    return Shift(tuple(Member(*each) for each in members), float(whole))


def _stretches(offsets: Integers) -> list[tuple[int, int]]:
    shifted = np.concatenate([[False], offsets != 0, [False]])
    edges = np.flatnonzero(shifted[1:] != shifted[:-1])
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


class _Decoder:
    def __init__(self, numbered: Numbered, weights: ShiftWeights) -> None:
        self._uses = numbered.uses
        self._numbers = numbered.numbers
        self._is_ordered = numbered.is_ordered
        self._weights = weights
        self._last = max(numbered.numbers)
        self._widest = min(WIDEST, self._last)
        self._states = np.arange(-self._widest, self._widest + 1)
        self._support = np.clip(numbered.support, LEAST, MOST)
        self._entries = np.full(self._last + 2 * self._widest + 2, -1)
        for place, number in reversed(list(enumerate(numbered.numbers))):
            self._entries[number + self._widest] = place

    def decoded(self, statements: Sequence[int], is_shifted: bool = True) -> _Path:
        """The likeliest path, or that of offset 0 throughout."""
        count, unmoved = len(statements), self._widest
        costs = self._costs() if is_shifted else np.where(np.eye(len(self._states)) > 0, 0.0, -np.inf)
        came = np.zeros((count, len(self._states)), dtype=np.int64)
        gains = np.zeros((count, len(self._states)))
        supports = np.zeros_like(gains)
        total = costs[unmoved].copy()
        highest = np.zeros(len(self._states), dtype=np.int64)
        for step, statement in enumerate(statements):
            if step:
                reached = total[:, None] + costs
                came[step] = reached.argmax(axis=0)
                total, highest = reached.max(axis=0), highest[came[step]]
            supports[step] = self._supported(statement)
            turns, highest = self._turns(statement, highest)
            gains[step] = supports[step] + turns
            total = total + gains[step]
        return self._traced(total, came, gains, supports)

    def _traced(self, total: Doubles, came: Integers, gains: Doubles, supports: Doubles) -> _Path:
        path = np.zeros(len(came), dtype=np.int64)
        path[-1] = total.argmax()
        for step in range(len(came) - 1, 0, -1):
            path[step - 1] = came[step, path[step]]
        steps = np.arange(len(came))
        return _Path(self._states[path], gains[steps, path], supports[steps, path])

    def _costs(self) -> Doubles:
        """Of each offset (rows) followed by each (columns)."""
        weights, states = self._weights, self._states
        steps = np.abs(states[:, None] - states)
        # A table's rows come in any order, and so do the pieces of a list that was renumbered under them.
        stepping = weights.stepping if self._is_ordered else weights.stepping * LOOSER
        costs: Doubles = np.where(steps <= STEP, -stepping, -weights.opening - weights.closing)
        costs[states == 0] = -weights.opening
        costs[:, states == 0] = -weights.closing
        np.fill_diagonal(costs, 0.0)
        return costs

    def _supported(self, statement: int) -> Doubles:
        """What support says of each offset: the mean over the entries that the statement cites."""
        found = np.zeros(len(self._states))
        for entry in self._uses[statement]:
            meant = self._entries[self._numbers[entry] + self._widest + self._states]
            found += np.where(meant >= 0, self._support[statement, np.maximum(meant, 0)], LEAST)
        supported: Doubles = self._weights.damping * found / max(1, len(self._uses[statement]))
        return supported

    def _turns(self, statement: int, highest: Integers) -> tuple[Doubles, Integers]:
        """What the order says of each offset, given the highest number cited so far, and the highest one then."""
        found = np.zeros(len(self._states))
        if not self._is_ordered:
            return found, highest
        weights = self._weights
        cited = sorted(self._numbers[entry] for entry in self._uses[statement])
        for number in cited:
            meant = number + self._states
            known = np.where(meant <= highest, weights.again, weights.jump)
            found += np.where(meant == highest + 1, weights.turn, known)
            highest = np.where(meant <= self._last, np.maximum(highest, meant), highest)
        return found / np.sqrt(max(1, len(cited))), highest
