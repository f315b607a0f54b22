"""What is set of an article, and its sources for LaTeX, a browser and a word processor."""

import pytest
from lxml import etree

from eval.typesetting.article import Article, read_article
from eval.typesetting.browser import BrowserLayout, html
from eval.typesetting.entries import STYLES, entry_runs
from eval.typesetting.latex import LatexLayout, escape, latex
from eval.typesetting.layouts import LAYOUTS
from eval.typesetting.office import OfficeLayout, document
from tests.eval.invented_jats import TITLES, article, cite, ref

TABLE = (
    "<table-wrap><label>Table 1</label><caption><p>Salts.</p></caption>"
    '<table><thead><tr><th colspan="2">Salt</th></tr></thead>'
    f'<tbody><tr><td rowspan="2">A &amp; B</td><td>5 {cite("r1", "1")}</td></tr>'
    "<tr><td>6</td></tr></tbody></table></table-wrap>"
)
BODY = f"<sec><title>Origins</title><p>Salt {TABLE} glows<sup>{cite('r2', '2')}</sup> in 50% of α cases.</p></sec>"
REFS = "".join(ref(n, title, f"10.1000/salt.{n}") for n, title in enumerate(TITLES, start=1))


@pytest.fixture
def made() -> Article:
    """An article with a section, a table inside a paragraph, and five entries."""
    return read_article(etree.fromstring(article(BODY, REFS).encode()), "vancouver")


def test_blocks_are_read_in_order(made: Article) -> None:
    """A table inside a paragraph follows it; cells that span others leave them empty."""
    assert [block.kind for block in made.body] == ["h", "p", "table"]
    assert ["".join(run.text for run in cell) for row in made.body[2].rows for cell in row] == [
        "Salt",
        "",
        "A & B",
        "5 1",
        "",
        "6",
    ]
    assert [run.place for run in made.body[1].runs if run.place] == [2]


def test_each_style_prints_the_title_and_year_of_an_entry() -> None:
    """Whatever the style, an entry's title, source and year are printed."""
    entry = next(etree.fromstring(article(BODY, REFS).encode()).iter("ref"))
    for style in STYLES:
        printed = "".join(run.text for run in entry_runs(entry, style))
        assert all(part in printed for part in (TITLES[0], "J Salt", "2001", "Oak")), style


def test_links_lead_to_entries_only_if_wanted(made: Article) -> None:
    """Each setter links a marker to its entry, or prints it bare."""
    linked, bare = (
        (
            latex(made, LatexLayout(r"\documentclass{article}"), is_linked),
            html(made, BrowserLayout(""), is_linked),
            document(made, OfficeLayout(), is_linked),
        )
        for is_linked in (True, False)
    )
    for link, source, plain in zip(
        (r"\hyperlink{cite.B2}{2}", 'href="#B2"', 'xlink:href="#B2"'), linked, bare, strict=True
    ):
        assert link in source
        assert link not in plain
        assert TITLES[4] in plain


def test_characters_are_escaped() -> None:
    """Signs of LaTeX's own and Greek letters are printed; what no font has is left out."""
    assert (
        escape("5% of A & α\u2009≥ ~1\U0001f600")
        == r"5\% of A \& \ensuremath{\alpha}\,\ensuremath{\geq} \textasciitilde{}1"
    )


def test_layouts_differ_in_what_readers_go_by() -> None:
    """Among the layouts are all kinds of markers, one column and several, and all three setters."""
    kinds = {layout.markers.kind for layout in LAYOUTS.values()}
    assert kinds == {"[n]", "(n)", "superscript", "author-year"}
    assert {type(layout.setter) for layout in LAYOUTS.values()} == {LatexLayout, BrowserLayout, OfficeLayout}
