"""Turn Word's tables into JATS tables: merged cells become spans."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from ingest.docx.names import child, local, number_of, value
from ingest.jats.xml import Element

_WIDEST = 200
_MOST_ROWS = 5_000
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "customXml", "moveTo"})


@dataclass(frozen=True)
class _Cell:
    element: Element
    column: int
    width: int
    is_continued: bool


def table_of(table: Element, content: Callable[[Element], Element]) -> Element:
    """Return a JATS `table`. `content`: reads a cell as a `td` element."""
    rows = [row for row in _held(table, "tr") if child(row, "trPr", "del") is None][:_MOST_ROWS]
    grid = [_cells(row) for row in rows]
    made = etree.Element("table")
    body = etree.SubElement(made, "tbody")
    head = etree.Element("thead")
    for at, (row, cells) in enumerate(zip(rows, grid, strict=True)):
        is_head = child(row, "trPr", "tblHeader") is not None and not len(body)
        line = etree.SubElement(head if is_head else body, "tr")
        for cell in cells:
            if not cell.is_continued:
                line.append(_made(cell, _height(cell, grid[at + 1 :]), content))
    if len(head):
        made.insert(0, head)
    return made


def _made(cell: _Cell, height: int, content: Callable[[Element], Element]) -> Element:
    made = content(cell.element)
    if cell.width > 1:
        made.set("colspan", str(cell.width))
    if height > 1:
        made.set("rowspan", str(height))
    return made


def _held(holder: Element, name: str) -> list[Element]:
    """Return the rows of a table or the cells of a row, also within controls and accepted changes."""
    found: list[Element] = []
    for element in holder:
        if local(element) == name:
            found.append(element)
        elif local(element) in _WRAPPERS:
            found += _held(element, name)
    return found


def _cells(row: Element) -> list[_Cell]:
    column = min(number_of(value(row, "trPr", "gridBefore"), 0), _WIDEST)
    cells: list[_Cell] = []
    for element in _held(row, "tc"):
        width = min(max(number_of(value(element, "tcPr", "gridSpan"), 1), 1), _WIDEST)
        merge = child(element, "tcPr", "vMerge")
        is_continued = merge is not None and value(element, "tcPr", "vMerge") != "restart"
        cells.append(_Cell(element, column, width, is_continued))
        column += width
    return cells


def _height(cell: _Cell, below: list[list[_Cell]]) -> int:
    """Count the rows that a cell covers."""
    if child(cell.element, "tcPr", "vMerge") is None:
        return 1
    height = 1
    for row in below:
        under = next((c for c in row if c.column == cell.column), None)
        if under is None or not under.is_continued:
            break
        height += 1
    return height
