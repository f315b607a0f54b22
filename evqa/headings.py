"""Sections by what their headings say."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from evqa.expansion import variants
from evqa.model import Outline
from evqa.part import spans_of
from evqa.retriever import Span
from evqa.stems import stems

Titled = tuple[str, tuple[Span, ...]]
Fits = Callable[[frozenset[str], frozenset[str]], bool]


# The bibliography is asked by its entries, not searched as a part of the text.
_BIBLIOGRAPHY = frozenset(stems("references reference list bibliography literature cited works"))


def shares_half(about: frozenset[str], title: frozenset[str]) -> bool:
    """Whether the two share at least half of the shorter."""
    return len(about & title) >= 0.5 * min(len(about), len(title))


def is_within(about: frozenset[str], title: frozenset[str]) -> bool:
    """Whether the title says all of it."""
    return about <= title


def is_title(about: frozenset[str], title: frozenset[str]) -> bool:
    """Whether it is all but the title itself."""
    return len(about & title) >= 0.8 * max(len(about), len(title))


def headed(named: str, outlines: Sequence[Outline], fits: Fits) -> Titled | None:
    """The section whose title fits the words and shares most with them; of equals the one that says least else.

    Abbreviations count as what they stand for, too.
    """
    scored = [
        (_shared(about, title), len(about & title) / len(about | title), -place, section.title, span)
        for outline in outlines
        for about in _readings(named, outline)
        for place, section in enumerate(outline.sections)
        if about & (title := _stems(section.title)) and fits(about, title) and not title <= _BIBLIOGRAPHY
        for span in spans_of(outline, (section,))
    ]
    best = max(scored, default=None, key=lambda each: each[:3])
    return (best[3], (best[4],)) if best else None


def _shared(about: frozenset[str], title: frozenset[str]) -> float:
    return len(about & title) / min(len(about), len(title))


def _readings(named: str, outline: Outline) -> list[frozenset[str]]:
    return [about for about in map(_stems, (named, *variants(named, [outline]))) if about]


@lru_cache(maxsize=65536)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))
