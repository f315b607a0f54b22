"""Authors that a question names: "by Whiteside", "Han Y", "Mondal as first author"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from evqa.model import Name, Reference
from evqa.words import fold
from evqa.works import WORK, Stretch

Place = Literal["any", "first", "last"]

_BY = r"(?:by|from|of|with|(?:co-?)?authors?|authored|wrote|written|et al|group|lab|list|listed|among|did|name[ds]?)"
_NAME = re.compile(r"\b([^\W\d_][\w'’-]+(?:\s+[^\W\d_][\w'’-]+)?)(?:,?\s+([A-Z]{1,3})\b(?![-+\d]))?")
_AUTHORSHIP = re.compile(rf"\bauthors?\b|\bby\b|\bwrote\b|\b{WORK}\b", re.IGNORECASE)
_AFTER = re.compile(r"(?:et al|and colleagues|and co-?workers|as (?:first|last|senior|an?) )")
_FIRST = re.compile(r"\b(?:first|lead)[- ]author(?:ed)?\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|senior)[- ]author(?:ed)?\b", re.IGNORECASE)
_BY_NAME = re.compile(
    r"\b(?:by|authored by|written by)\s+([A-Z][\w'’-]+)(?:\s+et al)?(?=\s*(?:[?.,]|$|and\b|are\b|is\b|et al))"
)
_OPENERS = frozenset("which what who how are is does do any list name all the".split())


@dataclass(frozen=True)
class Author:
    """A family name, folded, and the initials where given; `where` it stands in the question."""

    family: str
    initials: str
    where: Stretch


def find_authors(question: str, entries: Sequence[Reference], about: bool) -> tuple[Author, ...]:
    """Names of the bibliography's authors in the question. `about`: it speaks of works anyway."""
    families = {fold(family(name)) for entry in entries for name in entry.author} - {""}
    found = (_author(question, match, families, about) for match in _NAME.finditer(question))
    return tuple(author for author in found if author)


def _author(question: str, match: re.Match[str], families: set[str], about: bool) -> Author | None:
    for text, end in _readings(match):
        if fold(text) in families and (match[2] or _is_named(question, (match.start(), end), text, about)):
            initials = (match[2] or "").lower() if end == match.end(1) else ""
            return Author(fold(text), initials, (match.start(), match.end() if initials else end))
    return None


def _readings(match: re.Match[str]) -> list[tuple[str, int]]:
    """A run of two words as a double name, else its first word, also without "’s"."""
    first = re.split(r"\s+", match[1])[0]
    end = match.start() + len(first)
    return [(match[1], match.end(1)), (first, end), (re.sub(r"['’]s?$", "", first), end)]


def _is_named(question: str, where: Stretch, text: str, about: bool) -> bool:
    """Capitalised, and said to be an author: "by X", "X et al.", or in a question about works."""
    if not text[0].isupper():
        return False
    before, after = question[: where[0]].rstrip().lower(), question[where[1] :].lstrip().lower()
    opens = where[0] == 0 and text.lower() in _OPENERS
    cue = re.search(rf"\b{_BY}$", before) or _AFTER.match(after)
    return bool(cue or (about and not opens and _AUTHORSHIP.search(question)))


def unknown_author(question: str, entries: Iterable[Reference]) -> str | None:
    """A name that follows "by" in the question and that no entry has among its authors."""
    match = _BY_NAME.search(question)
    known = {part for entry in entries for name in entry.author for part in fold(family(name)).split()}
    return match[1] if match and not known & set(fold(match[1]).split()) else None


def find_place(question: str) -> Place:
    """Whether a first or a last author is asked for."""
    return "first" if _FIRST.search(question) else "last" if _LAST.search(question) else "any"


def wrote(author: Author, place: Place, entry: Reference) -> bool:
    """Whether the author stands in the entry, first or last where asked."""
    names = {"first": entry.author[:1], "last": entry.author[-1:]}.get(place, entry.author)
    return any(fold(family(n)) == author.family and _initials(n).startswith(author.initials) for n in names)


def family(name: Name) -> str:
    """The name that a work is asked by: the family's or the consortium's."""
    return name.family or name.literal or ""


def _initials(name: Name) -> str:
    """Initials of the given names, lower case: "Mary Ann B" gives "mab"."""
    parts = re.findall(r"[^\W\d_]+", name.given or "")
    return "".join(part.lower() if part.isupper() and len(part) <= 4 else part[0].lower() for part in parts)
