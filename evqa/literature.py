"""What a question asks of the bibliography: years, authors, journals, oldest, newest, how many.

Facts are matched against the entries themselves, so a name counts as an author's only when the
bibliography has it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from evqa.authors import Author, Place, find_authors, find_place, unknown_author, wrote
from evqa.containers import Container, find_containers
from evqa.model import Reference
from evqa.works import WORK, Stretch
from evqa.years import Years, find_years

Order = Literal["oldest", "newest"]

_LIST = (
    r"(?:reference list|list of references|references list|bibliograph(?:y|ies)|literature list|works cited"
    r"|references? section|literature cited|cited literature)"
)
_LISTED = re.compile(rf"\b(?:(?:in|from|of|on|within)\s+)?(?:(?:the|its|this|their)\s+)?{_LIST}\b", re.IGNORECASE)
_CITED = re.compile(
    rf"\bcited\s+(?:\w+\s+){{0,2}}?{WORK}\b|\b(?:entry|entries|dois?)\b|\bcited (?:doctoral|phd|master)"
    rf"|\b{WORK}\b[^?.,:;]{{0,40}}?\b(?:is|are|was|were)\s+(?:cited|listed)\b(?!\s+(?:for|as|to|on)\b)"
    rf"|\bdo(?:es)? (?:they|it|the {WORK}|the authors) cite\b",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"\bwhich (?:article|paper|publication|study|trial|report|author|group|team)s?\b|\bwho\b"
    rf"|\b(?:is|are) there (?:an?|any)?\s*(?:\w+\s+){{0,2}}{WORK}\b|\bany {WORK}\b"
    rf"|\b{WORK} (?:on|about|dealing with|concerning)\b",
    re.IGNORECASE,
)
_OLDEST = re.compile(r"\b(?:oldest|earliest|least recent|first[- ]published)\b", re.IGNORECASE)
_NEWEST = re.compile(r"\b(?:newest|latest|most recent(?:ly published)?)\b", re.IGNORECASE)
_COUNT = re.compile(
    rf"\bhow many\s+(?:\w+\s+){{0,3}}?{WORK}\b|\b(?:total )?number of\s+(?:\w+\s+){{0,2}}?{WORK}\b", re.IGNORECASE
)
_DOI = re.compile(r"\b10\.\d{4,9}/\S+?(?=[\s?,;]|[.?]?$)")
_PUBLISHED = re.compile(
    rf"\b(?:published|appeared|appearing|dated|printed|came out)\b|\b{WORK} (?:from|of|in|before|after|since)\b",
    re.IGNORECASE,
)
_WORKS = re.compile(rf"\b{WORK}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """Bibliographic facts that a question states; None and () where it doesn't.

    `explicit`: the question speaks of the bibliography itself. `sought`: it asks for a work, which may
    also be one that the text cites. `taken`: the stretches of the question that state all this.
    """

    explicit: bool = False
    sought: bool = False
    years: Years | None = None
    authors: tuple[Author, ...] = ()
    place: Place = "any"
    containers: tuple[Container, ...] = ()
    doi: str | None = None
    order: Order | None = None
    count: bool = False
    stranger: str | None = None
    taken: tuple[Stretch, ...] = ()

    @property
    def selects(self) -> bool:
        """Whether the facts pick entries by themselves."""
        found = (self.years, self.authors, self.containers, self.doi, self.order, self.count)
        return self.explicit and any(bool(each) for each in found)


def find_facts(question: str, entries: Sequence[Reference]) -> Facts:
    """The facts in a question about the entries of the bibliography."""
    frames = _frames(question)
    speaks = bool(frames) or bool(_DOI.search(question))
    sought = speaks or bool(_SOUGHT.search(question))
    published = bool(_PUBLISHED.search(question) and _WORKS.search(question))
    years = find_years(question) if speaks or published else None
    authors = find_authors(question, entries, speaks or sought)
    containers = find_containers(question, entries) if speaks or sought or published else ()
    ordered = _ordered(question) if speaks or published or _WORKS.search(question) else None
    doi = _DOI.search(question)
    stated = [author.where for author in authors] + [container.where for container in containers]
    stated += [years.where] if years else []
    return Facts(
        explicit=speaks or bool(published and (years or containers)) or bool(authors and _WORKS.search(question)),
        sought=sought,
        years=years,
        authors=authors,
        place=find_place(question),
        containers=containers,
        doi=doi[0].rstrip(".").lower() if doi else None,
        order=ordered[0] if ordered else None,
        count=bool(_COUNT.search(question)),
        stranger=unknown_author(question, entries) if speaks and not authors else None,
        taken=tuple(sorted([*frames, *stated, *([ordered[1]] if ordered else []), *([doi.span()] if doi else [])])),
    )


def _frames(question: str) -> list[Stretch]:
    """Where the question speaks of the bibliography as such."""
    whole = [match.span() for pattern in (_LISTED, _COUNT) for match in pattern.finditer(question)]
    return whole + [span for match in _CITED.finditer(question) for span in _ends(match)]


def _ends(match: re.Match[str]) -> list[Stretch]:
    """First and last word of a match: what stands between may be a name or a topic."""
    found = [each.span() for each in re.finditer(r"\S+", match[0])]
    return [(match.start() + start, match.start() + end) for start, end in dict.fromkeys((found[0], found[-1]))]


def _ordered(question: str) -> tuple[Order, Stretch] | None:
    """Whether the oldest or the newest is asked for, and where."""
    if match := _OLDEST.search(question):
        return "oldest", match.span()
    if match := _NEWEST.search(question):
        return "newest", match.span()
    return None


def matching(facts: Facts, entries: Iterable[Reference]) -> tuple[Reference, ...]:
    """The entries of which all stated facts are true, only the oldest or newest of them where asked."""
    kept = tuple(entry for entry in entries if _fits(facts, entry))
    if facts.order is None:
        return kept
    pick = min if facts.order == "oldest" else max
    wanted = pick((entry.year for entry in kept if entry.year), default=None)
    return tuple(entry for entry in kept if entry.year and entry.year == wanted)


def _fits(facts: Facts, entry: Reference) -> bool:
    """Whether every stated fact is true of the entry."""
    titles = {container.title for container in facts.containers}
    return (
        (facts.years is None or (entry.year is not None and facts.years.first <= entry.year <= facts.years.last))
        and all(wrote(author, facts.place, entry) for author in facts.authors)
        and (not titles or entry.container_title in titles)
        and (facts.doi is None or (entry.DOI or "").lower() == facts.doi)
    )
