"""Read an article wrongly, as readers of PDFs do: its printed numbers stay right, but look shifted.

Each misreading changes the entries, the statements or what belongs to which, and adds no fault of the authors.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from eval.auditing.faults import FEWEST, MOST
from evqa.audit.cited_statements import CitedStatement
from evqa.audit.likeness import Likeness, Nearness
from evqa.audit.support import Cited
from evqa.model import Reference, Unresolved
from ingest.integrity import examine

Draws = np.random.Generator
# Misreadings of tables, which few articles have.
OF_TABLES = frozenset({"column slipped", "table as section"})
Misread = Callable[[Cited, Draws], Cited | None]
# How many places off a statement's numbers land, where columns are read in a wrong order.
OFF = 2
_ENDS = "the list ends before it"


def entry_lost(cited: Cited, draws: Draws) -> Cited | None:
    """One entry isn't read, and those behind it are counted on without it."""
    places = list(range(len(cited.entries)))
    del places[_inner(cited, draws)]
    return _listed(cited, places, [cited.entries[place] for place in places])


def entry_split(cited: Cited, draws: Draws) -> Cited | None:
    """One entry is read as two: its authors, then the rest without them."""
    gone = _inner(cited, draws)
    places = [*range(gone + 1), *range(gone, len(cited.entries))]
    entries = [cited.entries[place] for place in places]
    whole = entries[gone]
    cut = whole.raw.find(whole.title or whole.raw[len(whole.raw) // 2 :])
    entries[gone] = whole.model_copy(update={"title": None, "raw": whole.raw[: max(1, cut)], "issued": None})
    entries[gone + 1] = whole.model_copy(update={"author": (), "raw": whole.raw[max(1, cut) :]})
    return _listed(cited, places, entries, blank=gone)


def entries_fused(cited: Cited, draws: Draws) -> Cited | None:
    """Two entries are read as one."""
    first = min(_inner(cited, draws), len(cited.entries) - 2)
    places = list(range(len(cited.entries)))
    del places[first + 1]
    entries = [cited.entries[place] for place in places]
    raw = f"{cited.entries[first].raw} {cited.entries[first + 1].raw}"
    entries[first] = entries[first].model_copy(update={"raw": raw})
    return _listed(cited, places, entries)


def column_slipped(cited: Cited, draws: Draws) -> Cited | None:
    """The rows of a table get the numbers of those one or two before or after them."""
    rows = _large_table(cited, draws)
    return _crossed(cited, rows, draws) if rows else None


def table_as_section(cited: Cited, draws: Draws) -> Cited | None:
    """A table is read as a section of the text, its numbers one or two rows off."""
    rows = _large_table(cited, draws)
    if not rows:
        return None
    crossed = _crossed(cited, rows, draws)
    text = {place: crossed.statements[place]._replace(where="text", label=None) for place in rows}
    return crossed._replace(statements=tuple(text.get(at, each) for at, each in enumerate(crossed.statements)))


def markers_lost(cited: Cited, draws: Draws) -> Cited | None:
    """Half of the markers of a stretch of the text aren't read."""
    running = [place for place, each in enumerate(cited.statements) if each.where != "table"]
    if len(running) < 2 * FEWEST:
        return None
    first = int(draws.integers(len(running) - FEWEST + 1))
    stretch = running[first : first + MOST]
    lost = set(np.array(stretch)[draws.random(len(stretch)) < 0.5].tolist())
    return cited._replace(statements=tuple(each for at, each in enumerate(cited.statements) if at not in lost))


def rows_fused(cited: Cited, draws: Draws) -> Cited | None:
    """Rows of a table, or statements one after the other, are read as one, by twos."""
    rows = [place for place, each in enumerate(cited.statements) if each.where == "table"]
    rows = rows if len(rows) >= FEWEST else list(range(len(cited.statements)))
    first = int(draws.integers(max(1, len(rows) - FEWEST)))
    statements: list[CitedStatement | None] = list(cited.statements)
    for one, other in zip(rows[first : first + MOST : 2], rows[first + 1 : first + MOST : 2], strict=False):
        here, there = cited.statements[one], cited.statements[other]
        if here.where == there.where and here.label == there.label:
            numbers = tuple(dict.fromkeys((*here.numbers, *there.numbers)))
            statements[one] = here._replace(numbers=numbers, own=tuple(dict.fromkeys((*here.own, *there.own))))
            statements[other] = None
    return cited._replace(statements=tuple(each for each in statements if each))


MISREADINGS: dict[str, Misread] = {
    "entry lost": entry_lost,
    "entry split": entry_split,
    "entries fused": entries_fused,
    "column slipped": column_slipped,
    "table as section": table_as_section,
    "markers lost": markers_lost,
    "rows fused": rows_fused,
}


def _large_table(cited: Cited, draws: Draws) -> list[int]:
    """The rows of one table with as many as a shift needs; none without such a table."""
    tables: dict[str | None, list[int]] = {}
    for place, each in enumerate(cited.statements):
        if each.where == "table":
            tables.setdefault(each.label, []).append(place)
    large = [rows for rows in tables.values() if len(rows) >= FEWEST]
    return large[int(draws.integers(len(large)))] if large else []


def _inner(cited: Cited, draws: Draws) -> int:
    """An entry in the first two thirds of the list, so that many come behind it."""
    return int(draws.integers(max(1, 2 * len(cited.entries) // 3)))


def _crossed(cited: Cited, statements: Sequence[int], draws: Draws) -> Cited:
    """The statements with the numbers of those so many places before or after, at the ends those of the nearest."""
    off = int(draws.choice([off for off in range(-OFF, OFF + 1) if off]))
    last = len(statements) - 1
    numbers = {
        place: cited.statements[statements[min(last, max(0, at + off))]].numbers for at, place in enumerate(statements)
    }
    return cited._replace(
        statements=tuple(
            each._replace(numbers=numbers.get(at, each.numbers)) for at, each in enumerate(cited.statements)
        )
    )


def _listed(cited: Cited, places: Sequence[int], entries: Sequence[Reference], blank: int | None = None) -> Cited:
    """The article with these entries, counted from 1; `places` are where they were, `blank` has no words of its own."""
    numbered = tuple(
        each.model_copy(update={"number": number, "start": None, "end": None})
        for number, each in enumerate(entries, start=1)
    )
    document = cited.document
    beyond = [
        Unresolved(marker=each.marker, start=each.start, end=each.end, missing=missing, reason=_ENDS)
        for each in document.citations
        if (missing := tuple(number for number in each.references if number > len(numbered)))
    ]
    unresolved = [*document.integrity.unresolved, *beyond]
    report = examine(numbered, document.citations, unresolved, document.tables)
    kept = [
        each._replace(numbers=tuple(number for number in each.numbers if number <= len(numbered)))
        for each in cited.statements
    ]
    return cited._replace(
        document=document.model_copy(update={"references": numbered, "integrity": report}),
        statements=tuple(each for each in kept if each.numbers),
        likeness=_of_entries(cited.likeness, np.array(places), blank),
        texts=frozenset(new for new, old in enumerate(places) if old in cited.texts),
    )


def _of_entries(held: Likeness, places: np.ndarray, blank: int | None) -> Likeness:
    """The likeness with the entries that stood at these places."""
    shown = np.ones(len(places), dtype=np.float32)
    if blank is not None:
        shown[blank] = 0.0
    words = [np.flatnonzero((held.entries.owner == old) & bool(shown[new])) for new, old in enumerate(places)]
    order = np.concatenate(words)
    owner = np.repeat(np.arange(len(places)), [len(each) for each in words])
    return Likeness(
        passages=replace(held.passages, cosine=held.passages.cosine[:, places] * shown),
        entries=Nearness(
            owner=owner,
            weight=held.entries.weight[order],
            cosine=held.entries.cosine[order],
            texts=len(places),
            words=tuple(held.entries.words[at] for at in order.tolist()) if held.entries.words else (),
        ),
        titles=held.titles[np.ix_(places, places)] * shown * shown[:, None],
        alike=held.alike,
        pooled=held.pooled[:, places] * shown,
    )
