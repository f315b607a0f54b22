"""Read the bibliography of a JATS article: entries with numbers and printed text, and what links lead to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from ingest.jats.csl import CITATIONS, csl_of
from ingest.jats.line import TextWriter, line_of
from ingest.jats.xml import Element
from ingest.markers.marking import Entries
from ingest.markup.styled import tidy
from ingest.structure.draft import DraftBlock

_LABEL = re.compile(r"[\[(]?\s*(\d{1,4})\s*[.)\]:]*")
_PARTED = frozenset(
    """surname given-names suffix year month day volume issue fpage lpage source article-title chapter-title pub-id
    elocation-id publisher-name publisher-loc collab string-name person-group etal ext-link uri comment edition
    page-range trans-title conf-name conf-loc conf-date patent series volume-series isbn size annotation
    date-in-citation supplement issue-id volume-id institution role""".split()
)
_BEFORE = {"issue": "(", "fpage": ":", "elocation-id": ":", "page-range": ":", "lpage": "–", "suffix": " "}
_UNPRINTED = frozenset({"pmid", "pmcid", "pmc", "medline", "coi"})
_NAMES = frozenset({"name", "string-name", "collab", "etal"})
_TITLES = frozenset({"article-title", "chapter-title", "source", "data-title", "part-title"})
_GROUPS = frozenset({"person-group", "date", "date-in-citation"})
_SAID = re.compile(r"\b(?:pmid|pubmed|pmcid|pmc|medline)\b\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Bibliography:
    """The entries of all reference lists with their numbers and printed text, and how links reach them."""

    listed: Mapping[Element, tuple[int, str]]
    is_labelled: bool
    entries: Entries

    def block(self, ref: Element) -> DraftBlock | None:
        """Return an entry as a block; None if it is empty or not part of this bibliography."""
        if ref not in self.listed:
            return None
        number, raw = self.listed[ref]
        lead = f"{number}. " if self.is_labelled else ""
        citation = next((c for tag in CITATIONS for c in ref.iter(tag)), ref)
        entry = csl_of(citation, number, raw)
        printed = number if self.is_labelled else 0
        return DraftBlock("reference", lead + raw, number=printed, lead=len(lead), entry=entry)


def bibliography(article: Element) -> Bibliography:
    """Read an article's entries.

    An entry's number is its printed label if all labels are ascending numbers, else its position.
    """
    raws = {r: raw for r in article.iter("ref") if _is_own(r, article) and (raw := _raw(r))}
    known = [n for n in map(_label, raws) if n]
    is_labelled = bool(raws) and len(known) == len(raws) and all(a < b for a, b in pairwise(known))
    numbers = known if is_labelled else range(1, len(raws) + 1)
    listed = {ref: (number, raw) for number, (ref, raw) in zip(numbers, raws.items(), strict=True)}
    return Bibliography(listed, is_labelled, _entries(article, listed))


def _is_own(ref: Element, article: Element) -> bool:
    return next(ref.iterancestors("sub-article", "response", "article"), None) is article


def _entries(article: Element, listed: Mapping[Element, tuple[int, str]]) -> Entries:
    by_id: dict[str, int] = {}
    for ref, (number, _) in listed.items():
        for element in (ref, *ref):
            if name := element.get("id"):
                by_id.setdefault(name, number)
    others = {name for e in article.iter() if (name := e.get("id")) and name not in by_id}
    return Entries(by_id, {number: number for number, _ in listed.values()}, others)


def _label(ref: Element) -> int | None:
    printed = next((line_of(e).text for e in (ref, *ref) for e in e.findall("label")), "")
    found = _LABEL.fullmatch(printed)
    return int(found[1]) if found and int(found[1]) else None


def _raw(ref: Element) -> str:
    """Return an entry's printed text without its label. Of alternative citations the one with punctuation is used."""
    parts = [_citation_text(e) for e in ref if e.tag not in ("label", "x", "citation-alternatives")]
    for alternatives in ref.iter("citation-alternatives"):
        told = [c for tag in ("mixed-citation", *CITATIONS) for c in alternatives.findall(tag)]
        parts += [_citation_text(told[0])] if told else []
    return tidy(" ".join(part for part in parts if part))


def _citation_text(citation: Element) -> str:
    if citation.tag not in CITATIONS:
        return line_of(citation).text
    return _as_printed(citation) if _has_signs(citation) else _composed(citation)


