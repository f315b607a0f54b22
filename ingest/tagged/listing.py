"""The entries of a tagged text's bibliography: numbers, printed text, and how links reach them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evqa.model import Reference
from ingest.entries.csl import reference
from ingest.entries.identifiers import identifiers
from ingest.markup.styled import Styled
from ingest.structure.bibliography import Entry, bibliography_start, entries
from ingest.structure.piece import Piece
from ingest.tagged.parts import Part

_NUMBER = re.compile(r"\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})(?:[.)]|(?=\s)))[.:]?\s*(?=\S)")


@dataclass(frozen=True)
class Listed:
    """An entry of the bibliography.

    `at`: its place among the parts. `is_numbered`: its number is printed. `ids`: the names by which links reach it.
    `addresses`: where links beside it lead.
    """

    at: int
    number: int
    is_numbered: bool
    printed: Styled
    ids: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def read(self) -> Reference:
        """Read the printed entry as fields; identifiers that it doesn't print, by its links."""
        entry = reference(self.number, self.printed)
        doi, pmid, _ = identifiers("", list(self.addresses))
        doi = entry.DOI or doi
        url = entry.URL or (f"https://doi.org/{doi}" if doi else None)
        return entry.model_copy(update={"DOI": doi, "PMID": entry.PMID or pmid, "URL": url})


def listing(parts: Sequence[Part], pieces: Sequence[Piece]) -> list[Listed]:
    """Return the entries: those that the file marks, else those of the printed list; [] without any."""
    marked = [i for i, part in enumerate(parts) if part.kind == "entry"]
    return _marked(parts, pieces, marked) if marked else _printed(parts, pieces)


def _marked(parts: Sequence[Part], pieces: Sequence[Piece], places: Sequence[int]) -> list[Listed]:
    printed = [pieces[i].whole.strip() for i in places]
    leads = [_NUMBER.match(line.text) for line in printed]
    numbers = [int(next(filter(None, lead.groups()))) if lead else 0 for lead in leads]
    is_numbered = numbers[0] > 0 and all(a < b for a, b in pairwise(numbers))
    return [
        Listed(
            i,
            number if is_numbered else at,
            is_numbered,
            line[lead.end() :] if lead and is_numbered else line,
            parts[i].ids,
            parts[i].addresses,
        )
        for at, (i, line, lead, number) in enumerate(zip(places, printed, leads, numbers, strict=True), start=1)
    ]


def _printed(parts: Sequence[Part], pieces: Sequence[Piece]) -> list[Listed]:
    """Return the entries of a printed list, if each is a part of its own."""
    start = bibliography_start(pieces)
    if start is None:
        return []
    found: list[tuple[int, Entry]] = []
    at = start
    for part in entries(pieces[start:]):
        if not isinstance(part, Entry):
            continue
        first = part.lines[0].text
        at = next((i for i in range(at, len(pieces)) if first and first in pieces[i].text), at)
        found.append((at, part))
        at += 1
    numbers = [entry.number for _, entry in found]
    is_numbered = bool(numbers) and numbers[0] > 0 and all(a < b for a, b in pairwise(numbers))
    return [
        Listed(i, entry.number if is_numbered else n, is_numbered, _joined(entry.lines), parts[i].ids)
        for n, (i, entry) in enumerate(found, start=1)
    ]


def _joined(lines: Sequence[Styled]) -> Styled:
    return lines[0] if len(lines) == 1 else Piece("paragraph", tuple(lines)).whole
