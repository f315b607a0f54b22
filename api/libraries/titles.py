"""Finds the entry of a work by its title, among the entries of libraries of references."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from evqa.language.words import squeeze, words
from evqa.model import Document, LibraryEntry, Name, Outline

# Of 100: titles less alike are those of two works; letters of a title that shorter ones may share by chance.
ALIKE, TERSE = 93, 15
_ROMAN = re.compile(r"(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


@dataclass
class TitledEntries:
    """Entries by their titles: folded letters and digits, whatever stands between them."""

    _equal: dict[str, list[LibraryEntry]] = field(default_factory=lambda: defaultdict(list))
    _by_length: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entry: LibraryEntry) -> None:
        """Add an entry; one without a title, or with a very short one, is never found."""
        title = squeeze(entry.title or "")
        if len(title) < TERSE:
            return
        if title not in self._equal:
            self._by_length[len(title)].append(title)
        self._equal[title].append(entry)

    def entry_of(self, work: Document | Outline, may_be: Callable[[LibraryEntry], bool]) -> LibraryEntry | None:
        """The entry with the work's title, else the one with the nearest title that may be a misprint of it.

        Of several with that title it is the one of the same author or year, else the first. `may_be`: whether an entry
        can be that of the work at all.
        """
        printed = work.title if isinstance(work, Document) else work.document.title
        title = squeeze(printed)
        if equal := [each for each in self._equal.get(title, ()) if may_be(each)]:
            return next((each for each in equal if _is_by_the_same(each, work)), equal[0])
        for near in self._near(title):
            for each in self._equal[near]:
                if may_be(each) and counts(each.title or "") == counts(printed) and _is_by_the_same(each, work):
                    return each
        return None

    def _near(self, title: str) -> Iterator[str]:
        """The titles that are alike, the nearest first. Only those of about the same length can be."""
        share = ALIKE / (200 - ALIKE)
        lengths = range(int(len(title) * share), int(len(title) / share) + 2)
        titles = [each for length in lengths for each in self._by_length.get(length, ())]
        found = process.extract(title, titles, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
        return (near for near, _, _ in found)


def counts(title: str) -> list[str]:
    """What tells apart works of a row, in order: numbers, Roman ones too, and single letters (hepatitis B)."""
    return [word for word in words(title) if _counts(word)]


def _counts(word: str) -> bool:
    is_letter = len(word) == 1 and word not in "as"  # an article, and what an apostrophe leaves
    return is_letter or any(character.isdigit() for character in word) or bool(_ROMAN.fullmatch(word))


def _is_by_the_same(entry: LibraryEntry, work: Document | Outline) -> bool:
    """Whether an author is the same, or else the year, where both are known."""
    if (theirs := _families(entry.author)) and (printed := _families(work.author)):
        return bool(theirs & printed)
    return entry.year == work.year or entry.year is None or work.year is None


def _families(names: tuple[Name, ...]) -> set[str]:
    return {family for each in names if (family := squeeze(each.surname))}
