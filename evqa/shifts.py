"""Runs of citations whose numbers are all off alike, by the likeliest sequence of offsets (`evqa.offset_paths`).

A table is a piece by itself: all of its rows may be held against one offset, which needs less to be told than a run
whose ends and steps are to be found, too.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evqa.audit_weights import ShiftWeights
from evqa.offset_paths import ALIKE, Numbered, OffsetPath, OffsetPaths

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


def shifts(statements: Sequence[int], numbered: Numbered, weights: ShiftWeights) -> list[Shift]:
    """The runs among these statements (places, in printed order), of at least `weights.least` gain."""
    if not statements or not numbered.numbers:
        return []
    paths = OffsetPaths(numbered, weights)
    path, unshifted = paths.likeliest(statements), paths.followed(statements, [0] * len(statements))
    found = [_shift(statements, path, unshifted, *bounds) for bounds in _stretches(path.offsets.tolist())]
    told = [run._replace(gain=_by_numbers(run, numbered.uses)) for run in found]
    return [run for run in told if run.gain >= weights.least]


def whole_shift(statements: Sequence[int], numbered: Numbered, weights: ShiftWeights) -> Shift | None:
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
