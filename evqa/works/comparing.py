"""Compare a printed entry with a work that a source knows, field by field.

What is read from an entry may be wrong, so the printed text counts, too: a value that stands in it isn't contradicted.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from evqa.language.words import squeeze, words
from evqa.model import Name, Reference
from evqa.works.journals import is_one_journal, is_other_journal
from evqa.works.records import FoundWork
from evqa.works.same_work import LONGEST_DIFFERENCE, NEAR, SHORT, Work, is_cut_title, is_misprint, work

# "near": not the same, yet what often differs between print and databases. "unknown": a side lacks it, or it can't be
# told.
State = Literal["same", "near", "differs", "unknown"]
# "cut": one title is the other without its subtitle or its end.
TitleState = Literal["same", "cut", "near", "differs", "unknown"]

# Years of print and of publication online lie this far apart.
ONLINE = 1
# Titles less alike than this are two.
ALIKE = 0.8
# Surnames this much alike are spellings of one.
SPELLING = 80
# From so many digits on a lone number is that of an article, not of a page.
ARTICLE_NUMBER = 5
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NUMBER = re.compile(r"[^\W_]*\d[^\W_]*")
_DASH = re.compile(r"\s*[-–—‐‑−]+\s*")


@dataclass(frozen=True)
class Printed:
    """An entry, folded once for many comparisons."""

    entry: Reference

    @cached_property
    def work(self) -> Work:
        """What tells the entry's work from others."""
        entry = self.entry
        return work(_spelled_out(entry.title or ""), entry.DOI or "", entry.year, entry.first_author, entry.raw)

    @cached_property
    def letters(self) -> str:
        """Letters and digits of the printed text."""
        return squeeze(_spelled_out(self.entry.raw))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the printed text."""
        return frozenset(words(self.entry.raw))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of the printed text, without leading zeros, with letters that belong to them."""
        return frozenset(_plain_number(number) for number in _NUMBER.findall(self.entry.raw.lower()))

    def holds(self, text: str) -> bool:
        """Whether all words of a text are printed somewhere in the entry."""
        told = words(text)
        return bool(told) and self.words.issuperset(told)


def _spelled_out(text: str) -> str:
    return text.replace("&", " and ")


def plain_title(record: FoundWork) -> str:
    """The title of a found work without markup."""
    return " ".join(html.unescape(_TAG.sub("", html.unescape(record.title or ""))).split())


@dataclass(frozen=True)
class Found:
    """A found work, folded once for many comparisons."""

    record: FoundWork

    @cached_property
    def title(self) -> str:
        """Its title without markup."""
        return plain_title(self.record)

    @property
    def year(self) -> int | None:
        """Its year, where known."""
        return self.record.issued.date_parts[0][0] if self.record.issued else None

    @cached_property
    def work(self) -> Work:
        """What tells the work from others."""
        family = self.record.author[0].surname if self.record.author else ""
        return work(_spelled_out(self.title), self.record.DOI or "", self.year, family)


@dataclass(frozen=True)
class Comparison:
    """How a printed entry compares with a found work.

    `likeness`: of the titles, 0 to 1. `letters`: length of the shorter title. `has_other_numerals`, `is_aside`: the
    titles' numbers differ; only one of the two is a correction, a reply or a comment. `shared`: which part of the
    printed authors the found work has; None if either has none.
    """

    title: TitleState
    likeness: float
    letters: int
    has_other_numerals: bool
    is_aside: bool
    author: State
    shared: float | None
    year: State
    journal: State
    volume: State
    page: State
    doi: State


def compare(printed: Printed, found: Found) -> Comparison:
    """Compare every field of an entry with those of a found work."""
    entry, record, other = printed.entry, found.record, found.work
    state, likeness = _title(printed, other)
    is_titled = bool(printed.work.title and other.title)
    return Comparison(
        title=state,
        likeness=likeness,
        letters=min(len(printed.work.title) or len(other.title), len(other.title)),
        has_other_numerals=is_titled and printed.work.numerals != other.numerals and state != "same",
        is_aside=is_titled and printed.work.is_aside != other.is_aside,
        author=_author(printed, record.author),
        shared=_shared(entry.author, record.author),
        year=_year(printed, found.year),
        journal=_journal(printed, html.unescape(record.container_title or "")),
        volume=_volume(printed, record.volume or ""),
        page=_page(printed, record.page or ""),
        doi=_doi(printed.work.doi, other.doi),
    )


