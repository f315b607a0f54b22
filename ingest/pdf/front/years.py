"""Find the years on the first pages, in running heads and fields, and weigh which is that of the publication."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.markup.patterns import RECENT_YEAR
from ingest.pdf.front.opening import Opening
from ingest.structure.headings import is_bibliography

_NEAR = 60
_YEAR = re.compile(rf"(?<![\d/.]){RECENT_YEAR}(?![\d/]|\.\d)")
_BEFORE: Mapping[str, re.Pattern[str]] = {
    "published": re.compile(
        r"(?:published|publication|available online|posted|advance access|first online|online)\b[^.;|]{0,50}$", re.I
    ),
    "copyright": re.compile(r"(?:©|\(c\)|\bcopyright\b|\bauthors?\(s\))[^.;|]{0,40}$", re.I),
    "accepted": re.compile(r"accepted\b[^.;|]{0,30}$", re.I),
    "received": re.compile(r"(?:received|revised|submitted|revision)\b[^.;|]{0,40}$", re.I),
    "cited": re.compile(r"(?:cite|citation)\b.{0,60}$", re.I | re.S),
    "volume before": re.compile(
        r"(?:\bvol(?:ume|\.)?\s?\d{1,3}\b|\b\d{1,3})[^.;|\d]{0,20}\($|\bvol(?:ume|\.)?\s?\d{0,3}[^.;|]{0,30}$", re.I
    ),
    "month": re.compile(
        r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?:\s\d{1,2}\w{0,2},?)?,?\s$", re.I
    ),
    "marker": re.compile(r"(?:et al\.?,?|[A-Z]\w+,?)\s\(?$"),
}  # fmt: skip
_BEHIND: Mapping[str, re.Pattern[str]] = {
    "volume behind": re.compile(r"^\)?[\s;,:]{1,3}(?:vol\.?\s*)?\d{1,4}\s?[:(,;.]", re.I),
    "colon": re.compile(r"^\)?:\d|^;\d"),
    "author": re.compile(r"^\)?\.?\s(?:by\s)?(?:the\s)?authors?\b|^\s[A-Z]"),
}
_DOI = re.compile(rf"\b10\.\d{{4,9}}/\S*?(?<!\d)({RECENT_YEAR})(?!\d)")
_IN_DOI = "in DOI"
_PLACES = (
    "margin", "first page", "title page", "fields", "latest", "printed", "times", "before received", "later", _IN_DOI,
)  # fmt: skip
NAMES = (*_BEFORE, *_BEHIND, *_PLACES)
# What shows that a number is a date, and not one of an address, a product or a study.
_DATING = frozenset({"published", "copyright", "accepted", "received", "month", "volume behind", "colon"})


@dataclass(frozen=True)
class Year:
    """A year and how it is printed: the `NAMES` that hold of one of its places."""

    value: int
    signs: frozenset[str]
    times: int


def years(opening: Opening, end: int) -> list[Year]:
    """Return the years that the first pages print before the bibliography; `end`: where the text opens.

    Years of works that the text cites by name and year are left out: none is better than one of theirs.
    """
    signs: dict[int, set[str]] = defaultdict(set)
    times: dict[int, int] = defaultdict(int)
    for value, found in _found(opening, end):
        signs[value] |= found
        times[value] += 1
    for year in re.findall(RECENT_YEAR, opening.known.metadata.date):
        signs[int(year)].add("fields")
    return [Year(value, frozenset(signs[value]), times[value]) for value in sorted(signs)]


def _found(opening: Opening, end: int) -> Iterator[tuple[int, set[str]]]:
    first = opening.paragraphs[0].page if opening.paragraphs else 0
    for i, paragraph in enumerate(opening.paragraphs):
        if is_bibliography(paragraph.text):
            break
        place = {"printed", *["first page"] * (paragraph.page == first), *["title page"] * (i < end)}
        for value, found in _in(paragraph.text):
            if i < end or not _is_cited(found):
                yield value, found | place
    for text in dict.fromkeys(line.text for line in opening.margins):
        yield from ((value, found | {"margin", "printed"}) for value, found in _in(text))


def _is_cited(signs: set[str]) -> bool:
    """Tell whether a year behind a name tells of a cited work."""
    return "marker" in signs and not signs & _DATING


def _in(text: str) -> Iterator[tuple[int, set[str]]]:
    last = 0
    for found in _YEAR.finditer(text):
        # What stands before another year tells of that one.
        before, behind = text[max(last, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + 20]
        last = found.end()
        signs = {name for name, pattern in _BEFORE.items() if pattern.search(before)}
        yield int(found[0]), signs | {name for name, pattern in _BEHIND.items() if pattern.search(behind)}
    for inside in _DOI.finditer(text):
        yield int(inside[1]), {_IN_DOI}


def year_features(year: Year, others: list[Year]) -> tuple[float, ...]:
    """Weigh a year: a value for each of `NAMES`."""
    dated = [other.value for other in others if other.signs & _DATING and other.signs & {"title page", "margin"}]
    received = [other.value for other in others if "received" in other.signs and "title page" in other.signs]
    measured = {
        "latest": float(year.value == max(dated, default=0)),
        "later": float(year.value > max(dated, default=year.value)),
        "times": min(year.times, 5) / 5,
        "before received": float(bool(received) and year.value < max(received)),
    }
    return tuple(measured.get(name, float(name in year.signs)) for name in NAMES)
