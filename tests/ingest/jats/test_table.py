"""Tables of JATS."""

from evqa.model import Document, Table
from ingest.passages import passages
from tests.ingest.jatsmade import article, cited, reading, refs, xref


def _document(table: str, around: str = "", count: int = 9) -> Document:
    wrap = f"<table-wrap><label>TABLE 2.</label><caption><title>Lakes</title></caption>{table}{around}</table-wrap>"
    return reading(article(f"<p>Salt.</p>{wrap}", refs(count)))


def _table(table: str) -> Table:
    (found,) = _document(table).tables
    return found


def test_rows_and_columns() -> None:
    """A row is a row, under the label as questions name it, and its text is what stands at its offsets."""
    document = _document(
        "<table><thead><tr><th>Lake</th><th>Salt (%)</th></tr></thead>"
        "<tbody><tr><td>Dead<break/>Sea</td><td>34</td></tr><tr><td>Van</td><td>2</td></tr></tbody></table>"
    )
    (table,) = document.tables
    assert (table.label, table.caption, table.columns) == ("Table 2", "Lakes", ("Lake", "Salt (%)"))
    assert [row.cells for row in table.rows] == [("Dead Sea", "34"), ("Van", "2")]
    assert [document.text[r.start : r.end] for r in table.rows] == ["Dead Sea\t34", "Van\t2"]


def test_heads_of_several_rows() -> None:
    """Heads are merged from the top; one across columns heads each of them, one across rows counts once."""
    table = _table(
        '<table><thead><tr><th rowspan="2">Lake</th><th colspan="2">Salt</th></tr><tr><th>%</th><th>g</th></tr></thead>'
        "<tbody><tr><td>Van</td><td>2</td><td>20</td></tr></tbody></table>"
    )
    assert table.columns == ("Lake", "Salt %", "Salt g")


def test_spans_of_rows() -> None:
    """A cell that spans rows is printed in the first and understood in each; its marker is printed once."""
    document = _document(
        "<table><thead><tr><th>Lake</th><th>Salt</th><th>Ref.</th></tr></thead><tbody>"
        f'<tr><td rowspan="2">Van</td><td>2</td><td rowspan="2">{xref(3)}</td></tr><tr><td>3</td></tr>'
        f"<tr><td>Dead</td><td>34</td><td>{xref(4)}–{xref(6)}</td></tr></tbody></table>"
    )
    (table,) = document.tables
    assert [r.cells for r in table.rows] == [("Van", "2", "3"), ("Van", "3", "3"), ("Dead", "34", "4–6")]
    assert document.text[table.rows[1].start : table.rows[1].end] == "3"
    assert cited(document) == [("3", (3,)), ("4–6", (4, 5, 6))]
    rows = [p for p in passages(document) if p.kind == "table_row"]
    assert [p.references for p in rows] == [(3,), (), (4, 5, 6)]
    assert rows[0].indexed == "Lake: Van; Salt: 2"


def test_group_row() -> None:
    """A cell across the whole table stands once."""
    table = _table(
        '<table><thead><tr><th>Lake</th><th>Salt</th></tr></thead><tbody><tr><td colspan="2">Asia</td></tr>'
        "<tr><td>Van</td><td>2</td></tr></tbody></table>"
    )
    assert [row.cells for row in table.rows] == [("Asia", ""), ("Van", "2")]


def test_table_without_a_marked_head() -> None:
    """Without a marked head the first row heads the table if it has words only; otherwise it is a row."""
    rows = "<tr><td>Van</td><td>2</td></tr><tr><td>Dead</td><td>34</td></tr>"
    assert _table(f"<table><tbody><tr><td>Lake</td><td>Salt</td></tr>{rows}</tbody></table>").columns == (
        "Lake",
        "Salt",
    )
    headless = _table(f"<table><tbody>{rows}</tbody></table>")
    assert (headless.columns, len(headless.rows)) == (("", ""), 2)


def test_notes() -> None:
    """What stands below a table is notes of it, their markers those of a caption."""
    foot = f"<table-wrap-foot><fn><label>a</label><p>By weight ({xref(5)}).</p></fn><p>After Doe.</p></table-wrap-foot>"
    document = _document("<table><tbody><tr><td>Lake</td></tr><tr><td>Van</td></tr></tbody></table>", foot)
    notes = [document.text[b.start : b.end] for b in document.blocks if b.kind == "note"]
    assert notes == ["a By weight (5).", "After Doe."]
    assert [c.where for c in document.citations] == ["caption"]


def test_table_in_a_cell() -> None:
    """A table within a cell is text of the cell."""
    inner = "<table><tr><td>2</td><td>3</td></tr></table>"
    table = _table(f"<table><thead><tr><th>Lake</th></tr></thead><tbody><tr><td>Van {inner}</td></tr></tbody></table>")
    assert [row.cells for row in table.rows] == [("Van 2 3",)]


def test_absurd_spans() -> None:
    """Spans that no table has are bounded."""
    table = _table(
        '<table><thead><tr><th>Lake</th></tr></thead><tbody><tr><td rowspan="99999" colspan="99999">Van</td></tr>'
        '<tr><td rowspan="x" colspan="-1">Dead</td></tr></tbody></table>'
    )
    assert len(table.columns) <= 201
    assert [r.cells[0] for r in table.rows] == ["Van", "Van"]


def test_absurd_width() -> None:
    """Rows of more columns than any table has lose no cell, and spans that pile up stay bounded."""
    row = "".join(f"<td>{n}</td>" for n in range(300))
    document = _document(f"<table><tbody><tr>{row}</tr></tbody></table>", count=0)
    assert document.text.split()[-300:] == [str(n) for n in range(300)]
    piled = "<tr>" + '<td rowspan="2000" colspan="200">Van</td>' * 3 + "</tr>"
    assert len(_table(f"<table><tbody>{piled * 200}</tbody></table>").columns) <= 200
