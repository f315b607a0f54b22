"""Find the authors that a question names: "by Whiteside", "Han Y", "Mondal as first author"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from evqa.derived import derived
from evqa.language.wordings import WORK, Stretch
from evqa.language.words import squeeze
from evqa.model import Name, Reference

Place = Literal["any", "first", "last"]

_BY = r"(?:by|(?:co-?)?authors?|authored)"
_NEAR = (
    r"(?:from|of|with|wrote|written|group|lab|list|listed|among|did|has|have|is|are|was|were|name[ds]?|includes?"
    r"|cites?)"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_INITIALS = re.compile(r",?\s+([A-Z]\.(?:[ -]?[A-Z]\.)+|[A-Z]{1,3})(?![-+\w])(?!\s+cells?\b)")
_INITIALS_BEFORE = re.compile(r"\b((?:[A-Z]\.[ -]?){1,3}|[A-Z]{1,2}(?=\s))\s*$")
_GIVEN = re.compile(r"\b[Bb]y\s+(?!(?:Dr|Prof|Professor|The)\b)([A-Z][\w'’-]+)(?:\s+[A-Z]\.?)?\s+$")
_LONGEST_NAME = 5
_AUTHORSHIP = re.compile(rf"\bauthors?\b|\bby\b|\bwrote\b|\b{WORK}\b", re.IGNORECASE)
_AFTER = re.compile(r"(?:et al|and colleagues|and co-?workers|as (?:first|last|senior|an?) )")
# What may follow a person's name: "from Green" is a person, "from Green tea" isn't.
_NAME_ENDS = re.compile(
    rf"$|\W|\d|(?:and|or|on|in|about|from|before|after|since|at|as|among|is|are|was|were|do|does|did|have|has|write|wrote"
    rf"|written|publish|published|cited?|listed|found|find|show|showed|report|reported|group|lab|team|{WORK})\b"
)
_LOWER = re.compile(rf"\b{WORK} (?:(?:written|authored|published) )?by\s+$", re.IGNORECASE)
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_FIRST = re.compile(r"\b(?:first|lead)[- ]author(?:ed)?\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|senior)[- ]author(?:ed)?\b", re.IGNORECASE)
_BY_NAME = re.compile(
    r"\b(?:by|authored by|written by)\s+((?:[A-Z][\w'’.-]*\s+){0,2}[A-Z][\w'’-]*[a-z][\w'’-]*)(?:\s+et al)?"
    r"(?=\s*(?:[?.,]|$|(?:and|are|is|was|were|in|on|from|about|before|after|cited|published)\b|et al))"
)
_OPENERS = frozenset("which what who how are is does do any list name all the".split())


@dataclass(frozen=True)
class Author:
    """A family name, its folded letters only, and the initials where given; `where` it stands in the question."""

    family: str
    initials: str
    where: Stretch


def find_authors(question: str, entries: Sequence[Reference], about: bool) -> tuple[Author, ...]:
    """Authors of the bibliography named in the question. `about`: the question speaks of works."""
    names = _by_key(entries)
    found: list[Author] = []
    for where in _runs(question):
        author = _author(question, where, names)
        last = found[-1].where[1] if found else 0
        if author and author.where[0] >= last:
            joined = bool(found) and question[last : where[0]].strip(" ,").lower() in ("and", "&", "or", "")
            if author.initials or joined or _is_named(question, where, about):
                found.append(author)
    return tuple(found)


@derived
def _by_key(entries: Sequence[Reference]) -> dict[str, list[Name]]:
    """Authors by every way in which their family name may be typed."""
    found: dict[str, list[Name]] = {}
    for entry in entries:
        for name in entry.author:
            for key in _keys(name.surname):
                found.setdefault(key, []).append(name)
    return found


@derived
def works_by(entries: Sequence[Reference]) -> dict[str, list[int]]:
    """Places of the entries by every way in which a family name of their authors may be typed."""
    found: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        for key in {key for name in entry.author for key in _keys(name.surname)}:
            found.setdefault(key, []).append(place)
    return found


def _author(question: str, where: Stretch, names: Mapping[str, Sequence[Name]]) -> Author | None:
    """The author that a stretch of the question names, with the initials before or after it."""
    spelt = squeeze(re.sub(r"['’]s?$", "", question[slice(*where)]).translate(_PLAIN))
    if not spelt or spelt not in names:
        return None
    for match in (_INITIALS.match(question, where[1]), _INITIALS_BEFORE.search(question, 0, where[0])):
        initials = squeeze(match[1]) if match else ""
        if match and any(_is_by(name, spelt, initials) for name in names[spelt]):
            return Author(spelt, initials, (min(where[0], match.start()), max(where[1], match.end())))
    given = _GIVEN.search(question, 0, where[0])
    return (
        Author(spelt, given[1][0].lower(), (given.start(1), where[1]))
        if given and given[1]
        else Author(spelt, "", where)
    )


@lru_cache(maxsize=65536)
def _keys(name: str) -> frozenset[str]:
    """How a name may be typed: without accents, "Mueller" for Müller, without its particle."""
    lowered = name.lower()
    bare = re.sub(r"^(?:[a-z'’]+\s+)+(?=[^\W\d_])", "", name) if name[:1].islower() else name
    forms = (name.translate(_PLAIN), lowered.translate(_SPELLED), lowered.translate(_PLAIN), bare.translate(_PLAIN))
    return frozenset(map(squeeze, forms)) - {""}


def _runs(question: str) -> list[Stretch]:
    """Stretches of one to five words that end in a capitalised word, by start, longest first.

    Behind "works by" the last may be in lower case, if the question or clause ends there.
    """
    words = [match.span() for match in _WORD.finditer(question)]
    runs = [(words[i][0], words[j][1]) for i in range(len(words)) for j in range(i, min(len(words), i + _LONGEST_NAME))]
    capital = {end for start, end in words if question[start].isupper()}
    kept = [
        run
        for run in runs
        if (run[1] in capital or _is_cited_by(question, run)) and not re.search(r"[^\w\s'’-]", question[slice(*run)])
    ]
    return sorted(kept, key=lambda run: (run[0], -run[1]))


def _is_cited_by(question: str, run: Stretch) -> bool:
    """Whether the stretch stands after "works by" and ends the clause."""
    ends = re.match(r"\s*(?:[?.,;]|$|(?:and|are|is|were|in|on|from|cited)\b)", question[run[1] : run[1] + 20])
    return bool(ends and _LOWER.search(question, max(0, run[0] - 60), run[0]))


def _is_named(question: str, where: Stretch, about: bool) -> bool:
    """Whether the question uses the name as an author's: "by X", "X et al.", "X's papers", or it is about works."""
    before, after = question[: where[0]].rstrip().lower(), question[where[1] :].lstrip().lower()
    before = re.sub(r"(?:\b(?:the|dr|prof|professor)\b\.?\s*)+$", "", before[-80:]).rstrip()
    opens = where[0] == 0 and question[: where[1]].lower() in _OPENERS
    owns = re.search(r"['’]s?$", question[slice(*where)]) and re.match(rf"(?:[\w-]+\s+){{0,2}}{WORK}\b", after)
    if owns or re.search(rf"\b{_BY}$", before) or _AFTER.match(after):
        return True
    cued = re.search(rf"\b{_NEAR}$", before) or (about and not opens and _AUTHORSHIP.search(question))
    return bool(cued and _NAME_ENDS.match(after))