def _title(printed: Printed, other: Work) -> tuple[TitleState, float]:
    """Titles are the same if they differ by misprints only, or if none was read and the found one is printed."""
    own = printed.work
    if not other.title:
        return "unknown", 0.0
    is_printed = len(other.title) >= SHORT and other.title in printed.letters
    if not own.title:
        return ("same", 1.0) if is_printed else ("unknown", 0.0)
    likeness = fuzz.ratio(own.title, other.title) / 100
    is_longer = abs(len(own.title) - len(other.title)) > LONGEST_DIFFERENCE
    if own.title == other.title or (likeness >= NEAR and not is_longer and is_misprint(own, other)):
        return "same", likeness
    if is_printed or is_cut_title(own, other) or other.title.startswith(own.title):
        return "cut", likeness
    return ("near" if likeness >= ALIKE else "differs"), likeness


def _author(printed: Printed, authors: Sequence[Name]) -> State:
    """The first author. One who is printed elsewhere, or is another author of the work, is near."""
    if not printed.entry.author or not authors:
        return "unknown"
    own, other = printed.entry.author[0], authors[0]
    if is_one_surname(own.surname, other.surname):
        return "same"
    if not own.family or not other.family:
        return "unknown"
    named = {part for name in authors for part in words(f"{name.surname} {name.given or ''}")}
    is_elsewhere = printed.holds(other.family) or named.issuperset(words(own.family))
    return "near" if is_elsewhere else "differs"


def is_one_surname(one: str, other: str) -> bool:
    """Whether two surnames are one: spelled alike, or with and without its first parts ("van der Berg", "Berg")."""
    first, second = squeeze(one), squeeze(other)
    if not first or not second:
        return False
    is_part = min(len(first), len(second)) > 2 and (first.endswith(second) or second.endswith(first))
    return first == second or is_part or (min(len(first), len(second)) > 3 and fuzz.ratio(first, second) >= SPELLING)


def _shared(printed: Sequence[Name], found: Sequence[Name]) -> float | None:
    if not printed or not found:
        return None
    known = {squeeze(name.surname) for name in found}
    own = [squeeze(name.surname) for name in printed[: max(len(found), 1)]]
    return sum(name in known for name in own) / len(own)


def _year(printed: Printed, found: int | None) -> State:
    if found is None:
        return "unknown"
    own = printed.entry.year
    if own is None:
        return "same" if str(found) in printed.numbers else "unknown"
    if own == found:
        return "same"
    if abs(own - found) <= ONLINE:
        return "near"
    return "unknown" if str(found) in printed.numbers else "differs"


def _journal(printed: Printed, found: str) -> State:
    """Whether an entry's journal is the found one, whole or abbreviated."""
    own = printed.entry.container_title or ""
    if not found:
        return "unknown"
    if is_one_journal(own, found) or (len(squeeze(found)) > SHORT // 2 and squeeze(found) in printed.letters):
        return "same"
    if not own:
        return "unknown"
    return "differs" if is_other_journal(own, found) and not printed.holds(found) else "near"


def _volume(printed: Printed, found: str) -> State:
    own, other = (_NUMBER.search((value or "").lower()) for value in (printed.entry.volume, found))
    if not other:
        return "unknown"
    return _number_state(printed, own and own[0], other[0])


def _page(printed: Printed, found: str) -> State:
    """The first page, or the number of an article. A page and such a number can't be compared."""
    own = printed.entry.page or ""
    first, other = (_NUMBER.search(_DASH.split(value.strip(), maxsplit=1)[0].lower()) for value in (own, found))
    if not other:
        return "unknown"
    if first and _is_article_number(own, first[0]) != _is_article_number(found, other[0]):
        return "same" if _plain_number(first[0]) == _plain_number(other[0]) else "unknown"
    return _number_state(printed, first and first[0], other[0])


def _number_state(printed: Printed, own: str | None, found: str) -> State:
    is_printed = _plain_number(found) in printed.numbers
    if own is None:
        return "same" if is_printed else "unknown"
    if _plain_number(own) == _plain_number(found):
        return "same"
    if is_printed or re.sub(r"\D", "", own).lstrip("0") == re.sub(r"\D", "", found).lstrip("0"):
        return "unknown"
    return "differs"


def _is_article_number(page: str, first: str) -> bool:
    return not _DASH.search(page.strip()) and (not first.isdecimal() or len(first) >= ARTICLE_NUMBER)


def _plain_number(number: str) -> str:
    return re.sub(r"^(\D*)0+(?=\d)", r"\1", number)


def _doi(own: str, found: str) -> State:
    if not own or not found:
        return "unknown"
    return "same" if own == found else "differs"
