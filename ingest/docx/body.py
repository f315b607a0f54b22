"""Read the body of a Word document as tagged parts. Tracked changes count as accepted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from evqa.model import Reference
from ingest.docx.fields import NO_CODE, Code, read_code, read_control
from ingest.docx.math import math_text
from ingest.docx.names import attribute, child, children, is_on, local, value
from ingest.docx.styles import Numbering, Style, Styles
from ingest.docx.tables import table_of
from ingest.jats.xml import Element
from ingest.structure.headings import is_bibliography
from ingest.tagged.elements import ElementWriter
from ingest.tagged.parts import Part, PartKind

_ACCEPTED = frozenset({"ins", "moveTo", "smartTag", "customXml", "bdo", "dir", "subDoc"})
_MOST_PARTS = 60_000
# What Word's Symbol font shows for its private characters.
_SYMBOLS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ±³£¥´·°®",
        "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ±≥≤∞×•°→",
        strict=True,
    )
)


@dataclass
class _Field:
    """A field on the way: its code as read so far, then its result."""

    instruction: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    is_result: bool = False
    code: Code = NO_CODE
    is_open: bool = False
    unshown: int = 0


class BodyReader:
    """Reads paragraphs, tables and notes in printed order."""

    def __init__(
        self, styles: Styles, numbering: Numbering, addresses: Mapping[str, str], notes: dict[str, Element]
    ) -> None:
        """`addresses`: of web links by relation. `notes`: by kind and number, "footnote 2"; each is read once."""
        self.parts: list[Part] = []
        self.works: dict[str, Reference] = {}
        self.lost = 0
        self.unshown = 0
        self._styles, self._numbering, self._addresses, self._notes = styles, numbering, addresses, notes
        self._names: dict[str, str] = {}
        self._fields: list[_Field] = []
        self._lists = 0
        self._writer = ElementWriter()
        self._look: tuple[str, ...] = ()
        self._ids: list[str] = []
        self._is_entry = False
        self._is_carried = False
        self._later: list[Element] = []

    def blocks(self, holder: Element) -> None:
        """Read what stands in the body, a note, a text box or a control around paragraphs."""
        for element in holder:
            kind = local(element)
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                self._table(element)
            elif kind == "sdt":
                self._control(element, self.blocks)
            elif kind in _ACCEPTED:
                self.blocks(element)
            elif kind == "bookmarkStart":
                self._ids.append(attribute(element, "name"))

    def _paragraph(self, element: Element) -> None:
        self._begin()
        self._inline(element)
        self._drop_unfinished()
        if child(element, "pPr", "rPr", "del") is not None:
            self._is_carried = True
            return
        self._end(self._styles.of(element))

    def _begin(self) -> None:
        if self._is_carried:
            self._is_carried = False
            self._writer.text(" ")
            return
        self._writer, self._look = ElementWriter(), ()
        for one in self._fields:
            if one.is_open:
                self._cite(one.code)

    def _end(self, style: Style) -> None:
        self._wear(())
        while self._writer.depth:
            self._writer.close()
        is_empty = self._writer.is_empty
        number = self._numbering.next(style.list) if style.list and not is_empty else None
        if not is_empty and len(self.parts) < _MOST_PARTS:
            kind, level = self._kind(style, is_numbered=number is not None)
            root = self._writer.root
            root.text = f"{number} {root.text or ''}" if number else root.text
            self.parts.append(Part(kind, root, level, tuple(self._ids)))
            self._ids = []
        self._is_entry = False
        later, self._later = self._later, []
        for held in later:
            self.blocks(held)

    def _kind(self, style: Style, *, is_numbered: bool) -> tuple[PartKind, int]:
        if style.kind == "title":
            return "heading", 1
        if style.kind == "heading":
            return "heading", style.level + 1
        if self._is_entry or style.kind == "bibliography":
            is_heading = is_bibliography("".join(map(str, self._writer.root.itertext())).strip()[:80])
            return ("heading", 2) if is_heading else ("entry", 0)
        if style.kind == "caption":
            return "caption", 0
        return ("item" if is_numbered else "paragraph"), 0

    def _inline(self, holder: Element) -> None:
        for element in holder:
            kind = local(element)
            if kind == "r":
                self._run(element)
            elif kind == "hyperlink":
                self._hyperlink(element)
            elif kind == "fldSimple":
                self._simple_field(element)
            elif kind == "sdt":
                self._control(element, self._inline)
            elif kind in _ACCEPTED:
                self._inline(element)
            elif kind == "bookmarkStart":
                self._ids.append(attribute(element, "name"))
            elif kind in ("oMath", "oMathPara"):
                self._put(math_text(element), ())

    def _run(self, run: Element) -> None:
        properties = child(run, "rPr")
        is_hidden = is_on(properties, "vanish")
        look = _look(properties)
        for element in run:
            kind = local(element)
            if kind == "fldChar":
                self._field_sign(element)
            elif kind == "instrText":
                if self._fields:
                    self._fields[-1].instruction.append(element.text or "")
            elif kind in ("footnoteReference", "endnoteReference"):
                note = self._notes.pop(f"{kind.removesuffix('Reference')} {attribute(element, 'id')}", None)
                self._later += [note] if note is not None else []
            elif kind in ("drawing", "pict", "AlternateContent", "object"):
                self._later += _text_boxes(element)
            elif not is_hidden:
                self._put(_characters(element), look)

    def _put(self, characters: str, look: tuple[str, ...]) -> None:
        code = next((one for one in self._fields if not one.is_result), None)
        if not characters or code:
            if code:
                code.unshown += len(characters)
            return
        self._wear(look)
        self._writer.text(characters)
        self._is_entry = self._is_entry or (self._lists > 0 and bool(characters.strip()))

    def _wear(self, look: tuple[str, ...]) -> None:
        """Set what follows in some styles; a stretch of one look is one element."""
        if look == self._look:
            return
        for _ in self._look:
            self._writer.close()
        for tag in look:
            self._writer.open(tag)
        self._look = look

    def _hyperlink(self, element: Element) -> None:
        anchor, address = attribute(element, "anchor"), self._addresses.get(attribute(element, "id"), "")
        if (not anchor and not address) or any(one.is_open for one in self._fields):
            self._inline(element)
            return
        self._wear(())
        depth = self._writer.depth
        if anchor:
            self._writer.open("xref", rid=anchor.replace(" ", "_"))
        else:
            self._writer.open("ext-link", href=address)
        self._inline(element)
        self._wear(())
        while self._writer.depth > depth:
            self._writer.close()

    def _simple_field(self, element: Element) -> None:
        self._fields.append(_Field([attribute(element, "instr")], [e.text or "" for e in children(element, "fldData")]))
        self._result()
        self._inline(element)
        self._finish()

    def _field_sign(self, element: Element) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(data=[e.text or "" for e in children(element, "fldData")]))
        elif kind == "separate" and self._fields and not self._fields[-1].is_result:
            self._result()
        elif kind == "end" and self._fields:
            self._finish()

    def _result(self) -> None:
        """Read the innermost field's code; what follows is its result."""
        one = self._fields[-1]
        is_shown = all(outer.is_result and not outer.is_open for outer in self._fields[:-1])
        one.is_result = True
        one.code = read_code("".join(one.instruction), one.data)
        self._lists += one.code.is_list
        self.lost += one.code.is_lost
        if is_shown and (one.code.cited or one.code.bookmark):
            self._wear(())
            self._cite(one.code)
            one.is_open = True

    def _cite(self, code: Code) -> None:
        if code.cited:
            self._writer.cite(" ".join(self._targets(code)))
        else:
            self._writer.open("xref", rid=code.bookmark)

    def _finish(self) -> None:
        one = self._fields.pop()
        self._lists -= one.code.is_list
        if self._fields and not one.is_result:
            # EndNote keeps its records in a field within the code of the field that cites.
            self._fields[-1].data += one.data
        if one.is_open:
            self._wear(())
            if self._writer.depth:
                self._writer.close()

    def _drop_unfinished(self) -> None:
        """Drop the fields whose code hasn't ended with its paragraph; only around EndNote's data it may run on."""
        kept: list[_Field] = []
        has_data = False
        for one in reversed(self._fields):
            has_data = has_data or bool(one.data)
            if one.is_result or has_data:
                kept.insert(0, one)
            else:
                self.unshown += one.unshown
        self._fields = kept

    def close(self) -> None:
        """Count what stands behind codes that end nowhere."""
        self.unshown += sum(one.unshown for one in self._fields if not one.is_result)

    def _control(self, element: Element, read: Callable[[Element], None]) -> None:
        """Read a content control."""
        properties, content = child(element, "sdtPr"), child(element, "sdtContent")
        if content is None:
            return
        code = read_control(value(properties, "tag") or "")
        gallery = value(properties, "docPartObj", "docPartGallery") or value(properties, "bibliography")
        is_list = code.is_list or (gallery or "").lower().startswith("bibliograph")
        is_list = is_list or child(properties, "bibliography") is not None
        self._fields.append(_Field(is_result=True, code=code))
        self._lists += is_list
        self.lost += code.is_lost
        is_inline = read == self._inline
        if code.cited:
            self._fields[-1].is_open = True
            if is_inline:
                self._wear(())
                self._cite(code)
        read(content)
        self._lists -= is_list
        one = self._fields.pop()
        if one.is_open and is_inline:
            self._wear(())
            if self._writer.depth:
                self._writer.close()

    def _targets(self, code: Code) -> Iterator[str]:
        """Yield a name without blanks for each work that a field cites."""
        for cited in code.cited:
            if cited.key not in self._names:
                self._names[cited.key] = self._named(cited.key, cited.work)
            name = self._names[cited.key]
            if cited.work:
                self.works.setdefault(name, cited.work)
            yield name

    def _named(self, key: str, work: Reference | None) -> str:
        if not work:
            return "-".join(key.split())
        words = "-".join(f"{work.first_author or (work.title or '')[:30]} {work.year or ''}".split())
        taken = set(self._names.values())
        return words if words not in taken else f"{words}/{len(taken)}"

    def _table(self, table: Element) -> None:
        rows = list(children(table, "tr"))
        if self._lists:
            for row in rows:
                self._row_as_entry(row)
        elif len(rows) == 1 and len(cells := list(children(rows[0], "tc"))) == 1:
            self.blocks(cells[0])
        else:
            made = table_of(table, self._cell)
            self.parts.append(Part("table", made, ids=tuple(self._ids)))
            self._ids = []

    def _row_as_entry(self, row: Element) -> None:
        self._begin()
        for cell in children(row, "tc"):
            for paragraph in children(cell, "p"):
                self._inline(paragraph)
                self._put(" ", ())
        self._is_entry = True
        self._end(Style())

    def _cell(self, cell: Element) -> Element:
        """Return a cell's content in one element, its paragraphs parted."""
        kept = self._writer, self._look, self._ids, self._is_entry
        self._writer, self._look, self._ids = ElementWriter("td"), (), []
        for paragraph in cell.iter(f"{{{_namespace(cell)}}}p"):
            self._inline(paragraph)
            self._wear(())
            self._writer.open("break")
            self._writer.close()
        while self._writer.depth:
            self._writer.close()
        made = self._writer.root
        self._writer, self._look, self._ids, self._is_entry = kept
        return made


