"""Read a page's article as tagged parts, in printed order."""

import re
from collections.abc import Set
from dataclasses import replace

from lxml import etree

from ingest.html.inline import InlineWriter
from ingest.html.references import Citing, only_links
from ingest.jats.xml import Element
from ingest.tagged.parts import Part, PartKind

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    """p div section article main header ul ol li dl dt dd table figure figcaption blockquote pre center hr details
    summary address fieldset aside footer caption tr""".split()
) | set(_HEADINGS)
_FOOT = re.compile(r"(?:^|[\s_-])(?:tw-foot|t?foot(?:note)?s?|table-?(?:wrap-)?foot\w*|tblfn|legend)(?:$|[\s_-])", re.I)
_CAPTION = re.compile(r"(?:^|[\s_-])(?:html-)?(?:table-|fig(?:ure)?-)?caption(?:$|[\s_-])", re.IGNORECASE)
_CHROME = re.compile(
    r"(?:full size (?:image|table)|open in (?:a )?(?:new tab|figure viewer|viewer)|view large(?:r version)?"
    r"|download (?:slide|references|pdf|figure|powerpoint.*|table.*)|powerpoint slide(?: for fig.*)?|view article"
    r"|go to:?|expand|show (?:more|less|all)|enlarge(?: table)?|export citation|view table|reset image view"
    r"|back to top|click here for additional data.*|larger image)\W*",
    re.IGNORECASE,
)
_SPANS = ("colspan", "rowspan")
_MOST_PARTS = 60_000
_DIGITS = re.compile(r"\d{1,4}")
_LONGEST_NUMBER = 5


