"""Put faults into an article's citations, like those that typesetting and editing make.

An article's printed citations are taken as right. A fault changes which entries statements cite, and says what it
changed, so an audit can be measured. The same random generator gives the same fault.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from evqa.audit.support import Cited

Uses = tuple[tuple[int, ...], ...]
Draws = np.random.Generator
# The share of all pairs that is replaced or swapped; at least one pair is.
SHARE = 0.06
FEWEST, MOST, WIDEST = 6, 24, 15
TRIES = 50
# Entries among which a work that is mixed up with another is drawn.
ALIKE = 5


class Faulty(NamedTuple):
    """The entries (by their places) that statements cite once a fault is put in, and the pairs that are wrong.

    `offset` is what must be added to the printed numbers of a shift; 0 for other faults. `shifted` are the statements
    of the shift.
    """

    uses: Uses
    wrong: frozenset[tuple[int, int]]
    offset: int = 0
    shifted: frozenset[int] = frozenset()


Seed = Callable[[Cited, Draws], Faulty | None]


def replaced(cited: Cited, draws: Draws) -> Faulty | None:
    """Replace some numbers by the number of another entry."""
    return _replaced(cited, draws, len(cited.entries))


def replaced_nearby(cited: Cited, draws: Draws) -> Faulty | None:
    """Replace some numbers by that of an entry whose title is among the most alike, as an author mixes works up."""
    return _replaced(cited, draws, ALIKE)


def _replaced(cited: Cited, draws: Draws, nearest: int) -> Faulty | None:
    """Replace some numbers by one of so many entries whose titles are the most alike."""
    uses, slots = _changeable(cited)
    if len(cited.entries) < 3 or not slots:
        return None
    wrong = set()
    for at in draws.choice(len(slots), _some(slots), replace=False):
        place, position = slots[at]
        others = [entry for entry in range(len(cited.entries)) if entry not in {*uses[place], *cited.uses[place]}]
        if nearest < len(cited.entries):
            titles = cited.likeness.titles[uses[place][position]]
            others = sorted(others, key=lambda entry: -float(titles[entry]))[:nearest]
        if others:
            uses[place][position] = others[int(draws.integers(len(others)))]
            wrong.add((place, uses[place][position]))
    return _faulty(uses, wrong) if wrong else None


def swapped(cited: Cited, draws: Draws) -> Faulty | None:
    """Swap pairs of numbers."""
    uses, slots = _changeable(cited)
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
    return _faulty(uses, wrong) if wrong else None


def shifted_from(cited: Cited, draws: Draws) -> Faulty | None:
    """Shift all numbers of the running text from one statement on by a constant."""
    running = _running(cited)
    if len(running) < FEWEST:
        return None
    first = int(draws.integers(len(running) - FEWEST + 1))
    return _shifted(cited, running[first:], draws)


def shifted_section(cited: Cited, draws: Draws) -> Faulty | None:
    """Shift the numbers of 6 to 24 successive statements of the running text by a constant."""
    running = _running(cited)
    if len(running) < FEWEST:
        return None
    length = int(draws.integers(FEWEST, min(MOST, len(running)) + 1))
    first = int(draws.integers(len(running) - length + 1))
    return _shifted(cited, running[first : first + length], draws)


def shifted_table(cited: Cited, draws: Draws) -> Faulty | None:
    """Shift the numbers of one table with at least six citing rows by a constant."""
    tables: dict[str | None, list[int]] = {}
    for place, statement in enumerate(cited.statements):
        if statement.where == "table":
            tables.setdefault(statement.label, []).append(place)
    large = [rows for rows in tables.values() if len(rows) >= FEWEST]
    return _shifted(cited, large[int(draws.integers(len(large)))], draws) if large else None


SEEDS: dict[str, Seed] = {
    "replaced": replaced,
    "swapped": swapped,
    "shifted from a point": shifted_from,
    "shifted section": shifted_section,
    "shifted table": shifted_table,
    "replaced nearby": replaced_nearby,
}


def _shifted(cited: Cited, statements: Sequence[int], draws: Draws) -> Faulty | None:
    """Subtract a constant from every number of the statements.

    The constant is chosen among those that can move the most statements. A statement whose numbers would leave the list
    stays right.
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
    """What the statements cite once the offset is subtracted; without those whose numbers would leave the list."""
    places = {entry.number: place for place, entry in enumerate(cited.entries)}
    moved = {}
    for statement in statements:
        numbers = [cited.entries[entry].number - offset for entry in cited.uses[statement]]
        if all(number in places for number in numbers):
            moved[statement] = tuple(places[number] for number in numbers)
    return moved


def _changeable(cited: Cited) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """A copy of the uses that can be changed, and every slot in it."""
    uses = [list(each) for each in cited.uses]
    return uses, [(place, at) for place, entries in enumerate(uses) for at in range(len(entries))]


def _faulty(uses: Sequence[Sequence[int]], wrong: set[tuple[int, int]]) -> Faulty:
    return Faulty(tuple(map(tuple, uses)), frozenset(wrong))


def _some(slots: Sequence[object]) -> int:
    return max(1, round(SHARE * len(slots)))


def _running(cited: Cited) -> list[int]:
    """The places of the statements outside tables."""
    return [place for place, statement in enumerate(cited.statements) if statement.where != "table"]