def unknown_author(question: str, entries: Sequence[Reference]) -> str | None:
    """A name that follows "by" in the question and that no entry has among its authors."""
    match = _BY_NAME.search(question)
    if match is None:
        return None
    return match[1] if _known(entries).isdisjoint(map(squeeze, match[1].translate(_PLAIN).split())) else None


@derived
def _known(entries: Sequence[Reference]) -> frozenset[str]:
    """Every way in which a family name, or a part of one, may be typed."""
    names = {name.surname for entry in entries for name in entry.author}
    return frozenset(key for name in names for part in (name, *re.split(r"[\s-]+", name)) for key in _keys(part))


def find_place(question: str) -> Place:
    """Whether a first or a last author is asked for."""
    return "first" if _FIRST.search(question) else "last" if _LAST.search(question) else "any"


def wrote(author: Author, place: Place, entry: Reference) -> bool:
    """Whether the author wrote the entry, as first or last author if asked for."""
    names = {"first": entry.author[:1], "last": entry.author[-1:]}.get(place, entry.author)
    return any(_is_by(name, author.family, author.initials) for name in names)


def _is_by(name: Name, spelt: str, initials: str) -> bool:
    return spelt in _keys(name.surname) and _initials(name).startswith(initials)


def _initials(name: Name) -> str:
    """Initials of the given names, lower case: "Mary Ann B" gives "mab"."""
    parts = re.findall(r"[^\W\d_]+", name.given or "")
    return "".join(part.lower() if part.isupper() and len(part) <= 4 else part[0].lower() for part in parts)