def _has_signs(citation: Element) -> bool:
    """Tell whether an entry's text has punctuation between its elements."""
    around = [citation.text, *(e.tail for e in citation if e.tag != "label" or len(citation) == 1)]
    return any((text or "").strip() for text in around)


def _as_printed(citation: Element) -> str:
    """Return the text as it is, with spaces or commas where elements would touch."""
    writer = TextWriter()
    writer.write(citation.text)
    _write_children(writer, citation)
    return writer.line().text


def _write_children(writer: TextWriter, holder: Element) -> None:
    before: Element | None = None
    for child in holder:
        is_printed = child.get("pub-id-type", "") not in _UNPRINTED or _is_said(writer)
        if child.tag != "label" and is_printed:
            _write_child(writer, before, child)
            before = child
        writer.write(child.tail)


def _is_said(writer: TextWriter) -> bool:
    return bool(_SAID.search(writer.line().text[-20:]))


def _write_child(writer: TextWriter, before: Element | None, child: Element) -> None:
    if before is not None and _lacks_stop(writer, before, child):
        writer.close_up()
        writer.write(". ")
    touches = before is not None and not (before.tail or "")
    if touches and child.tag in _NAMES and before is not None and before.tag in _NAMES:
        writer.write(", ")
    elif touches and child.tag in _PARTED:
        writer.part()
    if child.tag == "etal" and not (child.text or "").strip():
        writer.write("et al")
    elif child.tag in ("name", "string-name", *_GROUPS):
        writer.write(child.text)
        _write_children(writer, child)
        if child.tag == "name":
            writer.close_up()
    elif child.tag == "pub-id" and child.get("pub-id-type") == "doi" and not _says_doi(writer):
        writer.write(f" doi: {line_of(child).text}")
    else:
        writer.add_child(child)


def _lacks_stop(writer: TextWriter, before: Element, child: Element) -> bool:
    """Tell whether only a space separates authors from title, where a style sheet would put a full stop."""
    is_end_of_names = before.tag in _NAMES or before.tag in _GROUPS
    is_apart = bool((before.tail or "").strip())
    return (
        is_end_of_names and child.tag in _TITLES and not is_apart and not writer.line().text.endswith((".", ":", ","))
    )


def _says_doi(writer: TextWriter) -> bool:
    return bool(re.search(r"doi\W*(?:org/)?$", writer.line().text[-24:], re.IGNORECASE))


def _composed(citation: Element) -> str:
    """Write a readable line from elements without punctuation."""
    text = ""
    before = ""
    for leaf in _leaves(citation):
        tag = str(leaf.tag)
        words = _leaf_text(leaf)
        if words:
            text += _between(text, before, tag) + words + (")" if tag == "issue" else "")
            before = tag
    return text + ("" if not text or text.endswith((".", "?", "!")) else ".")


def _leaves(citation: Element) -> list[Element]:
    leaves: list[Element] = []
    for child in citation:
        leaves += list(child) if child.tag in _GROUPS and len(child) else [child]
    return _year_first([e for e in leaves if e.tag != "label" and e.get("pub-id-type", "") not in _UNPRINTED])


def _year_first(leaves: list[Element]) -> list[Element]:
    """Move the year before volume and pages."""
    tags = [str(e.tag) for e in leaves]
    if "year" not in tags or "volume" not in tags or tags.index("year") < tags.index("volume"):
        return leaves
    year = leaves[tags.index("year")]
    rest = [e for e in leaves if e is not year]
    at = tags.index("volume")
    return [*rest[:at], year, *rest[at:]]


def _leaf_text(leaf: Element) -> str:
    if leaf.tag == "etal":
        return "et al"
    if leaf.tag == "name":
        writer = TextWriter()
        _write_child(writer, None, leaf)
        return writer.line().text
    prefix = "doi: " if leaf.tag == "pub-id" and leaf.get("pub-id-type") == "doi" else ""
    text = line_of(leaf).text
    return prefix + text if text else ""


def _between(text: str, before: str, tag: str) -> str:
    if not text:
        return ""
    if tag in _NAMES and before in _NAMES:
        return ", "
    if tag == "volume" and before == "year":
        return ";"
    if tag in _BEFORE and before in ("year", "volume", "issue", "fpage", "source"):
        return _BEFORE[tag] if before != "source" else " "
    return " " if text.endswith((".", "?", "!", ":")) else ". "
