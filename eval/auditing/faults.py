"""Faults seeded into an article's citations, as typesetting and editing make them; the same seed makes the same.

An article's printed citations are taken as right. A fault changes which entries statements cite; what it changed is
told, so that an audit can be measured against it.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from evqa.audit.support import Cited

Uses = tuple[tuple[int, ...], ...]
Draws = np.random.Generator
# Of all pairs, so many are replaced or swapped; at least one.
SHARE = 0.06
FEWEST, MOST, WIDEST = 6, 24, 15
TRIES = 50


class Faulty(NamedTuple):
    """Entries (by their places) that statements cite with faults in them, and the pairs that are wrong.

    `offset`: of a shift, what must be added to the printed numbers; 0 otherwise. `shifted`: the statements in it.
    """

    uses: Uses
    wrong: frozenset[tuple[int, int]]
    offset: int = 0
    shifted: frozenset[int] = frozenset()


Seed = Callable[[Cited, Draws], Faulty | None]


def replaced(cited: Cited, draws: Draws) -> Faulty | None:
    """Some numbers replaced by that of any other entry."""
    uses, slots = _opened(cited)
    if len(cited.entries) < 3 or not slots:
        return None
    wrong = set()
    for at in draws.choice(len(slots), _some(slots), replace=False):
        place, position = slots[at]
        others = [entry for entry in range(len(cited.entries)) if entry not in {*uses[place], *cited.uses[place]}]
        if others:
            uses[place][position] = others[int(draws.integers(len(others)))]
            wrong.add((place, uses[place][position]))
    return _closed(uses, wrong) if wrong else None


def swapped(cited: Cited, draws: Draws) -> Faulty | None:
    """Some numbers that stand in each other's place."""
    uses, slots = _opened(cited)
    wrong: set[tuple[int, int]] = set()
    for _ in range(max(1, _some(slots) // 2) if len(slots) > 1 else 0):
        for _ in range(TRIES):
            (one, i), (two, j) = (slots[at] for at in draws.choice(len(slots), 2, replace=False))
            here, there = uses[one][i], uses[two][j]
            touched = {(one, here), (two, there)} & wrong
            known = there in {*uses[one], *cited.uses[one]} or here in {*uses[two], *cited.uses[two]}
            if not known and not touched:
                uses[one][i], uses[two][j] = there, here
                wrong |= {(one, there), (two, here)}
                break
    return _closed(uses, wrong) if wrong else None


def shifted_from(cited: Cited, draws: Draws) -> Faulty | None:
    """All numbers of the running text from a statement on, too high or too low by a constant."""
    running = _running(cited)
    if len(running) < FEWEST:
        return None
    first = int(draws.integers(len(running) - FEWEST + 1))
    return _shifted(cited, running[first:], draws)


def shifted_section(cited: Cited, draws: Draws) -> Faulty | None:
    """The same of six to 24 statements one after the other, in the running text."""
    running = _running(cited)
    if len(running) < FEWEST:
        return None
    length = int(draws.integers(FEWEST, min(MOST, len(running)) + 1))
    first = int(draws.integers(len(running) - length + 1))
    return _shifted(cited, running[first : first + length], draws)


def shifted_table(cited: Cited, draws: Draws) -> Faulty | None:
    """The same of one table with six citing rows or more."""
    tables: dict[str | None, list[int]] = {}
    for place, each in enumerate(cited.statements):
        if each.where == "table":
            tables.setdefault(each.label, []).append(place)
    large = [rows for rows in tables.values() if len(rows) >= FEWEST]
    return _shifted(cited, large[int(draws.integers(len(large)))], draws) if large else None


SEEDS: dict[str, Seed] = {
    "replaced": replaced,
    "swapped": swapped,
    "shifted from a point": shifted_from,
    "shifted section": shifted_section,
    "shifted table": shifted_table,
}


def _shifted(cited: Cited, statements: Sequence[int], draws: Draws) -> Faulty | None:
    """The statements with a constant taken from every number.

    The constant is one by which all of them can be moved, where there is one; else those stay right whose numbers
    would leave the list.
    """
    moved = {offset: _moved(cited, statements, offset) for offset in range(-WIDEST, WIDEST + 1) if offset}
    most = max(map(len, moved.values()))
    if most < FEWEST:
        return None
    offset = int(draws.choice([each for each, places in moved.items() if len(places) == most]))
    uses = tuple(moved[offset].get(place, entries) for place, entries in enumerate(cited.uses))
    wrong = {(place, entry) for place in moved[offset] for entry in uses[place] if entry not in cited.uses[place]}
    return Faulty(uses, frozenset(wrong), offset, frozenset(moved[offset]))


def _moved(cited: Cited, statements: Sequence[int], offset: int) -> dict[int, tuple[int, ...]]:
    """What each of the statements whose numbers all stay in the list cites when the constant is taken from them."""
    places = {entry.number: place for place, entry in enumerate(cited.entries)}
    found = {}
    for statement in statements:
        meant = [cited.entries[entry].number - offset for entry in cited.uses[statement]]
        if all(number in places for number in meant):
            found[statement] = tuple(places[number] for number in meant)
    return found


def _opened(cited: Cited) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """The uses to be changed, and every place in them."""
    uses = [list(each) for each in cited.uses]
    return uses, [(place, at) for place, entries in enumerate(uses) for at in range(len(entries))]


def _closed(uses: Sequence[Sequence[int]], wrong: set[tuple[int, int]]) -> Faulty:
    return Faulty(tuple(map(tuple, uses)), frozenset(wrong))


def _some(slots: Sequence[object]) -> int:
    return max(1, round(SHARE * len(slots)))


def _running(cited: Cited) -> list[int]:
    return [place for place, each in enumerate(cited.statements) if each.where != "table"]
