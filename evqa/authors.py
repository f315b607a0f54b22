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
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_INITIALS = re.compile(r",?\s+([A-Z]{1,3})\b(?![-+\d])")
_LONGEST_NAME = 3
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
    found: list[Author] = []
    for start, end in _runs(question):
        name = fold(re.sub(r"['’]s?$", "", question[start:end]))
        if name in families and all(start >= other.where[1] for other in found):
            given = _INITIALS.match(question, end)
            if given or _is_named(question, (start, end), about):
                found.append(Author(name, given[1].lower() if given else "", (start, given.end() if given else end)))
    return tuple(found)


def _runs(question: str) -> list[Stretch]:
    """Stretches of one to three words of which the last is capitalised, by start, longest first."""
    words = [match.span() for match in _WORD.finditer(question)]
    runs = [(words[i][0], words[j][1]) for i in range(len(words)) for j in range(i, min(len(words), i + _LONGEST_NAME))]
    capital = {end for start, end in words if question[start].isupper()}
    kept = [run for run in runs if run[1] in capital and not re.search(r"[^\w\s'’-]", question[slice(*run)])]
    return sorted(kept, key=lambda run: (run[0], -run[1]))


def _is_named(question: str, where: Stretch, about: bool) -> bool:
    """Said to be an author: "by X", "X et al.", or in a question about works."""
    before, after = question[: where[0]].rstrip().lower(), question[where[1] :].lstrip().lower()
    opens = where[0] == 0 and question[: where[1]].lower() in _OPENERS
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
