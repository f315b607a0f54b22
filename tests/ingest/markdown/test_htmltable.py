"""HTML tables."""

from collections.abc import Callable

import pytest

from evqa.model import Document
from ingest.markdown.htmltable import with_plain_tables

Reading = Callable[[str], Document]


def test_cells_that_span_others_leave_them_empty() -> None:
    """A cell over two rows and one over two columns keep the columns straight; the caption comes first."""
    rows = "<tr><td rowspan='2'>NaCl</td><td>white</td></tr><tr><td>old</td></tr><tr><td colspan=2>Others</td></tr>"
    table = f"<table><caption>Table 1. Salts</caption><tr><th>Salt</th><th>Kind</th></tr>{rows}</table>"
    assert with_plain_tables(table).strip("\n") == "Table 1. Salts\n\nSalt\tKind\nNaCl\twhite\n\told\nOthers\t"


def test_markup_in_cells_is_kept_and_entities_read() -> None:
    """Superscripts stay for the markers, breaks are blanks."""
    table = "<TABLE><TR><TD>a<sup>1</sup><br/>b</TD><TD>p &lt; 1</TD></TR></TABLE>"
    assert with_plain_tables(table).strip() == "a<sup>1</sup> b\tp < 1"


def test_a_table_in_a_document_cites(parse: Reading) -> None:
    """Its reference column is bound."""
    table = "<table><tr><th>Salt</th><th>Ref</th></tr><tr><td>NaCl</td><td>2</td></tr></table>"
    entries = "1. Doe A. One. J Salt. 2019;1:1.\n2. Doe A. Two. J Salt. 2019;1:2.\n"
    document = parse(
        f"# On salt\n\n## Uses\n\nIt melts (1).\n\nTable 1. Salts.\n\n{table}\n\n## References\n\n{entries}"
    )
    assert [(c.marker, c.references, c.where) for c in document.citations] == [
        ("(1)", (1,), "text"),
        ("2", (2,), "table"),
    ]


def test_an_open_table_is_left_alone() -> None:
    """Without an end there is no table."""
    assert with_plain_tables("<table><tr><td>x") == "<table><tr><td>x"


@pytest.mark.parametrize("span", ["²", "-1", "", "two", "9" * 5000])
def test_a_span_that_is_no_number(span: str) -> None:
    """A cell whose span isn't a plain number spans one column, and the text is read."""
    table = f'<table><tr><td colspan="{span}">a</td><td>b</td></tr></table>'
    assert with_plain_tables(table).strip() == "a\tb"
