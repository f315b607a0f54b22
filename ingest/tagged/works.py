"""Find the printed entries of the works that a file's links name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from evqa.language.words import squeeze
from evqa.model import Reference
from ingest.tagged.listing import Listed

_SHORTEST_TITLE = 10
_ALIKE = 90.0


class WorkFinder:
    """Finds the entry of a work by DOI, title, or authors with year and pages."""

    def __init__(self, listed: Sequence[Listed], read: Mapping[int, Reference]) -> None:
        """`read`: the entries' fields by number."""
        self._texts = {one.number: squeeze(one.printed.with_addresses()) for one in listed}
        self._by_doi: dict[str, int] = {}
        for number, entry in read.items():
            if entry.DOI:
                self._by_doi.setdefault(entry.DOI.lower(), number)

    def find(self, work: Reference) -> int | None:
        """Return the number of a work's entry; None if none is surely its."""
        if work.DOI and (number := self._by_doi.get(work.DOI.lower())):
            return number
        title = squeeze(work.title or "")
        if len(title) >= _SHORTEST_TITLE and (held := [n for n, text in self._texts.items() if title in text]):
            return self._best(work, held)
        if len(title) >= _SHORTEST_TITLE:
            likely = [n for n, text in self._texts.items() if self._weight(work, text) >= 2]
            alike = [n for n in likely if fuzz.partial_ratio(title, self._texts[n]) >= _ALIKE]
            if alike:
                return self._best(work, alike)
        # Some styles print no titles.
        sure = [n for n, text in self._texts.items() if self._weight(work, text) >= 3]
        return sure[0] if len(sure) == 1 else None

    def _best(self, work: Reference, numbers: Sequence[int]) -> int:
        return max(numbers, key=lambda n: (self._weight(work, self._texts[n]), -len(self._texts[n])))

    def _weight(self, work: Reference, text: str) -> int:
        """Count which of first author, year, volume and first page an entry prints."""
        family = work.author[0].family or work.author[0].literal or "" if work.author else ""
        page = (work.page or "").split("-")[0]
        told = [family, str(work.year or ""), work.volume or "", page]
        return sum(bool(part) and squeeze(part) in text for part in told)


def by_print(shown: Iterable[tuple[str, int]], known: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers of works not found otherwise, by the number that a link to one of them alone prints.

    `shown`: target and printed number of such links. `known`: the works found already.
    """
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for target, number in shown:
        if target not in known:
            votes[target][number] += 1
    return {target: counts.most_common(1)[0][0] for target, counts in votes.items()}
