"""Sections by what their headings say."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evqa.corpus.corpus import Span
from evqa.language.expansion import may_vary, variants
from evqa.language.stems import meaningful
from evqa.memo import remembered
from evqa.model import Outline
from evqa.question.scope.part import spans_of

Titled = tuple[str, tuple[Span, ...]]
Fits = Callable[[int, int, int], bool]
Score = tuple[float, float, int, int]


def shares_half(shared: int, about: int, title: int) -> bool:
    """Whether the two share at least half of the shorter."""
    return shared >= 0.5 * min(about, title)


def is_within(shared: int, about: int, _: int) -> bool:
    """Whether the title says all of it."""
    return shared >= about


def is_title(shared: int, about: int, title: int) -> bool:
    """Whether it is all but the title itself."""
    return shared >= 0.8 * max(about, title)


@dataclass(frozen=True)
class _Heading:
    """The words of a section's title, the section's place in its document, and that one's among the documents."""

    words: tuple[str, ...]
    place: int
    document: int


def headed(named: str, outlines: Sequence[Outline], fits: Fits) -> Titled | None:
    """The section whose title fits the words and shares most with them; of equals the one that says least else.

    `fits` is told how many words the two share and how many each has. Abbreviations count as what they stand for, too.
    """
    scored = [*_scored(_words(named), _near(_words(named), outlines), fits)]
    for document in may_vary(named, outlines):
        own = list(_headings(document, outlines[document]))
        for about in map(_words, variants(named, [outlines[document]])):
            scored += _scored(about, own, fits)
    best = max(scored, default=None)
    return _titled(outlines[-best[3]], -best[2]) if best else None


def _titled(outline: Outline, place: int) -> Titled:
    section = outline.sections[place]
    return section.title, spans_of(outline, (section,))


def _scored(about: tuple[str, ...], headings: Iterable[_Heading], fits: Fits) -> Iterator[Score]:
    """The share of the shorter and of both that the words and each title that fits have in common, and its places."""
    for each in headings if about else ():
        few, many = len(about), len(each.words)
        if (shared := _shared(about, each.words)) and fits(shared, few, many):
            yield shared / min(few, many), shared / (few + many - shared), -each.place, -each.document


def _headings(document: int, outline: Outline) -> Iterator[_Heading]:
    for place, section in enumerate(outline.sections):
        if (words := _title(section.title)) and not _is_bibliography(section.title):
            yield _Heading(words, place, document)


def _near(about: tuple[str, ...], outlines: Sequence[Outline]) -> list[_Heading]:
    """The headings that may share a word with those given, of each title the first."""
    starts = _by_start(outlines)
    return list(dict.fromkeys(each for word in about for each in starts.get(word[:_START], ())))


@remembered
def _by_start(outlines: Sequence[Outline]) -> dict[str, list[_Heading]]:
    """By the first letters of each of its words the first section with a title, first in its own document."""
    every = [each for number, outline in enumerate(outlines) for each in _headings(number, outline)]
    first: dict[tuple[str, ...], _Heading] = {}
    for each in sorted(every, key=lambda each: (each.place, each.document)):
        first.setdefault(each.words, each)
    found: dict[str, list[_Heading]] = {}
    for each in first.values():
        for start in {word[:_START] for word in each.words}:
            found.setdefault(start, []).append(each)
    return found


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    return tuple(meaningful(text))


@lru_cache(maxsize=4096)
def _title(printed: str) -> tuple[str, ...]:
    """Its words, without those that only say that it is a statement, if others are left."""
    every = _words(printed)
    return tuple(word for word in every if word not in _FRAME) or every


_FRAME = frozenset("statement statements section information details".split())


@lru_cache(maxsize=4096)
def _is_bibliography(title: str) -> bool:
    """Whether it heads the bibliography, which is asked by its entries and not searched as a part of the text."""
    return (
        re.fullmatch(r"(?i)\W*(?:references?(?: list)?|bibliography|literature(?: cited)?|works cited)\W*", title)
        is not None
    )


def _shared(about: tuple[str, ...], title: tuple[str, ...]) -> int:
    """How many words of the shorter the other has, too, in any inflection."""
    few, many = sorted((about, title), key=len)
    return sum(any(are_akin(one, other) for other in many) for one in few)


def are_akin(one: str, other: str) -> bool:
    """Whether two words seem to be forms of one: alike but for short ends, e.g. "ethics" and "ethical"."""
    if one[:_START] != other[:_START]:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) < _FEW or short.isdigit():
        return long.removesuffix("s") == short.removesuffix("s")
    alike = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return alike >= max(4, len(short) - 3) and len(long) - alike <= _END


_START, _FEW, _END = 3, 4, 5
