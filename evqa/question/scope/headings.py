"""Find sections by the words of their headings."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evqa.corpus.corpus import Span
from evqa.derived import derived
from evqa.language.expansion import variants_by_document
from evqa.language.wordings import BIBLIOGRAPHY
from evqa.language.words import meaningful
from evqa.model import Outline
from evqa.question.scope.part import spans_of

Titled = tuple[str, tuple[Span, ...]]
Fits = Callable[[int, int, int], bool]
Score = tuple[float, float, int, int]


def shares_half(shared: int, about: int, title: int) -> bool:
    """Whether name and title share at least half the words of the shorter one."""
    return shared >= 0.5 * min(about, title)


def is_within(shared: int, about: int, _: int) -> bool:
    """Whether the title has all words of the name."""
    return shared >= about


def is_title(shared: int, about: int, title: int) -> bool:
    """Whether name and title are nearly the same."""
    return shared >= 0.8 * max(about, title)


@dataclass(frozen=True)
class _HeadedSection:
    """The words of a section's title, its place among the sections, and the place of its document."""

    words: tuple[str, ...]
    place: int
    document: int


def headed(named: str, outlines: Sequence[Outline], fits: Fits) -> Titled | None:
    """The section whose title fits the name best; of equals the one with the shortest title. None if none fits.

    `fits` gets the number of shared words, of words in the name, and of words in the title. Abbreviations also count
    as their long forms.
    """
    scored = [*_scored(_words(named), _near(_words(named), outlines), fits)]
    for document, variants in variants_by_document(named, outlines):
        own = list(_headings(document, outlines[document]))
        for about in map(_words, variants):
            scored += _scored(about, own, fits)
    best = max(scored, default=None)
    return _titled(outlines[-best[3]], -best[2]) if best else None


def _titled(outline: Outline, place: int) -> Titled:
    section = outline.sections[place]
    return section.title, spans_of(outline, (section,))


def _scored(about: tuple[str, ...], headings: Iterable[_HeadedSection], fits: Fits) -> Iterator[Score]:
    """For each title that fits: the share of the shorter one's words and of all words in common, and its place."""
    for each in headings if about else ():
        few, many = len(about), len(each.words)
        if (shared := _shared(about, each.words)) and fits(shared, few, many):
            yield shared / min(few, many), shared / (few + many - shared), -each.place, -each.document


def _headings(document: int, outline: Outline) -> Iterator[_HeadedSection]:
    for place, section in enumerate(outline.sections):
        if (words := _title(section.title)) and not _is_bibliography(section.title):
            yield _HeadedSection(words, place, document)


def _near(about: tuple[str, ...], outlines: Sequence[Outline]) -> list[_HeadedSection]:
    """The headings that may share a word with the name; of equal titles the first."""
    starts = _by_start(outlines)
    return list(dict.fromkeys(each for word in about for each in starts.get(word[:_START], ())))


@derived
def _by_start(outlines: Sequence[Outline]) -> dict[str, list[_HeadedSection]]:
    """Headings by the first letters of their words; of equal titles the one that comes first in its document."""
    every = [each for number, outline in enumerate(outlines) for each in _headings(number, outline)]
    first: dict[tuple[str, ...], _HeadedSection] = {}
    for each in sorted(every, key=lambda each: (each.place, each.document)):
        first.setdefault(each.words, each)
    found: dict[str, list[_HeadedSection]] = {}
    for each in first.values():
        for start in {word[:_START] for word in each.words}:
            found.setdefault(start, []).append(each)
    return found


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    return tuple(meaningful(text))


@lru_cache(maxsize=4096)
def _title(printed: str) -> tuple[str, ...]:
    """The words of a title, without "statement", "section" and the like if others are left."""
    every = _words(printed)
    return tuple(word for word in every if word not in _FRAME) or every


_FRAME = frozenset("statement statements section information details".split())


@lru_cache(maxsize=4096)
def _is_bibliography(title: str) -> bool:
    """Whether it is the title of the bibliography, which is searched by its entries, not as a part of the text."""
    return re.fullmatch(rf"(?i)\W*(?:{BIBLIOGRAPHY}|references?|literature)\W*", title) is not None


def _shared(about: tuple[str, ...], title: tuple[str, ...]) -> int:
    """How many words of the shorter one the other has as well, in any inflection."""
    few, many = sorted((about, title), key=len)
    return sum(any(are_akin(one, other) for other in many) for one in few)


def are_akin(one: str, other: str) -> bool:
    """Whether two words seem to be forms of one word: equal except for short endings, as "ethics" and "ethical"."""
    if one[:_START] != other[:_START]:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) < _FEW or short.isdigit():
        return long.removesuffix("s") == short.removesuffix("s")
    alike = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return alike >= max(4, len(short) - 3) and len(long) - alike <= _END


_START, _FEW, _END = 3, 4, 5
