"""Read body and back of a JATS article as blocks in reading order."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from evqa.model import BlockKind
from ingest.jats.line import FLOATS, TextWriter, joined, line_of
from ingest.jats.math import FORMULAS
from ingest.jats.refs import Bibliography
from ingest.jats.statements import heading_of, usual_heading, without_heading
from ingest.jats.table import table_block
from ingest.jats.xml import Element
from ingest.markers.marking import Link, LinkedText, marked
from ingest.structure.draft import DraftBlock
from ingest.structure.floats import labelled

# Set apart within a paragraph, which ends before them and goes on behind them.
_SET_APART = frozenset("list def-list disp-quote verse-group preformat code speech statement array table".split())
_CAPTIONED = frozenset("fig table-wrap boxed-text supplementary-material media chem-struct-wrap".split())
_HEADS = frozenset("label title caption object-id".split())
_CLOSED = (".", "?", "!", ":", ";", ",")
_SHORT_DEFINITION = 120


class BlockBuilder:
    """Turns elements into blocks. Figures and tables from the end of the file go where they are first mentioned."""

    def __init__(self, entries: Bibliography, kept: Iterable[Element] = (), kind: BlockKind = "prose") -> None:
        """`kept`: figures and tables of `floats-group`. `kind`: the paragraphs' kind."""
        self.blocks: list[DraftBlock] = []
        self._bibliography = entries
        self._kept = {element.get("id") or f"\0{i}": element for i, element in enumerate(kept)}
        self._kind: BlockKind = kind
        self._tables = 0

    def children(self, element: Element, depth: int = 0) -> None:
        """Add the blocks in an element. `depth`: that of the section around it."""
        for child in element:
            self.element(child, depth)

    def element(self, child: Element, depth: int = 0) -> None:
        """Add the blocks of one element, by its kind."""
        tag = str(child.tag)
        if tag in _HANDLERS:
            _HANDLERS[tag](self, child, depth)
        elif tag in _CAPTIONED:
            self._float(child, depth)
        elif tag in FORMULAS or not _holds_blocks(child):
            self.paragraph(child)
        else:
            self._loose(child.text)
            for inner in child:
                self.element(inner, depth)
                self._loose(inner.tail)

    def rest(self) -> None:
        """Add the figures and tables that no paragraph mentioned."""
        for element in list(self._kept.values()):
            self.element(element)
        self._kept.clear()

    def put(self, kind: BlockKind, line: LinkedText, *, label: str = "", lead: int = 0, is_item: bool = False) -> None:
        """Add a block, its links turned into markers."""
        if line.text:
            text, marks = marked(line, self._bibliography.entries)
            self.blocks.append(DraftBlock(kind, text, label=label, lead=lead, marks=marks, is_item=is_item))

    def front(self, name: str, line: LinkedText) -> None:
        """Add a line of front matter that people ask about. `name`: what it holds."""
        if line.text:
            self.put("front", line)
            self.blocks[-1] = replace(self.blocks[-1], name=name)

    def heading(self, element: Element, depth: int, usual: str = "") -> bool:
        """Add a section's heading, or `usual` if none is printed. Returns whether there is one."""
        title = element.find("title")
        number = _of(element, "label").text.rstrip(" .:)") if title is not None else ""
        words = line_of(title) if title is not None else LinkedText("")
        label = LinkedText(f"{_of(element, 'label').text}") if number else LinkedText("")
        if not words.text:
            words, label, number = LinkedText(usual), LinkedText(""), ""
        if not words.text:
            return False
        self.put("heading", joined([label, words]), label=number, lead=len(label.text) + 1 if number else 0)
        self.blocks[-1] = replace(self.blocks[-1], level=depth, depth=depth)
        return True

    def section(self, element: Element, depth: int, usual: str = "") -> None:
        """Add a section: its heading, then its content."""
        inner = depth + 1 if self.heading(element, depth + 1, usual) else depth
        for child in element:
            if child.tag != "title" and not (child.tag == "label" and element.find("title") is not None):
                self.element(child, inner)

    def paragraph(
        self, element: Element, depth: int = 0, *, lead: LinkedText | None = None, is_item: bool = False
    ) -> None:
        """Add a paragraph. Figures and tables in it follow it, lists divide it."""
        writer = TextWriter()
        if lead:
            writer.put_line(lead)
            writer.part()
        writer.write(element.text)
        for child in element:
            if child.tag in _SET_APART:
                self._finish(writer, depth, is_item=is_item)
                self.element(child, depth)
                writer = TextWriter()
            else:
                writer.add_child(child)
            writer.write(child.tail)
        self._finish(writer, depth, is_item=is_item)

    def _finish(self, writer: TextWriter, depth: int, *, is_item: bool) -> None:
        line = writer.line()
        self.put(self._kind, line, is_item=is_item)
        for element in writer.floats:
            self.element(element, depth)
        for element in self._named(line.links):
            self.element(element, depth)

    def _named(self, links: Iterable[Link]) -> list[Element]:
        """Take the kept figures and tables that links lead to, each once."""
        found = [self._kept.pop(t, None) for link in links for t in link.targets]
        return [element for element in found if element is not None]

    def _loose(self, text: str | None) -> None:
        """Add text that stands beside paragraphs."""
        writer = TextWriter()
        writer.write(text)
        self.put(self._kind, writer.line())

    def list(self, element: Element, depth: int) -> None:
        """Add a list, one block per paragraph of an item, with the item's label in front."""
        if (title := _of(element, "title")).text:
            self.put(self._kind, title)
        for item in element.findall("list-item"):
            lead: LinkedText | None = _of(item, "label")
            for child in item:
                if child.tag == "label":
                    continue
                if child.tag == "p" or not _holds_blocks(child):
                    self.paragraph(child, depth, lead=lead, is_item=True)
                else:
                    self.element(child, depth)
                lead = None

    def definitions(self, element: Element, depth: int) -> None:
        """Add a list of terms, as one block if all are short, as abbreviations are."""
        self._loose_head(element)
        items = [joined([line_of(e) for e in i if e.tag in ("term", "def")], ": ") for i in element.findall("def-item")]
        if items and all(len(item.text) <= _SHORT_DEFINITION for item in items):
            self.put(self._kind, joined(items, "; "))
        else:
            for item in items:
                self.put(self._kind, item, is_item=True)
        for inner in element.findall("def-list"):
            self.definitions(inner, depth)

    def _loose_head(self, element: Element) -> None:
        heads = [line_of(e) for e in element if e.tag in ("label", "title", "term-head", "def-head")]
        self.put(self._kind, joined(heads))

    def footnotes(self, element: Element, depth: int) -> None:
        """Add a group of notes. Those with headings of their own come last, as sections."""
        inner = depth + 1 if self.heading(element, depth + 1, "Footnotes") else depth
        is_named = element.find("title") is not None
        held = [(child, heading_of(child, "" if is_named else usual_heading(child))) for child in element]
        for child, words in sorted(held, key=lambda one: bool(one[1])):
            if words:
                self.statement(child, words, inner)
            elif child.tag != "title" and not (child.tag == "label" and is_named):
                self.element(child, inner)

    def statement(self, note: Element, heading: str, depth: int) -> None:
        """Add a statement as a section under its heading, or as the last section's next paragraph if that is ""."""
        if heading:
            self.put("heading", LinkedText(heading))
            self.blocks[-1] = replace(self.blocks[-1], level=depth + 1, depth=depth + 1)
        rest = without_heading(note)
        if _holds_blocks(rest):
            self.footnote(rest, depth + 1)
        else:
            self.paragraph(rest, depth + 1)

    def footnote(self, element: Element, depth: int) -> None:
        """Add a footnote, with its sign before the first paragraph."""
        lead: LinkedText | None = _of(element, "label")
        for child in element:
            if child.tag == "p":
                self.paragraph(child, depth, lead=lead)
                lead = None
            elif child.tag != "label":
                self.element(child, depth)

    def quote(self, element: Element, depth: int) -> None:
        """Add a quotation; its source ends the last paragraph."""
        source = joined([line_of(e) for e in element if e.tag == "attrib"])
        inner = [e for e in element if e.tag != "attrib"]
        for child in inner:
            if child is inner[-1] and child.tag == "p" and source.text:
                writer = TextWriter()
                writer.add(child)
                self.put(self._kind, joined([writer.line(), source]))
                for floating in writer.floats:
                    self.element(floating, depth)
            else:
                self.element(child, depth)
        if source.text and (not inner or inner[-1].tag != "p"):
            self.put(self._kind, source)

    def references(self, element: Element, depth: int) -> None:
        """Add a list of references: heading, entries, and what stands between them."""
        inner = depth + 1 if self.heading(element, depth + 1, "References") else depth
        for child in element:
            if child.tag == "ref":
                self.blocks += filter(None, [self._bibliography.block(child)])
            elif child.tag not in ("title", "label"):
                self.element(child, inner)

    def _float(self, element: Element, depth: int) -> None:
        """Add a figure, table, box or supplement: caption, content, notes."""
        self._kept = {name: kept for name, kept in self._kept.items() if kept is not element}
        is_table = element.tag == "table-wrap"
        self._tables += is_table
        printed = _of(element, "label")
        label = _normal(printed.text) or (f"Table {self._tables}" if is_table else "")
        caption = _caption(element)
        if label or caption.text:
            lead = len(printed.text) + 1 if printed.text and caption.text else len(printed.text)
            line = joined([printed, caption])
            self.put("caption", line, label=label or _usual_label(element), lead=lead)
        for child in element:
            if child.tag not in _HEADS:
                self._part(child, label, depth)

    def _part(self, child: Element, label: str, depth: int) -> None:
        """Add a part of a figure or table other than its caption."""
        if child.tag == "table-wrap-foot" or (child.tag == "attrib" and label):
            self._notes(child, label)
        elif child.tag in ("table", "alternatives"):
            tables = [child] if child.tag == "table" else child.findall("table")
            blocks = [table_block(table, label, self._bibliography.entries) for table in tables]
            self.blocks += [block for block in blocks if block]
        elif child.tag == "media" and child.find("caption") is None and child.find("label") is None:
            pass
        elif child.tag not in ("graphic", "permissions", "alt-text", "long-desc", "kwd-group"):
            self.element(child, depth)

    def _notes(self, foot: Element, label: str) -> None:
        """Add the notes below a table, one block each."""
        held = [
            e for e in foot.iter("fn", "p") if e.tag == "fn" or next(e.iterancestors("fn", str(foot.tag))).tag != "fn"
        ]
        for element in held or [foot]:
            self.put("note", line_of(element), label=label)


