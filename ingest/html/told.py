"""What a page's `meta` elements say of the article: Highwire (`citation_title`), Dublin Core (`DC.title`), PRISM."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from evqa.model import Name
from ingest.jats.xml import Element
from ingest.markup.patterns import WORK_YEAR
from ingest.markup.styled import tidy
from ingest.tagged.parts import Told

_TITLES = ("citation_title", "dc.title", "prism.title")
_AUTHORS = ("citation_author", "dc.creator", "dc.contributor")
_DOIS = ("citation_doi", "prism.doi", "dc.identifier", "bepress_citation_doi")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_year",
    "prism.publicationdate",
    "dc.date",
    "dc.date.issued",
    "citation_online_date",
    "citation_cover_date",
)
_KEYWORDS = ("citation_keywords", "citation_keyword", "dc.subject")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_YEAR = re.compile(WORK_YEAR)
_MOST = 2_000


def told_by(root: Element) -> Told:
    """Return title, authors, year, DOI and keywords of the article."""
    fields: dict[str, list[str]] = defaultdict(list)
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower().replace("dcterms.", "dc.")
        if (content := tidy(meta.get("content") or "")) and len(fields[name]) < _MOST:
            fields[name].append(content)
    doi = next((found[0] for words in _all(fields, _DOIS) if (found := _DOI.search(words))), None)
    year = next((found[0] for words in _all(fields, _DATES) if (found := _YEAR.search(words))), None)
    return Told(
        title=next(_all(fields, _TITLES), ""),
        author=tuple(name for words in _first(fields, _AUTHORS) for name in _names(words)),
        year=int(year) if year else None,
        doi=doi.rstrip(".,;") if doi else None,
        keywords=tuple(
            word.strip() for words in _first(fields, _KEYWORDS) for word in re.split(r"[;,]", words) if word.strip()
        ),
    )


def _all(fields: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (content for name in names for content in fields.get(name, ()))


def _first(fields: dict[str, list[str]], names: Iterable[str]) -> list[str]:
    return next((fields[name] for name in names if fields.get(name)), [])


def _names(words: str) -> list[Name]:
    """Read "Doe, Jane", "Jane Doe" or a list of names parted by semicolons."""
    names: list[Name] = []
    for one in words.split(";"):
        family, comma, given = (part.strip() for part in one.partition(","))
        if comma and family and given:
            names.append(Name(family=family, given=given))
        elif family:
            names.append(_unparted(family))
    return names


def _unparted(words: str) -> Name:
    given, _, family = words.rpartition(" ")
    if not given:
        return Name(literal=words)
    particles: list[str] = []
    while given and given.split()[-1].islower():
        given, _, particle = given.rpartition(" ")
        particles.insert(0, particle)
    return Name(family=" ".join([*particles, family]), given=given or None)
