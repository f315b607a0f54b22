"""Find the kinds of work that a question asks for: books, chapters, theses, web pages, preprints and others."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from evqa.derived import derived
from evqa.language.wordings import Stretch
from evqa.model import Reference


@dataclass(frozen=True)
class _Sort:
    """A kind of work: how questions name it, its CSL types, and words of entries that are of the kind without type."""

    asked: str
    types: frozenset[str]
    said: tuple[str, ...] = ()

    @cached_property
    def says(self) -> re.Pattern[str] | None:
        """A pattern for the words of such entries."""
        return re.compile(rf"\b(?:{'|'.join(self.said)})\b", re.IGNORECASE) if self.said else None

    @property
    def hints(self) -> list[str]:
        """Plain words, one of which is in every match of `says`."""
        return [each.removesuffix("s?") for each in self.said]


_SORTS = {
    "chapter": _Sort(r"(?:book[ -])?chapters?|contributions? to (?:a )?books?", frozenset({"chapter"})),
    "book": _Sort(r"(?:text|hand)?-?books?|monographs?", frozenset({"book"})),
    "thesis": _Sort(
        r"(?:(?:doctoral|ph\.?d\.?|master['’]?s?|bachelor['’]?s?)[ -])?(?:thes[ie]s|dissertations?)"
        r"|(?:doctoral|ph\.?d\.?|master['’]?s?)[ -](?:works?|research)",
        frozenset({"thesis"}),
        ("thesis", "dissertation", "doctoral"),
    ),
    "webpage": _Sort(
        r"web[ -]?(?:pages?|sites?)|online (?:sources?|resources?|documents?|references?)|internet (?:sources?|pages?)",
        frozenset({"webpage", "post-weblog", "post"}),
    ),
    "preprint": _Sort(
        r"pre-?prints?",
        frozenset({"article"}),
        ("preprint", "biorxiv", "medrxiv", "arxiv", "ssrn", "research square"),
    ),
    "guideline": _Sort(
        r"(?:clinical |practice |treatment )*guidelines?|(?:consensus|position) (?:statements?|papers?)",
        frozenset(),
        ("guidelines?", "recommendations?", "consensus", "position paper", "position statement"),
    ),
    "conference": _Sort(
        r"conference (?:papers?|abstracts?|contributions?|proceedings)|proceedings", frozenset({"paper-conference"})
    ),
    "report": _Sort(r"(?:technical |governmental |government |official )*reports?", frozenset({"report"})),
}
KIND = "(?:" + "|".join(sort.asked for sort in _SORTS.values()) + ")"
_PATTERNS = {name: re.compile(rf"\b(?:{sort.asked})\b", re.IGNORECASE) for name, sort in _SORTS.items()}


@dataclass(frozen=True)
class EntryKind:
    """A kind of work under its name here, and where the question names it."""

    name: str
    where: Stretch


def find_kinds(question: str, entries: Sequence[Reference]) -> tuple[EntryKind, ...]:
    """The kinds named of which the bibliography has any; where it has none, the word may be anything."""
    found: list[EntryKind] = []
    for name, pattern in _PATTERNS.items():
        match = pattern.search(question)
        if match and not any(_overlap(match.span(), other.where) for other in found):
            kind = EntryKind(name, match.span())
            found += [kind] if of_kind(name, entries) else []
    return tuple(found)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def of_kind(name: str, entries: Sequence[Reference]) -> frozenset[int]:
    """Places of the entries that are of the kind by their type or by what they say of themselves."""
    return _of_kind(entries)(name)


@derived
def _of_kind(entries: Sequence[Reference]) -> Callable[[str], frozenset[int]]:
    """The function from the name of a kind, of which there are few, to the places of its entries."""
    printed = [entry.raw.lower() for entry in entries]
    text, ends = "\n".join(printed), list(accumulate(len(each) + 1 for each in printed))

    @cache
    def places(name: str) -> frozenset[int]:
        sort = _SORTS[name]
        by_type = {place for place, entry in enumerate(entries) if entry.type in sort.types}
        # Patterns are far slower than plain words, which few entries have.
        hinted = {bisect_right(ends, at) for hint in sort.hints for at in _places_in(text, hint)}
        return frozenset(by_type | {place for place in hinted if sort.says and sort.says.search(entries[place].raw)})

    return places


def _places_in(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
