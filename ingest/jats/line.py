"""Read mixed content of JATS as a line of canonical text with its links."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from ingest.jats.math import FORMULAS, formula_text
from ingest.jats.xml import Element
from ingest.markers.marking import Link, LinkedText
from ingest.markup.styled import tidy
from ingest.markup.superscript import DIGITS, is_attached, raised

# Stand inside a paragraph and interrupt it: they follow it, the paragraph goes on around them.
FLOATS = frozenset(
    """fig fig-group table-wrap table-wrap-group boxed-text supplementary-material media fn fn-group chem-struct-wrap
    floats-group""".split()
)
_SILENT = frozenset(
    """graphic inline-graphic object-id alt-text long-desc processing-meta contrib-id institution-id index-term
    milestone-start milestone-end""".split()
)
_APART = frozenset(
    """p list list-item def-list def-item def term title disp-quote attrib break sec caption label td th tr table tbody
    thead verse-line verse-group speech speaker preformat statement hr""".split()
)


class TextWriter:
    """Writes a line. Figures, tables and notes in it are set aside in `floats`."""

    def __init__(self) -> None:
        self.floats: list[Element] = []
        self._parts: list[str] = []
        self._length = 0
        self._is_apart = False
        self._links: list[Link] = []

    def line(self) -> LinkedText:
        """Return what has been written."""
        return LinkedText("".join(self._parts), tuple(sorted(self._links, key=lambda k: (k.start, k.end))))

    def add(self, element: Element) -> None:
        """Write an element's content."""
        self.write(element.text)
        for child in element:
            self.add_child(child)
            self.write(child.tail)

    def add_child(self, child: Element) -> None:
        """Write an element within a line, by its kind."""
        tag = str(child.tag)
        if tag in FLOATS:
            self.floats.append(child)
        elif tag in _HANDLERS:
            _HANDLERS[tag](self, child)
        elif tag in _APART:
            self.part()
            self.add(child)
            self.part()
        elif tag not in _SILENT and child.get("content-type") != "fundref-id":
            self.add(child)

    def write(self, text: str | None) -> None:
        """Write characters; each run of white space becomes one space."""
        if not text:
            return
        words = tidy(text)
        self._is_apart = self._is_apart or text[0].isspace()
        if words:
            self._put(words)
            self._is_apart = text[-1].isspace()

    def part(self) -> None:
        """Put a space before what comes next."""
        self._is_apart = True

    def put_line(self, line: LinkedText, *, is_attached: bool = False) -> None:
        """Write a line with its links."""
        if not line.text:
            return
        self._is_apart = self._is_apart and not is_attached
        self._put(line.text)
        start = self._length - len(line.text)
        self._links += [replace(k, start=k.start + start, end=k.end + start) for k in line.links]

    def put_empty(self, link: Link) -> None:
        """Write a link without printed text."""
        self._links.append(replace(link, start=self._length, end=self._length))

    def close_up(self) -> None:
        """Put no space before what comes next, unless it begins with one."""
        self._is_apart = False

    def _put(self, words: str) -> None:
        if self._is_apart and self._length:
            self._append(" ")
        self._is_apart = False
        last = self._parts[-1][-1:] if self._parts else ""
        if last and not words[0].isascii() and not unicodedata.is_normalized("NFC", last + words[0]):
            composed = unicodedata.normalize("NFC", self._parts[-1] + words)
            self._length -= len(self._parts.pop())
            words = composed
        self._append(words)

    def _append(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)


def _superscript(writer: TextWriter, element: Element) -> None:
    inner = TextWriter()
    inner.add(element)
    writer.floats += inner.floats
    line = inner.line()
    tail = element.tail or ""
    writer.put_line(_raised(line), is_attached=bool(line.text) and is_attached(line.text) and not tail[:1].isalpha())


def _raised(line: LinkedText) -> LinkedText:
    """Write a line as a superscript: digits raised, needless spaces dropped."""
    text = raised(line.text)
    if text == line.text:
        return line
    places: list[int] = []
    at = 0
    for character in line.text:
        places.append(at)
        at += not character.isspace() or text[at : at + 1].isspace()
    places.append(at)
    return LinkedText(text, tuple(replace(k, start=places[k.start], end=places[k.end]) for k in line.links))


def _link(writer: TextWriter, element: Element) -> None:
    inner = TextWriter()
    inner.add(element)
    line = inner.line()
    is_raised = line.text[:1] in tuple(DIGITS)
    targets = tuple((element.get("rid") or "").split())
    own = Link(0, len(line.text), targets, element.get("ref-type") == "bibr")
    writer.floats += inner.floats
    writer.write(" " if (element.text or "")[:1].isspace() else "")
    if line.text:
        writer.put_line(LinkedText(line.text, (own,)), is_attached=is_raised)
    else:
        writer.put_empty(own)


def _formula(writer: TextWriter, element: Element) -> None:
    if element.tag == "disp-formula":
        writer.part()
    writer.write(formula_text(element))
    if element.tag == "disp-formula":
        writer.part()


def _name(writer: TextWriter, element: Element) -> None:
    """Write a person's name in running text, its parts separated by spaces."""
    for child in element:
        writer.add(child)
        writer.part()
        writer.write(child.tail)
    writer.close_up()


def _address(writer: TextWriter, element: Element) -> None:
    """Write an address apart from the words around it, which some files run together with it."""
    before = writer.line().text[-1:]
    if before.isalpha() or before.isdecimal():
        writer.part()
    writer.add(element)
    following = element.getnext()
    beside = element.tail or (line_of(following).text if following is not None else "")
    if beside[:1].isalnum():
        writer.part()


_HANDLERS: dict[str, Callable[[TextWriter, Element], None]] = {
    "sup": _superscript,
    "xref": _link,
    "name": _name,
    **dict.fromkeys(("email", "institution", "country", "addr-line"), _address),
    **dict.fromkeys(FORMULAS, _formula),
}


def line_of(element: Element) -> LinkedText:
    """Return an element's text, without figures, tables and notes in it."""
    writer = TextWriter()
    writer.add(element)
    return writer.line()


def joined(lines: Iterable[LinkedText], between: str = " ") -> LinkedText:
    """Join lines; empty ones are left out."""
    parts: list[str] = []
    links: list[Link] = []
    at = 0
    for line in lines:
        if not line.text:
            continue
        if parts:
            parts.append(between)
            at += len(between)
        links += [replace(k, start=k.start + at, end=k.end + at) for k in line.links]
        parts.append(line.text)
        at += len(line.text)
    return LinkedText("".join(parts), tuple(links))
