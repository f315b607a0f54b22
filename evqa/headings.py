"""Sections by what their headings say."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from evqa.expansion import variants
from evqa.model import Outline
from evqa.part import spans_of
from evqa.retriever import Span
from evqa.stems import meaningful

Titled = tuple[str, tuple[Span, ...]]


def shares_half(shared: int, about: int, title: int) -> bool:
    """Whether the two share at least half of the shorter."""
    return shared >= 0.5 * min(about, title)


def is_within(shared: int, about: int, _: int) -> bool:
    """Whether the title says all of it."""
    return shared >= about


def is_title(shared: int, about: int, title: int) -> bool:
    """Whether it is all but the title itself."""
    return shared >= 0.8 * max(about, title)


def headed(named: str, outlines: Sequence[Outline], fits: Callable[[int, int, int], bool]) -> Titled | None:
    """The section whose title fits the words and shares most with them; of equals the one that says least else.

    `fits` is told how many words the two share and how many each has. Abbreviations count as what they stand for, too.
    """
    scored = [
        (shared / min(len(about), len(title)), shared / (len(about) + len(title) - shared), -place, section.title, span)
        for outline in outlines
        for about in _readings(named, outline)
        for place, section in enumerate(outline.sections)
        if (title := _title(section.title)) and not _is_bibliography(section.title)
        if (shared := _shared(about, title)) and fits(shared, len(about), len(title))
        for span in spans_of(outline, (section,))
    ]
    best = max(scored, default=None, key=lambda each: each[:3])
    return (best[3], (best[4],)) if best else None


def _readings(named: str, outline: Outline) -> list[tuple[str, ...]]:
    return [about for about in map(_words, (named, *variants(named, [outline]))) if about]


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
    if one[:3] != other[:3]:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) < _FEW or short.isdigit():
        return long.removesuffix("s") == short.removesuffix("s")
    alike = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return alike >= max(4, len(short) - 3) and len(long) - alike <= _END


_FEW, _END = 4, 5