class PartReader:
    """Turns elements into parts."""

    def __init__(self, root: Element, citing: Citing, *, is_numbered: bool) -> None:
        """`is_numbered`: the markers are numbers, so that a numbered list's entries are known by its numbers."""
        self.parts: list[Part] = []
        self._citing = citing
        self._is_numbered = is_numbered
        self._holding = _holding(root, set(citing.entries))
        self._line = InlineWriter(citing)
        self._counts: dict[Element, dict[Element, int]] = {}

    def read(self, element: Element) -> None:
        """Add the parts in an element."""
        self._inside(element, "paragraph")
        self._flush("paragraph")

    def _inside(self, element: Element, kind: PartKind) -> None:
        self._line.writer.text(element.text)
        for child in element:
            if child.tag in _BLOCKS or child in self._holding or child in self._citing.entries:
                self._flush(kind)
                self._block(child, kind)
                self._line.writer.text(child.tail)
            else:
                self._line.child(child)
        self._flush(kind)

    def _flush(self, kind: PartKind, level: int = 0) -> None:
        """End a line: what has been written is a part."""
        root = self._line.writer.root
        words = " ".join("".join(map(str, root.itertext())).split()) if len(self.parts) < _MOST_PARTS else ""
        if words and not _CHROME.fullmatch(words):
            self.parts.append(Part(kind, root, level))
        self._line = InlineWriter(self._citing)

    def _block(self, element: Element, kind: PartKind) -> None:
        tag = str(element.tag)
        if element in self._citing.entries:
            self._entry(element)
        elif self.parts and self.parts[-1].kind == "entry" and (addresses := only_links(element)):
            before = self.parts[-1]
            self.parts[-1] = replace(before, addresses=(*before.addresses, *addresses))
        elif tag in _HEADINGS:
            self._line.add(element)
            self._flush("heading", _HEADINGS[tag])
        elif tag == "table":
            self._table(element)
        elif tag in ("ul", "ol"):
            self._list(element)
        elif tag == "dl":
            self._definitions(element)
        else:
            self._inside(element, self._kind(element, kind))

    def _kind(self, element: Element, around: PartKind) -> PartKind:
        names = element.get("class") or ""
        if element.tag == "figcaption" or (_CAPTION.search(names) and around == "paragraph"):
            return "caption"
        if _FOOT.search(names) and self.parts and self.parts[-1].kind in ("table", "note"):
            return "note"
        return around

    def _entry(self, element: Element) -> None:
        line = InlineWriter(self._citing, is_entry=True)
        number = self._number_of(element)
        if number:
            line.writer.text(f"{number} ")
        line.add(element)
        names, addresses = self._citing.entries[element], tuple(line.addresses)
        self.parts.append(Part("entry", line.writer.root, ids=names, addresses=addresses))

    def _list(self, element: Element) -> None:
        for child in element:
            if child.tag != "li" or child in self._citing.entries:
                self._block(child, "paragraph")
                continue
            if element.tag == "ol" and _is_lettered(element):
                self._line.writer.text(f"{self._count(child, element)}. ")
            self._inside(child, "item")

    def _number_of(self, entry: Element) -> str:
        """Return the number that a browser prints before an entry and the text of it doesn't hold; "" without."""
        told = next((e.get(n) for e in (entry, *entry) for n in ("data-counter", "data-content") if e.get(n)), None)
        if told and (found := _DIGITS.search(told)):
            return f"{found[0]}."
        before = entry.getprevious() if entry.tag == "dd" else None
        if before is not None and before.tag == "dt":
            return "".join(map(str, before.itertext())).strip()
        holder = entry.getparent()
        if holder is None or holder.tag != "ol" or entry.tag != "li" or not self._is_numbered:
            return ""
        return "" if not _is_lettered(holder) or _prints_number(entry) else f"{self._count(entry, holder)}."

    def _count(self, item: Element, holder: Element) -> int:
        """Return an item's number in its list, which is counted once."""
        if holder not in self._counts:
            self._counts[holder] = _counted(holder)
        return self._counts[holder][item]

    def _definitions(self, element: Element) -> None:
        """Read a list of terms; a term leads its definition in."""
        for child in element:
            if child.tag not in ("dt", "dd"):
                self._block(child, "item")
            elif child in self._citing.entries:
                self._flush("paragraph")
                self._entry(child)
            elif child.tag == "dt" and (after := child.getnext()) is not None and after in self._citing.entries:
                continue
            elif child.tag == "dt":
                self._flush("item")
                self._line.add(child)
                self._line.writer.text(": " if not "".join(map(str, child.itertext())).strip().endswith(":") else " ")
            else:
                self._inside(child, "item")
        self._flush("item")

    def _table(self, table: Element) -> None:
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        is_layout = table.get("role") == "presentation" or table.find(".//table") is not None or len(rows) < 2
        if is_layout or any(entry in self._citing.entries for entry in table.iter()):
            for child in table:
                self._inside(child, "paragraph")
            return
        caption = table.find("caption")
        if caption is not None:
            self._inside(caption, "caption")
        self.parts.append(Part("table", self._rows(rows)))

    def _rows(self, rows: list[Element]) -> Element:
        made = etree.Element("table")
        head, body = etree.SubElement(made, "thead"), etree.SubElement(made, "tbody")
        for row in rows:
            is_head = next(row.iterancestors("thead", "tbody", "tfoot", "table")).tag == "thead"
            line = etree.SubElement(head if is_head else body, "tr")
            for cell in row:
                if cell.tag in ("td", "th"):
                    line.append(self._cell(cell))
        if not len(head):
            made.remove(head)
        return made

    def _cell(self, cell: Element) -> Element:
        line = InlineWriter(self._citing)
        line.add(cell)
        made = line.writer.root
        made.tag = str(cell.tag)
        for name in _SPANS:
            if value := cell.get(name):
                made.set(name, value)
        return made


def _holding(root: Element, entries: Set[Element]) -> set[Element]:
    """Return the elements that hold blocks."""
    found: set[Element] = set()
    for element in root.iter():
        if element.tag in _BLOCKS or element in entries:
            for holder in element.iterancestors():
                if holder in found:
                    break
                found.add(holder)
    return found


def _prints_number(entry: Element) -> bool:
    return bool(re.match(r"\s*[\[(]?\d{1,3}[\]).]", "".join(map(str, entry.itertext()))[:40]))


def _is_lettered(holder: Element) -> bool:
    """Tell whether a numbered list shows its numbers."""
    style = f"{holder.get('style') or ''} {holder.get('class') or ''}".replace(" ", "")
    return "list-style:none" not in style and "list-style-type:none" not in style and holder.get("type") in (None, "1")


def _counted(holder: Element) -> dict[Element, int]:
    """Return the numbers of a list's items as HTML counts them: by `start`, `reversed`, and an item's own `value`."""
    items = [e for e in holder if e.tag == "li"]
    step = -1 if holder.get("reversed") is not None else 1
    count = _told(holder.get("start"), len(items) if step < 0 else 1)
    numbers: dict[Element, int] = {}
    for item in items:
        count = _told(item.get("value"), count)
        numbers[item] = count
        count += step
    return numbers


def _told(number: str | None, default: int) -> int:
    return int(number) if number and number.isdecimal() and len(number) < _LONGEST_NUMBER else default
