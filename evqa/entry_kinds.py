"""What kinds of work a question asks for: books, chapters, theses, web pages, preprints, guidelines, reports."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evqa.model import Reference
from evqa.works import Stretch


@dataclass(frozen=True)
class _Sort:
    """How questions name a kind of work, its CSL types, and what an entry of no such type says that is one anyway."""

    asked: str
    types: frozenset[str]
    said: re.Pattern[str] | None = None


_SORTS = {
    "chapter": _Sort(r"(?:book[ -])?chapters?|contributions? to (?:a )?books?", frozenset({"chapter"})),
    "book": _Sort(r"(?:text|hand)?-?books?|monographs?", frozenset({"book"})),
    "thesis": _Sort(
        r"(?:(?:doctoral|ph\.?d\.?|master['’]?s?|bachelor['’]?s?)[ -])?(?:thes[ie]s|dissertations?)"
        r"|(?:doctoral|ph\.?d\.?|master['’]?s?)[ -](?:works?|research)",
        frozenset({"thesis"}),
        re.compile(r"\b(?:thesis|dissertation|doctoral)\b", re.IGNORECASE),
    ),
    "webpage": _Sort(
        r"web[ -]?(?:pages?|sites?)|online (?:sources?|resources?|documents?|references?)|internet (?:sources?|pages?)",
        frozenset({"webpage", "post-weblog", "post"}),
    ),
    "preprint": _Sort(
        r"pre-?prints?",
        frozenset({"article"}),
        re.compile(r"\b(?:preprint|biorxiv|medrxiv|arxiv|ssrn|research square)\b", re.IGNORECASE),
    ),
    "guideline": _Sort(
        r"(?:clinical |practice |treatment )*guidelines?|(?:consensus|position) (?:statements?|papers?)",
        frozenset(),
        re.compile(r"\b(?:guidelines?|recommendations?|consensus|position (?:paper|statement))\b", re.IGNORECASE),
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
            found += [kind] if any(is_of_kind(entry, kind) for entry in entries) else []
    return tuple(found)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def is_of_kind(entry: Reference, kind: EntryKind) -> bool:
    """Whether the entry is of the kind by its type or by what it says of itself."""
    sort = _SORTS[kind.name]
    return entry.type in sort.types or (sort.said is not None and sort.said.search(entry.raw) is not None)
