"""Find the bibliographic facts that a question states: years, authors, journals, oldest, newest, how many.

Facts are matched against the entries themselves, so a name counts as an author's only when the
bibliography has it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from evqa.derived import derived
from evqa.language.wordings import BIBLIOGRAPHY, SAY, WORK, Stretch
from evqa.model import Reference
from evqa.question.facts.authors import Author, Place, find_authors, find_place, unknown_author, works_by, wrote
from evqa.question.facts.containers import Container, find_containers
from evqa.question.facts.entry_kinds import KIND, EntryKind, find_kinds, of_kind
from evqa.question.facts.years import Years, find_years

Order = Literal["oldest", "newest"]

_LIST = (
    rf"(?:{BIBLIOGRAPHY}|references? section|(?<=the )list(?! of)"
    r"|(?<=among the )(?:references|sources|citations|entries)|(?<=in the )references)"
)
_LISTED = re.compile(rf"\b(?:(?:in|from|of|on|within|among)\s+)?(?:(?:the|its|this|their)\s+)?{_LIST}\b", re.IGNORECASE)
# An entry of the list, not "viral entry" or "the entry of glucose".
_ENTRY = (
    r"\b(?:which|what|any|all|every|each|newest|oldest|latest|earliest|bibliograph\w+|reference|list|cited|these) "
    r"(?:\w+ )?entr(?:y|ies)\b(?!\s+(?:of|into|to|point|site|route|receptor|factor|inhibitor|pathway|mechanism)s?\b)"
)
_ITEM = rf"(?:{WORK}|{KIND})"
# What stands between "anything" or "those" and "cited".
_BETWEEN = r"[^?.,:;]{0,60}?"
_CITED = re.compile(
    rf"\b(?:cited|(?<!the )listed|quoted|referenced)\s+(?:\w+\s+){{0,2}}?{_ITEM}\b|\bdois?\b|{_ENTRY}"
    r"|\bcited (?:doctoral|phd|master)"
    rf"|\b{WORK}\b[^?.,:;]{{0,40}}?\b(?:is|are|was|were)\s+(?:cited|listed)\b(?!\s+(?:for|as|to|on)\b)"
    rf"|\bdo(?:es)? (?:they|it|the {WORK}|the authors) cite\b"
    rf"|\b{KIND}\b(?:\s+\w+){{0,3}}?\s+(?:cited|listed|referenced)\b"
    rf"|\b(?:references?|entries|citations?|sources?|items?)\s+(?:\w+\s+)?(?:is|are|was|were)\s+(?:an?\s+)?{KIND}\b"
    rf"|\bwhose\b{_BETWEEN}\b(?:is|are|was|were)\s+(?:cited|listed)\b(?!\s+(?:for|as|to|on)\b)"
    rf"|\b(?:anything|something|nothing|those|everything)\b{_BETWEEN}\b(?:cited|listed)\b(?!\s+(?:for|as|to|on)\b)",
    re.IGNORECASE,
)
# A journal's or author's name before "paper".
_NAMING = r"(?:(?-i:[A-Z])[\w.&’'-]* ){0,5}?"
_SOUGHT = re.compile(
    rf"\bwhich {_NAMING}(?:article|paper|publication|study|trial|report|author|group|team)s?\b|\bwho\b"
    rf"|\b(?:is|are) there (?:an?|any)?\s*(?:\w+\s+){{0,2}}{WORK}\b|\bany {WORK}\b"
    rf"|\b{WORK} (?:on|about|dealing with|concerning)\b",
    re.IGNORECASE,
)
_CAME = r"(?:appeared|published|printed|came out|written)"
_OLDEST = (
    r"\b(?:oldest|most (?:aged|ancient)|earliest|least recent|first[- ]published|first ever"
    rf"|{_CAME} (?:first|earliest))\b"
)
_NEWEST = rf"\b(?:newest|latest|youngest|most recent(?:ly published)?|{_CAME} (?:last|latest|most recently))\b"
_SAYING = rf"(?:{SAY}|found|imply|have|did|do)"
_OF_WORKS = rf"(?:(?:of|among) (?:all )?(?:the|its|those) )?(?:{_NAMING}|(?:\w+ ){{0,2}}?){WORK}\b(?! {_SAYING})"
# "Which reference is the oldest?", not "the oldest of the cohorts".
_WORK_IS = rf"\b{WORK}\b(?:\s+\w+){{0,4}}?\s+(?:is|are|was|were)\s+(?:the\s+)?(?:very\s+)?"
_AT_END = r"(?=\s*(?:\?|$|[,;]|ones?\b|(?:here|of them|of all|among them|there|listed|cited)\b))"


def _of_works(superlative: str) -> re.Pattern[str]:
    return re.compile(f"{superlative} {_OF_WORKS}|{_WORK_IS}{superlative}{_AT_END}", re.IGNORECASE)


_ORDERS: tuple[tuple[Order, re.Pattern[str], re.Pattern[str]], ...] = (
    ("oldest", re.compile(_OLDEST, re.IGNORECASE), _of_works(_OLDEST)),
    ("newest", re.compile(_NEWEST, re.IGNORECASE), _of_works(_NEWEST)),
)
# "How many studies found …?" doesn't count the works that the text cites.
_LISTS = r"\b(?:cited?|listed|bibliograph\w+|list|published|appeared|are there|by|from|since)\b"
_ITEMS = r"(?:references?|refs?|citations?|entries|sources?(?!\s+of)|works?)"
_COUNTED = rf"(?:\w+\s+){{0,3}}?(?:{_ITEMS}\b|{WORK}\b(?=\s*\??$|[^?.]*?{_LISTS}))"
_COUNT = re.compile(rf"\bhow many\s+{_COUNTED}|\b(?:total )?number of\s+{_COUNTED}", re.IGNORECASE)
# Questions that only a tally of the whole bibliography could answer.
_TALLIED = re.compile(
    r"\b(?:which|what|whose|who)(?: \w+){0,2}? (?:journals?|authors?|years?|publishers?)\b.*\bmost\b"
    r"|\bmost[- ](?:often[- ]cited|frequently[- ]cited|cited|frequent|common|prolific) (?:journals?|authors?|years?)\b"
    r"|\b(?:journal|author|year) with (?:the )?most\b",
    re.IGNORECASE,
)
_DOI = re.compile(r"\b10\.\d{4,9}/\S+?(?=[\s?,;]|[.?]?$)")
_SINCE = (
    r"(?:from|of|in|before|after|since|during|between|until|up to|prior to"
    r"|(?:no |not )?(?:older|newer|earlier|later)(?= than))"
)
_PUBLISHED = re.compile(
    rf"\b{WORK}\b.*\b(?:published|appeared|appearing|dated|printed|came out)\b"
    rf"|\b(?:published|appeared|appearing|dated|printed)\b.*\b{WORK}\b|\bwhat (?:was|were|has been|got|is) published\b"
    rf"|\b{WORK} (?:(?:that|which|is|are|was|were|date|dates|dating|cited|written) )*{_SINCE}\b"
    rf"|\b(?:1[6-9]|20)\d\ds? {WORK}\b|\b{WORK} (?:that |which )?(?:predat|postdat|com|came|stem)\w*\b"
    r"|\b(?:does|do|did|has|have) (?:the|this) (?:review|paper|article|authors?) cited? from\b",
    re.IGNORECASE,
)
_WORKS = re.compile(rf"\b{WORK}\b", re.IGNORECASE)
_AUTHORED = re.compile(
    r"\b(?:publish(?:ed)?|wr[io]te|written|authored|cited?|(?:first|last|lead|senior) author)\b", re.IGNORECASE
)
# "What did the study by X find?" names a work as the place to look, not as what is asked for.
_TELLS = rf"(?:{SAY}|observe|test|examine|measure|discover|compare|use|study|investigate|treat|propose)"
_TOLD_BY_WORK = re.compile(
    rf"\b(?:in|from|during|within|according to) (?:the|their|an?|that) (?:[\w-]+ ){{0,3}}?{WORK} (?:by|of|from)\b"
    rf"|\b(?:did|does|do)\b(?! (?:the|this|they) (?:review|paper|article|text|authors?|list)\b(?! by\b)).*\b{_TELLS}\b",
    re.IGNORECASE,
)
_WORKS_BY = re.compile(rf"\b{WORK}\s+(?:\w+\s+)?by\b", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """The bibliographic facts that a question states; None and () mean that it states none.

    `explicit`: the question speaks of the bibliography itself. `sought`: it asks for a work, which may
    also be one that the text cites. `taken`: the stretches of the question that state all this.
    """

    explicit: bool = False
    sought: bool = False
    years: Years | None = None
    authors: tuple[Author, ...] = ()
    place: Place = "any"
    containers: tuple[Container, ...] = ()
    kinds: tuple[EntryKind, ...] = ()
    doi: str | None = None
    order: Order | None = None
    count: bool = False
    stranger: str | None = None
    uncounted: bool = False
    taken: tuple[Stretch, ...] = ()

    @property
    def selects(self) -> bool:
        """Whether the facts alone select entries."""
        found = (self.years, self.authors, self.containers, self.kinds, self.doi, self.order, self.count)
        return self.explicit and any(bool(each) for each in found)

    @property
    def narrows(self) -> bool:
        """Whether they exclude any entry."""
        return bool(self.years or self.authors or self.containers or self.kinds or self.doi or self.order)


def find_facts(question: str, entries: Sequence[Reference]) -> Facts:
    """The facts that the question states about entries of the bibliography."""
    frames = _frames(question)
    speaks = bool(frames) or bool(_DOI.search(question))
    sought = speaks or bool(_SOUGHT.search(question))
    published = bool(_PUBLISHED.search(question))
    authors = find_authors(question, entries, speaks or sought)
    years = find_years(question) if speaks or published or authors else None
    ordered = _ordered(question, speaks or published)
    about = speaks or sought or published or bool(authors or ordered)
    containers = find_containers(question, entries) if about else ()
    kinds = find_kinds(question, entries) if speaks else ()
    about_works = speaks or bool(_WORKS_BY.search(question))
    doi = _DOI.search(question)
    stated = [*(a.where for a in authors), *(c.where for c in containers), *(k.where for k in kinds)]
    stated += [years.where] if years else []
    return Facts(
        explicit=speaks
        or bool(published and (years or containers))
        or bool((authors or ordered) and _WORKS.search(question) and not _TOLD_BY_WORK.search(question))
        or bool(authors and _AUTHORED.search(question)),
        sought=sought,
        years=years,
        authors=authors,
        place=find_place(question),
        containers=containers,
        kinds=kinds,
        doi=doi[0].rstrip(".").lower() if doi else None,
        order=ordered[0] if ordered else None,
        count=bool(_COUNT.search(question)),
        uncounted=bool(_TALLIED.search(question)),
        stranger=None if authors or not about_works else unknown_author(question, entries),
        taken=tuple(sorted([*frames, *stated, *([ordered[1]] if ordered else []), *([doi.span()] if doi else [])])),
    )


def _frames(question: str) -> list[Stretch]:
    """Where the question speaks of the bibliography as such."""
    whole = [match.span() for pattern in (_LISTED, _COUNT) for match in pattern.finditer(question)]
    return whole + [span for match in _CITED.finditer(question) for span in _ends(match)]


def _ends(match: re.Match[str]) -> list[Stretch]:
    """The first and the last word of a match. Words between them may be a name or a topic."""
    found = [each.span() for each in re.finditer(r"\S+", match[0])]
    return [(match.start() + start, match.start() + end) for start, end in dict.fromkeys((found[0], found[-1]))]


def _ordered(question: str, about: bool) -> tuple[Order, Stretch] | None:
    """Whether the oldest or newest work is asked for, and where. "What do the latest studies say?" doesn't."""
    for order, anywhere, of_works in _ORDERS:
        match = anywhere.search(question)
        if match and (about or of_works.search(question)):
            return order, match.span()
    return None