def _holds_blocks(element: Element) -> bool:
    return any(child.tag in _BLOCKS for child in element)


def _of(element: Element, tag: str) -> LinkedText:
    found = element.find(tag)
    return line_of(found) if found is not None else LinkedText("")


def _caption(element: Element) -> LinkedText:
    """Return title and text of a caption. A title gets a full stop if text follows."""
    caption = element.find("caption")
    if caption is None:
        return _of(element, "title")
    parts = [line_of(e) for e in caption] if len(caption) else [line_of(caption)]
    parts = [part for part in parts if part.text]
    if len(parts) > 1 and len(caption) and caption[0].tag == "title" and not parts[0].text.endswith(_CLOSED):
        parts[0] = replace(parts[0], text=parts[0].text + ".")
    return joined(parts)


def _normal(printed: str) -> str:
    """Write a label as questions do: "TABLE 2." is "Table 2", "Fig. 1" is "Figure 1"."""
    found = labelled(printed.strip(" .:|") + ".")
    return found[0] if found else printed.strip(" .:|")


def _usual_label(element: Element) -> str:
    return {"fig": "Figure", "boxed-text": "Box"}.get(str(element.tag), "Supplement")


def _front_of_back(walk: BlockBuilder, element: Element, depth: int) -> None:
    walk.section(
        element,
        depth,
        {"ack": "Acknowledgments", "glossary": "Abbreviations"}.get(str(element.tag), ""),
    )


def _nothing(walk: BlockBuilder, element: Element, depth: int) -> None:
    """Skip an element that holds nothing to read."""


_HANDLERS: dict[str, Callable[[BlockBuilder, Element, int], None]] = {
    "p": BlockBuilder.paragraph,
    "list": BlockBuilder.list,
    "def-list": BlockBuilder.definitions,
    "fn": BlockBuilder.footnote,
    "fn-group": BlockBuilder.footnotes,
    "ref-list": BlockBuilder.references,
    "disp-quote": BlockBuilder.quote,
    **dict.fromkeys(
        ("sec", "ack", "app", "app-group", "glossary", "notes", "bio", "fig-group", "table-wrap-group"),
        _front_of_back,
    ),
    **dict.fromkeys(("graphic", "object-id", "sec-meta", "permissions", "alt-text", "long-desc"), _nothing),
}
_BLOCKS = (
    frozenset(_HANDLERS) | _SET_APART | FLOATS | {"floats-group", "body", "back", "boxed-text", "disp-formula-group"}
)
