"""Find runs of citations whose numbers are shifted alike, on the likeliest path of offsets.

An offset leads from a printed number to the one that is meant. Each statement has one. The path is decoded from a
hidden Markov model over the statements in order by Viterbi (Rabiner, 1989). Its states are an offset, 0 among them,
together with the highest number meant so far, which decides whose turn is next. A state is likely where the entry at
that offset supports the statement and, in a list in order of first citation, where the numbers so corrected take their
turns.

A table is a piece by itself: all of its rows may be held against one offset. That takes less evidence than a run whose
ends and steps are to be found, too.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evqa.audit.likeness import Doubles, Floats, Integers
from evqa.audit.weights import ShiftWeights

WIDEST = 30
# Support is clipped to these bounds, so that a single statement can't make a run. LEAST stands for "no such entry".
LEAST, MOST = -3.0, 5.0
# The most by which an offset may change within a run.
STEP = 2
LOOSER = 0.5
# Paths no further apart are as likely: a processor's last digits don't choose between them, but the nearer offset.
ALIKE = 1e-5
Places = NDArray[np.int16]


class NumberedStatements(NamedTuple):
    """What each statement cites, and how that is supported.

    `uses`: the entries that each statement cites, by their places; `support` (s, e): log-odds; `numbers`: of the
    entries; `is_ordered`: whether they are in order of first citation.
    """

    uses: Sequence[Sequence[int]]
    support: Floats
    numbers: Sequence[int]
    is_ordered: bool


class OffsetPath(NamedTuple):
    """Offsets (n,), one a statement; what each gains, in log-odds, and of that what support says."""

    offsets: Integers
    gains: Doubles
    supports: Doubles


class _Turn(NamedTuple):
    """A number's places (o,) in the list at each offset, and which highest number came before it there."""

    meant: Integers
    before: Integers