def matching(facts: Facts, entries: Sequence[Reference]) -> tuple[Reference, ...]:
    """The entries that match all stated facts but age. If none has all authors, any of them is enough."""
    return _matching(entries)(facts)


@derived
def _matching(entries: Sequence[Reference]) -> Callable[[Facts], tuple[Reference, ...]]:
    """The function from facts to the entries that match, with its last results kept: a question asks repeatedly."""

    @lru_cache(maxsize=16)
    def found(facts: Facts) -> tuple[Reference, ...]:
        stated = [*_stated(facts, entries)]
        likely = [entries[place] for place in sorted(frozenset.intersection(*stated))] if stated else entries
        return _by_authors(facts, likely, all) or _by_authors(facts, likely, any)

    return found


def _stated(facts: Facts, entries: Sequence[Reference]) -> Iterator[frozenset[int]]:
    """For each stated fact the places of the entries that may match; of several authors any counts."""
    shelves = _shelves(entries)
    if facts.years:
        span = (key for key in shelves.years if facts.years.first <= key <= facts.years.last)
        yield frozenset(place for year in span for place in shelves.years[year])
    if facts.authors:
        works = works_by(entries)
        yield frozenset(place for author in facts.authors for place in works.get(author.family, ()))
    if facts.containers:
        titles = {container.title for container in facts.containers}
        yield frozenset(place for title in titles for place in shelves.containers.get(title, ()))
    if facts.kinds:
        yield frozenset(place for kind in facts.kinds for place in of_kind(kind.name, entries))
    if facts.doi:
        yield frozenset(shelves.dois.get(facts.doi, ()))


