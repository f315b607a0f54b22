"""Align a quotation with the stretch of a text that it fits best, and tell what differs."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evqa.quoting.folding import Token

Integers = npt.NDArray[np.int64]
# What it costs to leave out a word or a sign, to exchange two words, two signs, and to change capitals.
WORD, SIGN, EXCHANGED, SIGNS, CAPITALS = 4, 2, 4, 2, 1
NEVER = 1 << 20
_WORDY = frozenset(("word", "number", "raised"))


class Region(NamedTuple):
    """Where quotation and text differ: tokens `first`..`last` of the one, `start`..`end` of the other."""

    first: int
    last: int
    start: int
    end: int


class Alignment(NamedTuple):
    """A quotation on tokens `start`..`end` of a text. `cost` is 0 where it is printed so, `whole` the most it can be.

    `left_out`: free tokens of the quotation that the text doesn't have.
    """

    cost: int
    whole: int
    start: int
    end: int
    regions: tuple[Region, ...]
    left_out: tuple[int, ...] = ()

    @property
    def similarity(self) -> float:
        """1 where nothing differs, 0 where nothing agrees."""
        return 1 - self.cost / self.whole if self.whole else 0.0


def weight(token: Token) -> int:
    """What it costs to leave a token out."""
    if token.is_free or token.kind == "gap":
        return 0
    return WORD if token.kind in _WORDY else SIGN


def align(quoted: Sequence[Token], text: Sequence[Token]) -> Alignment:
    """The best place for the whole quotation in the text, by dynamic programming; the first of equal ones."""
    left_out = [weight(token) for token in quoted]
    skipped = np.array([weight(token) for token in text], dtype=np.int64)
    exchange = _exchanges(quoted, text)
    before = np.concatenate([[0], np.cumsum(skipped)])
    table = np.zeros((len(quoted) + 1, len(text) + 1), dtype=np.int64)
    for at, token in enumerate(quoted):
        above = table[at]
        if token.kind == "gap":
            table[at + 1] = np.minimum.accumulate(above)
            continue
        best = above + left_out[at]
        best[1:] = np.minimum(best[1:], above[:-1] + exchange[at])
        table[at + 1] = before + np.minimum.accumulate(best - before)
    end = _end(table, exchange)
    return _traced(quoted, text, table, exchange, end)


def _exchanges(quoted: Sequence[Token], text: Sequence[Token]) -> Integers:
    """What it costs to exchange each token of the quotation for each of the text, (m, n)."""
    known: dict[str, int] = {}

    def ids(forms: Sequence[str]) -> Integers:
        return np.array([known.setdefault(form, len(known)) for form in forms], dtype=np.int64)

    own, other = ids([each.form for each in quoted]), ids([each.form for each in text])
    loose, other_loose = ids([each.form.lower() for each in quoted]), ids([each.form.lower() for each in text])
    wordy = np.array([each.kind in _WORDY for each in quoted], dtype=np.bool_)
    other_wordy = np.array([each.kind in _WORDY for each in text], dtype=np.bool_)
    cost = np.where(wordy[:, None] & other_wordy[None, :], EXCHANGED, NEVER)
    cost[~wordy[:, None] & ~other_wordy[None, :]] = SIGNS
    case = np.array([0 if each.is_any_case else CAPITALS for each in quoted], dtype=np.int64)
    cost = np.where(loose[:, None] == other_loose[None, :], case[:, None], cost)
    cost[own[:, None] == other[None, :]] = 0
    for at, token in enumerate(quoted):
        if token.is_any_case:
            _only_first(cost[at], token.form, text)
    return cost


def _only_first(row: Integers, form: str, text: Sequence[Token]) -> None:
    """Let no capital but the first change for nothing: "MG" isn't "mg"."""
    for place in np.flatnonzero(row == 0).tolist():
        if text[place].form[1:] != form[1:]:
            row[place] = CAPITALS


def _end(table: Integers, exchange: Integers) -> int:
    """Where the best alignment ends: the first of equal ones whose last token isn't left out."""
    least = np.flatnonzero(table[-1] == table[-1].min())
    for end in least.tolist():
        if end and table[-1, end] == table[-2, end - 1] + exchange[-1, end - 1]:
            return int(end)
    return int(least[0])


def _traced(quoted: Sequence[Token], text: Sequence[Token], table: Integers, exchange: Integers, end: int) -> Alignment:
    """Follow the table back from its end, and note where the two differ."""
    at, place, whole = len(quoted), end, sum(map(weight, quoted))
    differing: list[Region] = []
    left_out: list[int] = []
    while at:
        here, token = table[at, place], quoted[at - 1]
        if token.kind == "gap":
            if here == table[at - 1, place]:
                at -= 1
            else:
                place -= 1
        elif place and here == table[at - 1, place - 1] + exchange[at - 1, place - 1]:
            at, place = at - 1, place - 1
            if exchange[at, place]:
                differing.append(Region(at, at + 1, place, place + 1))
        elif here == table[at - 1, place] + weight(token):
            at -= 1
            if weight(token):
                differing.append(Region(at, at + 1, place, place))
            else:
                left_out.append(at)
        else:
            place -= 1
            if weight(text[place]):
                differing.append(Region(at, at, place, place + 1))
    return Alignment(int(table[-1, end]), whole, place, end, _merged(differing[::-1]), tuple(left_out[::-1]))


def _merged(differing: Sequence[Region]) -> tuple[Region, ...]:
    """Neighbouring differences as one."""
    merged: list[Region] = []
    for region in differing:
        if merged and merged[-1].last == region.first and merged[-1].end == region.start:
            merged[-1] = Region(merged[-1].first, region.last, merged[-1].start, region.end)
        else:
            merged.append(region)
    return tuple(merged)
