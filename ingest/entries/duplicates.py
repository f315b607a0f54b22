"""Find works that a bibliography lists under two numbers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from evqa.model import Reference

_SHORTEST = 12
_COMPARED = 20


def duplicate_entries(references: Sequence[Reference]) -> tuple[tuple[int, int], ...]:
    """Return pairs of entry numbers, ascending, that stand for one work.

    Two entries match by DOI, or by title, year and first author if no identifier differs.
    """
    return tuple(sorted({*_same_doi(references), *_same_title(references)}))


def _same_doi(references: Sequence[Reference]) -> Iterator[tuple[int, int]]:
    by_doi: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.DOI:
            by_doi[reference.DOI.lower()].append(reference)
    return (pair for group in by_doi.values() for pair in _neighbours(group))


def _same_title(references: Sequence[Reference]) -> Iterator[tuple[int, int]]:
    by_work: dict[tuple[str, int, str], list[Reference]] = defaultdict(list)
    for reference in references:
        if work := _work(reference):
            by_work[work].append(reference)
    for group in by_work.values():
        for one, other in combinations(group[:_COMPARED], 2):
            if one.number != other.number and not _differ(one, other):
                yield min(one.number, other.number), max(one.number, other.number)


def _neighbours(group: list[Reference]) -> Iterator[tuple[int, int]]:
    numbers = sorted({reference.number for reference in group})
    return pairwise(numbers)


def _work(reference: Reference) -> tuple[str, int, str] | None:
    """Identify a work by title, year and first author. None if one of them is missing or the title is short."""
    title = _folded(reference.title or "")
    name = _folded(reference.first_author)
    return (title, reference.year, name) if len(title) >= _SHORTEST and reference.year and name else None


def _differ(one: Reference, other: Reference) -> bool:
    """Tell whether an identifier that both entries have differs, as for two editions."""
    pairs = ((one.DOI, other.DOI), (one.PMID, other.PMID), (one.URL, other.URL))
    return any(a and b and a.lower() != b.lower() for a, b in pairs)


def _folded(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())
