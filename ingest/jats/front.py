"""Read the title page of a JATS article: metadata and blocks."""

import re
from collections.abc import Iterator

from evqa.model import Genre, Name
from ingest.document import Metadata
from ingest.jats.body import BlockBuilder
from ingest.jats.csl import name_of
from ingest.jats.front_lines import front_lines
from ingest.jats.line import joined, line_of
from ingest.jats.refs import Bibliography
from ingest.jats.xml import Element, href
from ingest.markers.marking import LinkedText
from ingest.markup.patterns import WORK_YEAR
from ingest.structure.draft import DraftBlock
from ingest.structure.front import printed_license
from ingest.structure.genre import printed_genre

_DATES = ("ppub", "collection", "epub-ppub", "pub", "epub")
_YEAR = re.compile(WORK_YEAR)
_TYPES: dict[str, Genre] = {
    "review-article": "review",
    "systematic-review": "review",
    "meta-analysis": "review",
    "case-report": "case report",
    "research-article": "study",
    "brief-report": "study",
    "rapid-communication": "study",
    "data-paper": "study",
    "protocol": "protocol",
    "clinical-trial": "trial",
}
_NAMED = {
    "graphical": "Graphical abstract",
    "teaser": "Teaser",
    "toc": "In brief",
    "highlights": "Highlights",
    "key-points": "Key points",
    "precis": "Précis",
    "executive-summary": "Executive summary",
    "plain-language-summary": "Plain language summary",
    "author-summary": "Author summary",
}


def metadata_of(article: Element, fallback: str) -> Metadata:
    """Return title (or `fallback`), authors, year, DOI, licence and keywords."""
    meta = article.find("front/article-meta")
    if meta is None:
        meta = article.find("front-stub")
    if meta is None:
        return Metadata(title=fallback)
    return Metadata(
        title=_title(meta).text or fallback,
        author=tuple(_authors(meta)),
        year=_year(meta),
        doi=next((t for e in meta.findall("article-id") if e.get("pub-id-type") == "doi" and (t := _text(e))), None),
        license=_license(meta),
        keywords=tuple(_keywords(meta)),
        genre=_genre(article, meta),
    )


def front_blocks(article: Element, entries: Bibliography) -> list[DraftBlock]:
    """Return title, authors, addresses, abstracts and keywords as blocks."""
    meta = article.find("front/article-meta")
    if meta is None:
        meta = article.find("front-stub")
    if meta is None:
        return []
    walk = BlockBuilder(entries)
    walk.put("title", _title(meta))
    walk.front("Authors", LinkedText(", ".join(_spoken(name) for name in _authors(meta))))
    journal = article.find("front/journal-meta//journal-title")
    for each in front_lines(meta, "" if journal is None else _text(journal)):
        walk.front(each.name, each.line)
    blocks = walk.blocks
    for abstract in sorted(meta.findall("abstract"), key=lambda a: a.get("abstract-type") is not None):
        blocks += _abstract(abstract, entries)
    for abstract in meta.findall("trans-abstract"):
        blocks.append(DraftBlock("front", line_of(abstract).text))
    keywords = LinkedText("; ".join(_keywords(meta)))
    return [*blocks, DraftBlock("keywords", keywords.text)]


def _genre(article: Element, meta: Element) -> Genre | None:
    """What the article is by the subjects that it is filed under, else by its type."""
    subjects = [_text(each) for each in meta.iterfind("article-categories//subject")]
    return printed_genre(subjects) or _TYPES.get(article.get("article-type") or "")


def _text(element: Element) -> str:
    return line_of(element).text


def _title(meta: Element) -> LinkedText:
    group = meta.find("title-group")
    parts = [_unnoted(line_of(e)) for e in group if e.tag in ("article-title", "subtitle")] if group is not None else []
    if len(parts) > 1 and not parts[0].text.endswith((":", "?", "!", ".", "—", "–")):
        return joined(parts, ": ")
    return joined(parts)


def _unnoted(line: LinkedText) -> LinkedText:
    """Drop the signs of notes from a title."""
    notes = [k for k in line.links if not k.is_bibr]
    bounds = [0, *(place for k in notes for place in (k.start, k.end)), len(line.text)]
    kept = "".join(line.text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
    return LinkedText(" ".join(kept.split())) if notes else line


def _authors(meta: Element) -> Iterator[Name]:
    for contributor in meta.iterfind("contrib-group/contrib"):
        if contributor.get("contrib-type", "author") not in ("author", "collab"):
            continue
        for element in contributor:
            if element.tag == "name-alternatives":
                element = next(iter(element), element)  # noqa: PLW2901
            if element.tag in ("name", "string-name", "collab") and (name := _named(element)):
                yield name


def _named(element: Element) -> Name | None:
    """Read a person or group; the members listed within a group are skipped."""
    if element.tag == "collab" and element.find("contrib-group") is not None:
        words = " ".join((element.text or "").split())
        return Name(literal=words) if words else None
    return name_of(element)


def _spoken(name: Name) -> str:
    return name.literal or " ".join(part for part in (name.given, name.family) if part)


def _abstract(abstract: Element, entries: Bibliography) -> list[DraftBlock]:
    walk = BlockBuilder(entries, kind="abstract")
    kind = abstract.get("abstract-type") or ""
    walk.heading(abstract, 1, _NAMED.get(kind, "Abstract"))
    for child in abstract:
        if child.tag != "title":
            walk.element(child, 1)
    return walk.blocks if len(walk.blocks) > 1 else []


def _keywords(meta: Element) -> Iterator[str]:
    for group in meta.iterfind("kwd-group"):
        for keyword in group.iter("kwd", "compound-kwd"):
            if words := _text(keyword).strip(" ;,."):
                yield words


def _year(meta: Element) -> int | None:
    """Return the year of publication, of the issue rather than of the first release."""
    dates = {e.get("pub-type") or e.get("date-type") or "": e for e in reversed(meta.findall("pub-date"))}
    ordered = [dates[kind] for kind in _DATES if kind in dates] + [
        date for kind, date in dates.items() if kind not in _DATES and not kind.startswith("pmc")
    ]
    years = [found for date in ordered if (found := _YEAR.search(date.findtext("year") or ""))]
    fallback = _YEAR.search(meta.findtext("permissions/copyright-year") or "")
    return int(years[0][0]) if years else int(fallback[0]) if fallback else None


def _license(meta: Element) -> str | None:
    """Return the licence, by its address rather than its words."""
    found = [e for tag in ("license", "license_ref") for e in meta.iterfind(f"permissions//{tag}")]
    addresses = " ".join([href(e) for held in found for e in held.iter()] + [_text(e) for e in found])
    return printed_license(addresses) or next((href(e) for e in found if href(e)), None)