class OffsetPaths:
    """Paths through the statements of one document."""

    def __init__(self, numbered: NumberedStatements, weights: ShiftWeights) -> None:
        self._uses = numbered.uses
        self._numbers = numbered.numbers
        self._is_ordered = numbered.is_ordered
        self._weights = weights
        self._last = max(numbered.numbers)
        self._unmoved = min(WIDEST, self._last)
        self.states = np.arange(-self._unmoved, self._unmoved + 1)
        self._nearest = np.argsort(np.abs(self.states), kind="stable")
        self._support = np.clip(numbered.support, LEAST, MOST)
        self._told: dict[int, Doubles] = {}
        self._entries = np.full(self._last + 2 * self._unmoved + 2, -1)
        for place, number in reversed(list(enumerate(numbered.numbers))):
            self._entries[number + self._unmoved] = place

    def likeliest(self, statements: Sequence[int]) -> OffsetPath:
        """The likeliest path of all."""
        highest = self._last + 1 if self._is_ordered else 1
        total = np.full((len(self.states), highest), -np.inf)
        total[self._unmoved, 0] = 0.0
        steps: list[tuple[Places, list[_Turn]]] = []
        for statement in statements:
            total, origins = self._changed(total)
            total += self._supported(statement)[:, None]
            steps.append((origins, self._take_turns(total, statement)))
        if self._is_ordered:
            total[:, :-1] += self._weights.jump
        return self.followed(statements, self._traced(total, steps))

    def followed(self, statements: Sequence[int], offsets: Sequence[int] | Integers) -> OffsetPath:
        """The path by these offsets, one a statement."""
        highest, gains, supports = 0, [], []
        for statement, offset in zip(statements, offsets, strict=True):
            supports.append(float(self._supported(statement)[offset + self._unmoved]))
            turns, highest = self._turned(statement, int(offset), highest)
            gains.append(supports[-1] + turns)
        if self._is_ordered and gains and highest < self._last:
            # A list ends with its last number: what stands behind the last one cited is left out, as by a jump.
            gains[-1] += self._weights.jump
        return OffsetPath(np.array(offsets, dtype=np.int64), np.array(gains), np.array(supports))

    def _changed(self, total: Doubles) -> tuple[Doubles, Places]:
        """The best way to each state from those of the statement before, and the place of the offset it comes from."""
        weights, unmoved = self._weights, self._unmoved
        # A table's rows come in any order, and so do the pieces of a list that was renumbered under them.
        stepping = weights.stepping if self._is_ordered else weights.stepping * LOOSER
        shifted = total.copy()
        shifted[unmoved] = -np.inf
        best = self._best(shifted)
        other = np.take_along_axis(shifted, best[None], axis=0)[0] - weights.closing
        opened = total[unmoved] > other
        anew = np.where(opened, total[unmoved], other) - weights.opening
        reached = np.maximum(total, anew)
        places = np.arange(len(total), dtype=np.int16)[:, None]
        origins = np.where(total >= anew, places, np.where(opened, unmoved, best)).astype(np.int16)
        for step in range(1, STEP + 1):
            for target, source in ((slice(step, None), slice(None, -step)), (slice(None, -step), slice(step, None))):
                stepped = shifted[source] - stepping
                is_better = stepped > reached[target]
                np.copyto(reached[target], stepped, where=is_better)
                np.copyto(origins[target], places[source], where=is_better)
        reached[unmoved] = np.maximum(total[unmoved], other)
        origins[unmoved] = np.where(total[unmoved] >= other, unmoved, best)
        return reached, origins

    def _best(self, total: Doubles) -> Integers:
        """The place of the best state in each column, of those that are alike the nearest to 0."""
        ordered = total[self._nearest]
        found: Integers = self._nearest[(ordered >= ordered.max(axis=0) - ALIKE).argmax(axis=0)]
        return found

    def _supported(self, statement: int) -> Doubles:
        """What support says of each offset, looked up once."""
        if statement not in self._told:
            self._told[statement] = self._support_at_offsets(statement)
        return self._told[statement]

    def _support_at_offsets(self, statement: int) -> Doubles:
        """The mean over the entries that the statement cites."""
        found = np.zeros(len(self.states))
        for entry in self._uses[statement]:
            meant = self._entries[self._numbers[entry] + self._unmoved + self.states]
            found += np.where(meant >= 0, self._support[statement, np.maximum(meant, 0)], LEAST)
        supported: Doubles = self._weights.damping * found / max(1, len(self._uses[statement]))
        return supported

    def _cited(self, statement: int) -> list[int]:
        return sorted(self._numbers[entry] for entry in self._uses[statement]) if self._is_ordered else []

    def _take_turns(self, total: Doubles, statement: int) -> list[_Turn]:
        """Adds what the order says to the states, and moves them on to the highest number meant then."""
        cited = self._cited(statement)
        return [self._take_turn(total, number, 1 / np.sqrt(len(cited))) for number in cited]

    def _take_turn(self, total: Doubles, number: int, share: float) -> _Turn:
        weights, highest = self._weights, np.arange(total.shape[1])
        meant = number + self.states
        passed = highest < meant[:, None]
        scores = np.where(passed | (meant < 1)[:, None], weights.jump, weights.again)
        rows = np.flatnonzero((meant > 0) & (meant <= self._last))
        scores[rows, meant[rows] - 1] = weights.turn
        total += share * scores
        below = np.where(passed[rows], total[rows], -np.inf)
        before = np.full(len(meant), -1)
        before[rows] = below.argmax(axis=1)
        raised = below.max(axis=1)
        stays = total[rows, meant[rows]] >= raised
        before[rows[stays]] = meant[rows[stays]]
        total[rows] = np.where(passed[rows], -np.inf, total[rows])
        total[rows, meant[rows]] = np.maximum(total[rows, meant[rows]], raised)
        return _Turn(meant, before)

    def _turned(self, statement: int, offset: int, highest: int) -> tuple[float, int]:
        """What the order says of one offset, given the highest number meant so far, and the highest one then."""
        weights, found = self._weights, 0.0
        cited = self._cited(statement)
        for number in cited:
            meant = number + offset
            is_next = meant == highest + 1 and meant <= self._last
            found += weights.turn if is_next else weights.again if 0 < meant <= highest else weights.jump
            highest = max(highest, meant) if meant <= self._last else highest
        return found / float(np.sqrt(max(1, len(cited)))), highest

    def _traced(self, total: Doubles, steps: Sequence[tuple[Places, Sequence[_Turn]]]) -> list[int]:
        best = self._best(total)
        ends = np.take_along_axis(total, best[None], axis=0)[0]
        # Ends that are alike: the nearest to what is printed.
        alike = np.flatnonzero(ends >= ends.max() - ALIKE)
        highest = min(alike.tolist(), key=lambda column: abs(int(self.states[best[column]])))
        state = int(best[highest])
        path = []
        for origins, turns in reversed(steps):
            path.append(int(self.states[state]))
            for turn in reversed(turns):
                if turn.meant[state] == highest and turn.before[state] >= 0:
                    highest = int(turn.before[state])
            state = int(origins[state, highest])
        return path[::-1]


