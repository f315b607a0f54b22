"""Statements of a JATS article on funding, interests, contributions and the like, and their headings."""

import re
from collections.abc import Iterator
from copy import deepcopy

from ingest.jats.line import joined, line_of
from ingest.jats.xml import Element
from ingest.markers.marking import LinkedText
from ingest.structure.headings import is_back

# What a tagged statement is called where the article prints no heading.
_USUAL = {
    "financial-disclosure": "Funding",
    "supported-by": "Funding",
    "COI-statement": "Competing interests",
    "conflict": "Competing interests",
    "con": "Author contributions",
    "data-availability": "Data availability",
    "ethics-statement": "Ethics statement",
}
_STYLED = ("bold", "italic", "underline", "sc")
_LEAD = re.compile(r"\s*(\S.{2,60}?)\s?[.:](?=\s|$)")
_MOST_WORDS = 7


def usual_heading(note: Element) -> str:
    """Return the usual heading of a tagged statement; "" for other notes."""
    return _USUAL.get(note.get("fn-type") or "", "")


def heading_of(note: Element, usual: str) -> str:
    """Return the heading that a note prints before its text ("Funding. We thank …"), else `usual`."""
    return _printed(note) or usual


def without_heading(note: Element) -> Element:
    """Return a note without its sign and the heading that it prints before its text."""
    rest = deepcopy(note)
    for sign in rest.findall("label"):
        rest.remove(sign)
    first = rest.find("p") if _printed(note) else None
    if first is not None and len(first) and first[0].tag in _STYLED and not (first.text or "").strip():
        first.text = (first[0].tail or "").lstrip(" .:\n\t")
        first.remove(first[0])
    elif first is not None and (lead := _LEAD.match(first.text or "")):
        first.text = lead.string[lead.end() :].lstrip()
    return rest


def _printed(note: Element) -> str:
    """Return the heading set before a note's text, in a style of its own or in a tagged statement."""
    first = note.find("p") if note.tag == "fn" else None
    if first is None:
        return ""
    if len(first) and first[0].tag in _STYLED and not (first.text or "").strip():
        words = line_of(first[0]).text.rstrip(" .:")
        has_text = bool((first[0].tail or "").strip(" .:\n\t")) or len(first) > 1
        return words if has_text and _names(words) else ""
    found = _LEAD.match(first.text or "") if usual_heading(note) else None
    return found[1] if found and _names(found[1]) else ""


def _names(words: str) -> bool:
    return is_back(words) and len(words.split()) <= _MOST_WORDS


def awards(meta: Element) -> list[LinkedText]:
    """Return the grants that are tagged, each once, as funder, number and recipient."""
    groups = (joined(_award(group), ", ") for group in meta.iterfind("funding-group/award-group"))
    return [group for group in dict.fromkeys(groups) if group.text]


def _award(group: Element) -> Iterator[LinkedText]:
    for element in group:
        if element.tag == "funding-source":
            named = element.find(".//institution")
            yield line_of(element if named is None else named)
        elif element.tag in ("award-id", "principal-award-recipient"):
            yield line_of(element)
