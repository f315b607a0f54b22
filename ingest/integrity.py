"""Check that a document's numbering, markers and bibliography fit together."""

from collections import Counter
from collections.abc import Sequence

from evqa.model import Citation, Integrity, Reference, Table, Unresolved
from ingest.entries.duplicates import duplicate_entries

_NAMED = 12


def examine(
    references: Sequence[Reference],
    citations: Sequence[Citation],
    unresolved: Sequence[Unresolved],
    tables: Sequence[Table],
    notices: Sequence[str] = (),
) -> Integrity:
    """Write the integrity report. `notices` are warnings from earlier steps and come first."""
    numbers = Counter(r.number for r in references)
    missing = tuple(n for n in range(1, max(numbers, default=0) + 1) if n not in numbers)
    cited = {n for c in citations for n in c.references}
    return Integrity(
        references=len(references),
        contiguous=not missing,
        missing=missing,
        duplicates=tuple(sorted(n for n, times in numbers.items() if times > 1)),
        citations=len(statement_pairs(citations, tables)),
        unresolved=tuple(unresolved),
        never_cited=tuple(sorted(numbers.keys() - cited)),
        without_doi=tuple(r.number for r in references if not r.DOI),
        duplicate_entries=duplicate_entries(references),
        warnings=(*notices, *_warnings(references, citations)),
    )


def doubts(markers: Sequence[str]) -> list[str]:
    """Return a warning that names the markers taken for quantities by their numbers alone; [] without such."""
    if not markers:
        return []
    distinct = list(dict.fromkeys(markers))
    named = ", ".join(distinct[:_NAMED]) + (f" and {len(distinct) - _NAMED} more" if len(distinct) > _NAMED else "")
    return [f"taken for quantities, not for markers: {named}; see rejected"]


def statement_pairs(citations: Sequence[Citation], tables: Sequence[Table]) -> set[tuple[int, int]]:
    """Return the distinct pairs of statement and reference number. A statement is a sentence or a table row."""
    rows = sorted((row.start, row.end) for table in tables for row in table.rows)
    return {(_statement(c, rows), number) for c in citations for number in c.references}


def _statement(citation: Citation, rows: Sequence[tuple[int, int]]) -> int:
    """Identify a statement: a sentence by a negative number, so that it never equals a row's offset."""
    if citation.sentence is not None:
        return -1 - citation.sentence
    return next((start for start, end in rows if start <= citation.start < end), citation.start)


def _warnings(references: Sequence[Reference], citations: Sequence[Citation]) -> list[str]:
    if not references:
        return ["no bibliography found: statements can't be resolved to references"]
    return [] if citations else ["no markers found that fit the bibliography: statements have no references"]
