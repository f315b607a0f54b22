"""What a Word document's styles and lists say of a paragraph: title, heading level, caption, printed number."""

import re
from collections import defaultdict
from dataclasses import dataclass

from ingest.docx.names import attribute, child, children, is_on, local, number_of, value
from ingest.jats.xml import Element

_HEADING = re.compile(r"heading\s?(\d)", re.IGNORECASE)
_LEVELS = 9
_FARTHEST = 20
_DECIMAL = ("decimal", "decimalZero")


@dataclass(frozen=True)
class Style:
    """A style: `kind` is "title", "heading", "caption", "bibliography" or "". `level`: a heading's, 1 the highest."""

    kind: str = ""
    level: int = 0
    is_bold: bool = False
    list: tuple[str, int] | None = None


_PLAIN = Style()


class Styles:
    """The paragraph styles of a document by id."""

    def __init__(self, root: Element | None) -> None:
        """`root`: of the styles part; None if there is none."""
        self._elements = {attribute(e, "styleId"): e for e in root if local(e) == "style"} if root is not None else {}
        self._styles: dict[str, Style] = {}

    def of(self, paragraph: Element) -> Style:
        """Return what a paragraph's style and its own properties say."""
        properties = child(paragraph, "pPr")
        style = self._named(value(properties, "pStyle") or "")
        outline = number_of(value(properties, "outlineLvl"), _LEVELS)
        if outline < _LEVELS and style.kind in ("", "heading"):
            style = Style("heading", outline + 1, list=style.list)
        own = _list_of(properties)
        return Style(style.kind, style.level, style.is_bold, own) if own else style

    def _named(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self._read(name)
        return self._styles[name]

    def _read(self, name: str) -> Style:
        """Read a style and those that it is based on."""
        found = _PLAIN
        for _ in range(_FARTHEST):
            element = self._elements.get(name)
            if element is None:
                break
            kind, level = _kind(element)
            listed = found.list or _list_of(child(element, "pPr"))
            is_bold = found.is_bold or is_on(child(element, "rPr"), "b")
            found = Style(found.kind or kind, found.level or level, is_bold, listed)
            name = value(element, "basedOn") or ""
        return found


def _kind(style: Element) -> tuple[str, int]:
    name = (value(style, "name") or attribute(style, "styleId")).strip().lower()
    if name == "title":
        return "title", 1
    if heading := _HEADING.match(name):
        return "heading", max(1, int(heading[1]))
    if name == "caption":
        return "caption", 0
    if "bibliography" in name:
        return "bibliography", 0
    outline = number_of(value(style, "pPr", "outlineLvl"), _LEVELS)
    return ("heading", outline + 1) if outline < _LEVELS else ("", 0)


def _list_of(properties: Element | None) -> tuple[str, int] | None:
    number = value(properties, "numPr", "numId")
    if number is None:
        return None
    return number, min(number_of(value(properties, "numPr", "ilvl"), 0), _LEVELS - 1)


class Numbering:
    """Counts the paragraphs of numbered lists, as Word prints their numbers."""

    def __init__(self, root: Element | None) -> None:
        """`root`: of the numbering part; None if there is none."""
        elements = list(root) if root is not None else []
        abstract = {attribute(e, "abstractNumId"): e for e in elements if local(e) == "abstractNum"}
        self._lists: dict[str, Element] = {}
        for element in elements:
            base = value(element, "abstractNumId")
            if local(element) == "num" and base in abstract:
                self._lists[attribute(element, "numId")] = abstract[base]
        self._counts: dict[Element, dict[int, int]] = defaultdict(dict)

    def next(self, place: tuple[str, int]) -> str | None:
        """Return what is printed before the list's next paragraph: "3.", "[3]"; "" for a bullet; None outside lists."""
        found = self._lists.get(place[0])
        if found is None:
            return None
        level = next((e for e in children(found, "lvl") if attribute(e, "ilvl") == str(place[1])), None)
        counts = self._counts[found]
        counts[place[1]] = counts.get(place[1], number_of(value(level, "start"), 1) - 1) + 1
        for deeper in [depth for depth in counts if depth > place[1]]:
            del counts[deeper]
        if value(level, "numFmt") not in _DECIMAL:
            return ""
        printed = value(level, "lvlText") or f"%{place[1] + 1}."
        return re.sub(r"%([1-9])", lambda m: str(counts.get(int(m[1]) - 1, 1)), printed)