def _namespace(element: Element) -> str:
    return str(element.tag).partition("}")[0].removeprefix("{")


def _look(properties: Element | None) -> tuple[str, ...]:
    """Return the tags of a run's styles."""
    tags = [tag for tag, name in (("bold", "b"), ("italic", "i")) if is_on(properties, name)]
    if value(properties, "vertAlign") == "superscript":
        tags.append("sup")
    return tuple(tags)


def _characters(element: Element) -> str:
    kind = local(element)
    if kind == "t":
        return element.text or ""
    if kind == "sym":
        return _symbol(element)
    if kind == "ruby":
        base = child(element, "rubyBase")
        return "".join(e.text or "" for e in base.iter() if local(e) == "t") if base is not None else ""
    return {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}.get(kind, "")


def _symbol(element: Element) -> str:
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
        return _SYMBOLS.get(chr(code), "") if attribute(element, "font") == "Symbol" else ""
    return chr(code) if 32 <= code < 0x110000 else ""


def _text_boxes(element: Element) -> list[Element]:
    """Return the text boxes in a drawing; of alternatives only the first."""
    found: list[Element] = []
    ahead = [element]
    while ahead:
        one = ahead.pop()
        if local(one) == "txbxContent":
            found.append(one)
        elif local(one) == "AlternateContent":
            ahead += list(one)[:1]
        else:
            ahead += reversed(list(one))
    return found
