"""Find the printed entries of the works that a file's links name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from evqa.language.words import squeeze, words
from evqa.model import Reference
from ingest.tagged.listing import Listed

_SHORTEST_TITLE = 10
_ALIKE = 90.0
_SURE = 3
_LIKELY = 2
_UNLIKE = 60.0
_LETTERED_YEAR = re.compile(r"\b(\d{4})[a-z]\b")


class WorkFinder:
    """Finds the entry of a work by DOI, title, first author, year, volume and page together.

    A DOI alone isn't enough where two entries print it, as those of a supplement do.
    """

    def __init__(self, listed: Sequence[Listed], read: Mapping[int, Reference]) -> None:
        """`read`: the entries' fields by number."""
        printed = {one.number: one.printed.with_addresses() for one in listed}
        self._texts = {number: squeeze(text) for number, text in printed.items()}
        self._words = {number: _spaced(_LETTERED_YEAR.sub(r"\1", text)) for number, text in printed.items()}
        self._titles = {number: squeeze(entry.title or "") for number, entry in read.items()}
        self._dois = {number: entry.DOI.lower() for number, entry in read.items() if entry.DOI}

    def find(self, work: Reference) -> int | None:
        """Return the number of a work's entry; None if none is surely its."""
        title, told = squeeze(work.title or ""), _told(work)
        scores = {number: self._score(work, title, told, number) for number in self._texts}
        best = max(scores, key=lambda number: (scores[number], -number), default=None)
        if best is not None and scores[best] >= _SURE:
            # Some styles print no titles: author, year and page tell one entry only if no other has them.
            is_one = sum(score == scores[best] for score in scores.values()) == 1
            return best if (is_one or scores[best] > _SURE) and self.may_be(work, best) else None
        return self._alike(title, told)

    def is_sure(self, work: Reference, number: int) -> bool:
        """Tell whether an entry prints a work's title or DOI."""
        title = squeeze(work.title or "")
        return self._is_same(work, number) or (len(title) >= _SHORTEST_TITLE and title in self._texts[number])

    def may_be(self, work: Reference, number: int) -> bool:
        """Tell whether an entry may be a work's: it prints its title or DOI, no title, or one like the work's."""
        title, printed = squeeze(work.title or ""), self._titles.get(number, "")
        if self.is_sure(work, number) or min(len(title), len(printed)) < _SHORTEST_TITLE:
            return True
        return fuzz.partial_ratio(title, printed) >= _UNLIKE

    def _is_same(self, work: Reference, number: int) -> bool:
        return bool(work.DOI) and self._dois.get(number) == (work.DOI or "").lower()

    def _score(self, work: Reference, title: str, told: Sequence[str], number: int) -> int:
        text = self._texts[number]
        is_named = len(title) >= _SHORTEST_TITLE and title in text
        return _SURE * is_named + _SURE * self._is_same(work, number) + _weight(told, self._words[number])

    def _alike(self, title: str, told: Sequence[str]) -> int | None:
        """Return the entry that prints nearly the same title."""
        if len(title) < _SHORTEST_TITLE:
            return None
        likely = {number: text for number, text in self._texts.items() if _weight(told, self._words[number]) >= _LIKELY}
        ratios = {number: fuzz.partial_ratio(title, text) for number, text in likely.items()}
        best = max(ratios, key=lambda number: ratios[number], default=None)
        return best if best is not None and ratios[best] >= _ALIKE else None


def _told(work: Reference) -> list[str]:
    """Return what entries print of a work beside its title: first author, year, volume, first page."""
    told = (work.first_author, str(work.year or ""), work.volume or "", (work.page or "").split("-")[0])
    return [spaced for part in told if (spaced := _spaced(part)).strip()]


def _spaced(text: str) -> str:
    """Return a text's folded words with a blank around each, so that "Li" isn't found in "Clinical"."""
    return f" {' '.join(words(text))} "


def _weight(told: Sequence[str], text: str) -> int:
    return sum(part in text for part in told)


def by_print(shown: Iterable[tuple[str, int]], known: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers of works not found otherwise, by the number that a link to one of them alone prints.

    `shown`: target and printed number of such links. `known`: the works found already.
    """
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for target, number in shown:
        if target not in known:
            votes[target][number] += 1
    return {target: counts.most_common(1)[0][0] for target, counts in votes.items()}
