"""Read the tags of a page's text: headings, cells of tables, artifacts. Used in the child process only.

A tagged PDF has a tree of elements whose leaves are numbers of marked content (ISO 32000-2, 14.7 and 14.8). A tag is
"H2" for a heading of that level, "3.7.1" for cell 1 of row 7 of the page's table 3, "A" for an artifact such as a
running head, "" for all else. PDFium maps roles to the standard ones.
"""

import ctypes
import re
from collections.abc import Iterator

from ingest.pdf.file.pdfium import Pdfium

ELEMENTS, DEPTH, KIDS = 20_000, 60, 5_000
ARTIFACT = "A"
_LONGEST = 64
_HEADING = re.compile(r"H(?:[1-6]|eading)?")
_CELLS = ("TD", "TH")


class PageTags:
    """The tags of a page, a handle of PDFium; false if it has none."""

    def __init__(self, library: Pdfium, page: int) -> None:
        self._library = library
        self._tables = self._rows = 0
        self._tags: dict[int, str] = {}
        self._buffer = ctypes.create_string_buffer(2 * _LONGEST)
        tree = library.FPDF_StructTree_GetForPage(page)
        self._is_tagged = bool(tree)
        if tree:
            self._read(tree)
            library.FPDF_StructTree_Close(tree)

    def __bool__(self) -> bool:
        return self._is_tagged

    def tag(self, thing: int) -> str:
        """Return the tag of a text object."""
        number = self._library.FPDFPageObj_GetMarkedContentID(thing)
        if number >= 0:
            return self._tags.get(number, "")
        return ARTIFACT if any(name == "Artifact" for name in self._marks(thing)) else ""

    def _marks(self, thing: int) -> Iterator[str]:
        written = ctypes.c_ulong()
        for i in range(min(max(self._library.FPDFPageObj_CountMarks(thing), 0), _LONGEST)):
            mark = self._library.FPDFPageObj_GetMark(thing, i)
            if mark and self._library.FPDFPageObjMark_GetName(mark, self._buffer, 2 * _LONGEST, written):
                yield self._buffer.raw[: min(written.value, 2 * _LONGEST)].decode("utf-16-le", "replace").rstrip("\0")

    def _read(self, tree: int) -> None:
        """Walk through the elements in their order, each with the tag that its ancestors give it."""
        library = self._library
        count = min(library.FPDF_StructTree_CountChildren(tree), KIDS)
        waiting = [(library.FPDF_StructTree_GetChildAtIndex(tree, i), "", 0) for i in reversed(range(count))]
        left = ELEMENTS
        rows: dict[str, int] = {}
        while waiting and left > 0:
            element, tag, depth = waiting.pop()
            left -= 1
            if not element or depth > DEPTH:
                continue
            tag = self._tag(element, tag, rows)
            kids = min(library.FPDF_StructElement_CountChildren(element), KIDS)
            for i in reversed(range(kids)):
                number = library.FPDF_StructElement_GetChildMarkedContentID(element, i)
                if number >= 0:
                    self._tags[number] = tag
                elif kid := library.FPDF_StructElement_GetChildAtIndex(element, i):
                    waiting.append((kid, tag, depth + 1))

    def _tag(self, element: int, above: str, cells: dict[str, int]) -> str:
        """Return the tag of an element below another's; `cells`: how many cells the rows have so far."""
        role = self._role(element)
        if _HEADING.fullmatch(role) and not above:
            return f"H{role[1:] if role[1:].isdigit() else 1}"
        if role == "Table":
            self._tables += 1
            return f"{self._tables}."
        if role == "TR" and above.endswith("."):
            self._rows += 1
            return f"{above.partition('.')[0]}.{self._rows}."
        if role in _CELLS and above.count(".") == 2 and above.endswith("."):
            cells[above] = cells.get(above, 0) + 1
            return f"{above}{cells[above]}"
        return above

    def _role(self, element: int) -> str:
        size = self._library.FPDF_StructElement_GetType(element, self._buffer, 2 * _LONGEST)
        return self._buffer.raw[: min(size, 2 * _LONGEST)].decode("utf-16-le", "replace").rstrip("\0")
