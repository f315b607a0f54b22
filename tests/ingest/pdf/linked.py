"""Small PDFs with links, destinations, outlines and fields, written byte by byte."""

from collections.abc import Mapping, Sequence

from tests.ingest.pdf.written import BOX, HELVETICA, file_of, shown, stream

FONT, CATALOG, PAGES, FIRST = 3, 1, 2, 20
# Objects from 4 to 19 are free for what a catalogue names.


def linked_file(
    contents: Sequence[bytes],
    links: Mapping[int, bytes] | None = None,
    catalog: bytes = b"",
    more: Mapping[int, bytes] | None = None,
    info: bytes = b"",
) -> bytes:
    """A PDF with a page for each content; `links`: the annotations of pages, from 1; `catalog`: its other keys."""
    objects: dict[int, bytes] = {CATALOG: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, FONT: HELVETICA}
    places = [FIRST + 2 * i for i in range(len(contents))]
    kids = b" ".join(b"%d 0 R" % place for place in places)
    objects[PAGES] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents))
    objects |= dict(more or {})
    for i, (place, content) in enumerate(zip(places, contents, strict=True)):
        notes = b"/Annots[%s]" % links[i + 1] if links and i + 1 in links else b""
        keys = b"/Type/Page/Parent 2 0 R/Resources<</Font<</F3 3 0 R>>>>/Contents %d 0 R" % (place + 1)
        objects[place], objects[place + 1] = b"<<%s%s%s>>" % (keys, BOX, notes), stream(content)
    return file_of(objects, b"/Root 1 0 R" + (b"/Info<<%s>>" % info if info else b""))


def link(x0: float, y0: float, x1: float, y1: float, to: bytes) -> bytes:
    """An annotation; `to`: its keys, such as b"/Dest(cite.1)"."""
    return b"<</Type/Annot/Subtype/Link/Rect[%g %g %g %g]%s>>" % (x0, y0, x1, y1, to)


def at(page: int, x: float, y: float) -> bytes:
    """An explicit destination on a page, from 1."""
    return b"[%d 0 R/XYZ %g %g null]" % (FIRST + 2 * (page - 1), x, y)


def named(**places: bytes) -> bytes:
    """The keys of a catalogue with named destinations, in one leaf of a names tree."""
    pairs = b" ".join(b"(%s)%s" % (name.encode(), places[name]) for name in sorted(places))
    return b"/Names<</Dests<</Kids[<</Names[%s]>>]>>>>" % pairs


class Column:
    """Lines of one column at 10 points, with the places of words: Helvetica's widths are PDFium's affair."""

    def __init__(self, x: float = 50, y: float = 740, pitch: float = 14) -> None:
        self._x, self._y, self._pitch = x, y, pitch
        self._parts: list[bytes] = []

    @property
    def content(self) -> bytes:
        """What prints the lines."""
        return b"".join(self._parts)

    def add(self, text: str, x: float | None = None, look: bytes = b"/F3 10") -> float:
        """Print a line and return its baseline."""
        y = self._y
        self._parts.append(shown(text.encode("latin-1"), self._x if x is None else x, y, look))
        self._y -= self._pitch
        return y

    def skip(self, lines: float = 1) -> None:
        """Leave space."""
        self._y -= lines * self._pitch
