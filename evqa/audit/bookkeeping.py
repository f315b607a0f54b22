"""What is wrong with a bibliography and its numbers, whatever the statements say."""

import re
from collections.abc import Iterator
from itertools import chain

from evqa.audit.citation_order import PlaceInOrder
from evqa.audit.doi_patterns import is_doubled, is_malformed, printed_doubled, printed_malformed, said_by
from evqa.audit.looked_up import LookUps, looked_up_findings
from evqa.audit.pair_signs import text_order
from evqa.audit.records import Bookkeeping, Kind
from evqa.audit.support import Cited
from evqa.audit.uncited_claims import uncited_claims
from evqa.language.number_list import number_list
from evqa.language.words import FUNCTION_WORDS, words
from evqa.model import Reference, Unresolved

# An article is printed in the year that its DOI names, or the volume for it closes up to so many years later.
LATER = 2
UNTOLD = "its entries can't be told"
_PLAIN_NUMBER = re.compile(r"\d{1,9}")


def bookkeeping(cited: Cited, look_ups: LookUps = ()) -> tuple[Bookkeeping, ...]:
    """Every finding: numbering, entries never cited, order, duplicates, DOIs, markers beyond the list, bare claims.

    With `look_ups`, one for each entry, also what the works found by them contradict.
    """
    return tuple(
        chain(
            _numbering(cited),
            _beyond(cited),
            _twice(cited),
            _never(cited),
            _order(cited),
            _dois(cited),
            _bare(cited),
            looked_up_findings(cited.document.id, cited.entries, look_ups),
        )
    )


def _finding(
    cited: Cited, kind: Kind, references: tuple[int, ...], detail: str, at: tuple[int, int] | None = None
) -> Bookkeeping:
    start, end = at or (None, None)
    return Bookkeeping(
        document=cited.document.id, kind=kind, references=references, detail=detail, start=start, end=end
    )


def _numbering(cited: Cited) -> Iterator[Bookkeeping]:
    integrity = cited.document.integrity
    if integrity.missing:
        told = f"the list has no entry {number_list(integrity.missing)}, but later ones"
        yield _finding(cited, "numbering", integrity.missing, told)
    if integrity.duplicates:
        told = f"the list gives more than one entry the number {number_list(integrity.duplicates)}"
        yield _finding(cited, "numbering", integrity.duplicates, told)


def _beyond(cited: Cited) -> Iterator[Bookkeeping]:
    for each in cited.document.integrity.unresolved:
        yield _finding(cited, "beyond_list", each.missing, unresolved_text(each), (each.start, each.end))


def unresolved_text(unresolved: Unresolved) -> str:
    """Say what is wrong with a marker: "[9] cites 9: the bibliography has no entry 9".

    A marker by author and year, or a range that runs backwards, misses no number: "(Foo, 1999): the bibliography …".
    """
    marker = unresolved.marker or "a marker"
    cites = f" cites {number_list(unresolved.missing)}" if unresolved.missing else ""
    return f"{marker}{cites}: {unresolved.reason or UNTOLD}"


def _twice(cited: Cited) -> Iterator[Bookkeeping]:
    entries = {entry.number: entry for entry in cited.entries}
    for pair in cited.document.integrity.duplicate_entries:
        yield _finding(cited, "duplicate", pair, _shared(*(entries[number] for number in pair)))


def _shared(one: Reference, other: Reference) -> str:
    """What two entries have in common. Where only the DOI is, one of them prints another work's."""
    titles = [entry.title or entry.raw for entry in (one, other)]
    first, second = (set(words(title)) - FUNCTION_WORDS for title in titles)
    if one.DOI and one.DOI == other.DOI and 2 * len(first & second) < min(len(first), len(second)):
        told = " and ".join(f"“{title}”" for title in titles)
        return f"{one.number} and {other.number} print the same DOI, {one.DOI}, for {told}"
    return f"{one.number} and {other.number} are one work: {titles[0]}"


def _never(cited: Cited) -> Iterator[Bookkeeping]:
    used = {number for each in cited.document.citations for number in each.references}
    unused = tuple(dict.fromkeys(entry.number for entry in cited.entries if entry.number not in used))
    if unused and used:
        yield _finding(cited, "never_cited", unused, f"no statement cites {number_list(unused)}")


def _order(cited: Cited) -> Iterator[Bookkeeping]:
    order, pairs = text_order(cited, cited.uses)
    if not order.is_kept:
        return
    seen: set[int] = set()
    for (place, entry), placed in zip(pairs, order.placed, strict=True):
        number = cited.entries[entry].number
        if number not in seen and (placed.early or placed.astray):
            statement = cited.statements[place]
            yield _finding(
                cited, "out_of_order", (number,), _out_of_order(number, placed), (statement.start, statement.end)
            )
        seen.add(number)


def _out_of_order(number: int, placed: PlaceInOrder) -> str:
    expected = f" where {number_list(placed.gap)} would be next" if placed.gap else ", before its turn"
    return f"{number} is cited here for the first time{expected}: the list is in order of first citation"


def _dois(cited: Cited) -> Iterator[Bookkeeping]:
    for entry in cited.entries:
        number = entry.number
        # What was read is mended where it can be; what is printed is what the authors have to correct.
        if doubled := _doubled(entry):
            yield _finding(cited, "doubled_doi", (number,), f"{number} prints two DOIs as one: {doubled}")
        elif malformed := _malformed(entry):
            yield _finding(cited, "malformed_doi", (number,), f"{number} prints what is no DOI: {malformed}")
        elif entry.DOI:
            yield from _conflicts(cited, entry, entry.DOI)


def _doubled(entry: Reference) -> str | None:
    return entry.DOI if entry.DOI and is_doubled(entry.DOI) else printed_doubled(entry.raw)


def _malformed(entry: Reference) -> str | None:
    if entry.DOI:
        return entry.DOI if is_malformed(entry.DOI) else None
    return printed_malformed(entry.raw)


def _conflicts(cited: Cited, entry: Reference, doi: str) -> Iterator[Bookkeeping]:
    said = said_by(doi)
    if said.year and entry.year and not said.year <= entry.year <= said.year + LATER:
        told = f"{entry.number} prints the year {entry.year}, its DOI {doi} is of {said.year}"
        yield _finding(cited, "year_conflict", (entry.number,), told)
    volume = _PLAIN_NUMBER.fullmatch(entry.volume or "")
    if said.volume and volume and int(volume[0]) != said.volume:
        told = f"{entry.number} prints volume {entry.volume}, its DOI {doi} is of volume {said.volume}"
        yield _finding(cited, "volume_conflict", (entry.number,), told)


def _bare(cited: Cited) -> Iterator[Bookkeeping]:
    for each in uncited_claims(cited.document, cited.passages):
        told = f"tells figures or what others found, and cites nothing: “{each.text}”"
        yield _finding(cited, "uncited_claim", (), told, (each.start, each.end))