Uses = Sequence[Sequence[int]]


class Member(NamedTuple):
    """A statement (by its place) in a run, its offset, and by how much the entries at that offset fit it better."""

    statement: int
    offset: int
    gain: float


class Shift(NamedTuple):
    """A run of statements one after the other, and its gain in log-odds over their printed numbers."""

    members: tuple[Member, ...]
    gain: float


def shifts(statements: Sequence[int], numbered: NumberedStatements, weights: ShiftWeights) -> list[Shift]:
    """The runs among these statements (places, in printed order), of at least `weights.least` gain."""
    if not statements or not numbered.numbers:
        return []
    paths = OffsetPaths(numbered, weights)
    path, unshifted = paths.likeliest(statements), paths.followed(statements, [0] * len(statements))
    found = [_shift(statements, path, unshifted, *bounds) for bounds in _stretches(path.offsets.tolist())]
    told = [run._replace(gain=_by_numbers(run, numbered.uses)) for run in found]
    return [run for run in told if run.gain >= weights.least]


def whole_shift(statements: Sequence[int], numbered: NumberedStatements, weights: ShiftWeights) -> Shift | None:
    """All of these statements with the one offset that gains most over their printed numbers, in whatever order.

    Of offsets that gain alike, as where a list has its works twice, it is the nearest.
    """
    if not statements or not numbered.numbers:
        return None
    paths = OffsetPaths(numbered._replace(is_ordered=False), weights)
    unshifted = paths.followed(statements, [0] * len(statements))
    best = None
    for offset in sorted(paths.states[paths.states != 0].tolist(), key=abs):
        path = paths.followed(statements, [offset] * len(statements))
        run = _shift(statements, path, unshifted, 0, len(statements))
        run = run._replace(gain=_by_numbers(run, numbered.uses))
        best = run if best is None or run.gain > best.gain + ALIKE else best
    return best


def _by_numbers(run: Shift, uses: Uses) -> float:
    """Its gain if statements that cite the same speak once."""
    gains: dict[tuple[int, ...], list[float]] = {}
    for each in run.members:
        gains.setdefault(tuple(uses[each.statement]), []).append(each.gain)
    again = sum(sum(found) - sum(found) / len(found) for found in gains.values())
    return run.gain - again


def _shift(statements: Sequence[int], path: OffsetPath, unshifted: OffsetPath, first: int, last: int) -> Shift:
    gains = path.supports[first:last] - unshifted.supports[first:last]
    members = zip(statements[first:last], path.offsets[first:last].tolist(), gains.tolist(), strict=True)
    whole = path.gains[first:last].sum() - unshifted.gains[first:last].sum()
    return Shift(tuple(Member(*each) for each in members), float(whole))


def _stretches(offsets: Sequence[int]) -> list[tuple[int, int]]:
    shifted = np.array([False, *map(bool, offsets), False])
    edges = np.flatnonzero(shifted[1:] != shifted[:-1])
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]