@dataclass(frozen=True)
class _Shelves:
    """Places of entries by year, container title and DOI."""

    years: dict[int, list[int]] = field(default_factory=dict)
    containers: dict[str, list[int]] = field(default_factory=dict)
    dois: dict[str, list[int]] = field(default_factory=dict)


@derived
def _shelves(entries: Sequence[Reference]) -> _Shelves:
    found = _Shelves()
    for place, entry in enumerate(entries):
        if entry.year is not None:
            found.years.setdefault(entry.year, []).append(place)
        if entry.container_title:
            found.containers.setdefault(entry.container_title, []).append(place)
        if entry.DOI:
            found.dois.setdefault(entry.DOI.lower(), []).append(place)
    return found


def _by_authors(
    facts: Facts, entries: Sequence[Reference], enough: Callable[[Iterable[bool]], bool]
) -> tuple[Reference, ...]:
    """The entries that all, or any, of the authors wrote; every entry if no author is named."""
    if not facts.authors:
        return tuple(entries)
    return tuple(entry for entry in entries if enough(wrote(author, facts.place, entry) for author in facts.authors))


def extreme(order: Order, entries: Sequence[Reference]) -> tuple[Reference, ...]:
    """The entries of the earliest or the latest year."""
    wanted = (min if order == "oldest" else max)((entry.year for entry in entries if entry.year), default=None)
    return tuple(entry for entry in entries if entry.year and entry.year == wanted)
