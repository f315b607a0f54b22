"""Web pages in: what is taken for the article, what is refused."""

from pathlib import Path

import pytest

from evqa.errors import InputError
from ingest.html.page import DEEPEST, MOST_TAGS
from ingest.reader import read
from tests.ingest.html.pages import PROSE, entry, page_of, read_page, text_of

META = (
    "<meta name='citation_title' content='A review of salt'><meta name='citation_author' content='Doe, Anna'>"
    "<meta name='citation_author' content='Bert van Roe'><meta name='citation_publication_date' content='2021/03/04'>"
    "<meta name='citation_doi' content='10.1000/salt'><meta name='citation_keywords' content='salt; pans'>"
)


def linked(n: int, words: str) -> str:
    """A link to an entry."""
    return f'<a href="#B{n}">{words}</a>'


REFERENCES = "<h2>References</h2><ul class='ref-list'>{}</ul>".format(
    "".join(f"<li id='B{n}'>{n}. {entry(n)}</li>" for n in range(1, 6))
)


def test_meta_elements_give_the_front_matter() -> None:
    """Title, authors, year, DOI and keywords are those of the page's own fields."""
    found = read_page(page_of(text_of(linked) + REFERENCES, META))
    assert (found.title, found.year, found.DOI, found.keywords) == (
        "A review of salt",
        2021,
        "10.1000/salt",
        ("salt", "pans"),
    )
    assert [(n.family, n.given) for n in found.author] == [("Doe", "Anna"), ("van Roe", "Bert")]


def test_sections_tables_and_notes_are_read() -> None:
    """Headings nest; spanning cells are filled; caption and notes belong to their table; markers in cells are bound."""
    table = (
        "<section class='tw'><h4>Table 1.</h4><div class='caption'><p>Salt by kind.</p></div>"
        "<table><thead><tr><th>Kind</th><th>Heat</th><th>Source</th></tr></thead>"
        "<tbody><tr><td rowspan='2'>Sea</td><td>800 °C</td>"
        f"<td>[{linked(3, '3')}]</td></tr><tr><td>801 °C</td><td>[{linked(4, '4')}]</td></tr></tbody></table>"
        "<div class='tw-foot'><p>By a <i>pan</i>.</p></div></section>"
    )
    found = read_page(page_of(text_of(linked) + f"<h3>By kind</h3>{table}" + REFERENCES))
    assert [(s.title, s.level) for s in found.sections] == [
        ("Abstract", 1),
        ("Introduction", 1),
        ("Kitchens", 1),
        ("By kind", 2),
        ("References", 1),
    ]
    (read_table,) = found.tables
    assert (read_table.label, read_table.caption, read_table.columns) == (
        "Table 1",
        "Salt by kind.",
        ("Kind", "Heat", "Source"),
    )
    assert [row.cells for row in read_table.rows] == [("Sea", "800 °C", "[3]"), ("Sea", "801 °C", "[4]")]
    assert [c.references for c in found.citations if c.where == "table"] == [(3,), (4,)]
    assert [found.text[b.start : b.end] for b in found.blocks if b.kind == "note"] == ["By a pan."]


def test_formulas_are_characters() -> None:
    """MathML, TeX of MathJax, and pictures of formulas by their words, each once."""
    formulas = (
        "<p>Heat is <math><msup><mi>T</mi><mn>2</mn></msup></math>, "
        "or <span class='MathJax'>x</span><script type='math/tex'>\\alpha</script>, "
        "or <span class='katex'><span class='katex-mathml'><math><mi>k</mi></math></span>"
        "<span class='katex-html' aria-hidden='true'>k</span></span>, or <img class='mathimg' alt='n = 3'>.</p>"
    )
    text = read_page(page_of(text_of(linked) + formulas + REFERENCES)).text
    assert "Heat is T², or α, or k, or n = 3." in text


def test_nested_definitions_are_read_once() -> None:
    """A list of terms within a definition isn't read again with the list around it."""
    lists = "<dl><dt>Pan</dt><dd>a thing of iron<dl><dt>Lid</dt><dd>its cover</dd></dl></dd></dl>"
    text = read_page(page_of(text_of(linked) + lists + REFERENCES)).text
    assert "Pan: a thing of iron\n\nLid: its cover" in text
    assert text.count("its cover") == 1


def test_text_that_follows_the_abstract_without_a_heading_is_no_abstract() -> None:
    """The abstract ends before the first paragraph that cites."""
    body = text_of(linked).replace("<h2>Introduction</h2>", "")
    found = read_page(page_of(body + REFERENCES, META))
    assert [b.kind for b in found.blocks if b.kind in ("abstract", "prose")] == ["abstract", "prose", "prose"]
    assert len(found.citations) == 3


def test_hidden_parts_are_left_out() -> None:
    """Scripts, menus, hidden elements and words for screen readers aren't part of the text."""
    hidden = (
        "<script>var code;</script><p hidden>Unseen one</p><div style='display: none'>Unseen two</div>"
        "<p>Seen<span class='sr-only'> unseen three</span>.</p><aside>Unseen four</aside><form>Unseen five</form>"
    )
    text = read_page(page_of(text_of(linked) + hidden + REFERENCES)).text
    assert "Seen." in text
    assert "nseen" not in text.replace("Seen", "")
    assert "code" not in text


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (page_of("<p>Please enable JavaScript to view this page.</p>"), "asks for JavaScript or checks for robots"),
        (page_of(f"<h2>Abstract</h2><p>{PROSE}</p><p>Log in via your institution</p>"), "asks to log in or to pay"),
        (page_of(f"<h2>Abstract</h2><p>{PROSE * 9}</p>" + REFERENCES), "no article: 0 words of running text"),
        ("<div>" * (DEEPEST + 5) + "Salt", f"nested deeper than {DEEPEST}"),
        ("<p>" * (MOST_TAGS + 1), "more than 800,000 tags"),
        (b"PK\x03\x04salt", "binary data"),
        ("From: <Saved by Blink>\nMIME-Version: 1.0\n", "web archive"),
        (b" \n", "no"),
    ],
)
def test_pages_without_an_article_are_refused(page: str | bytes, words: str) -> None:
    """A login, a check for robots, an abstract alone and what is no page are refused in one line."""
    with pytest.raises(InputError, match=words) as error:
        read_page(page)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings(encoding: str) -> None:
    """Declared or not, the page's characters are read."""
    page = page_of(text_of(linked).replace("Cooks", "Köche") + REFERENCES)
    declared = page.replace("charset='utf-8'", f"charset='{encoding}'") if encoding.startswith("win") else page
    assert "Köche" in read_page(declared.encode(encoding)).text


def test_a_page_called_xml_is_read(tmp_path: Path) -> None:
    """XHTML that is saved with the suffix .xml is read as a web page."""
    path = tmp_path / "salt.xml"
    page = page_of(text_of(linked) + REFERENCES).removeprefix("<!DOCTYPE html>")
    path.write_text(f'<?xml version="1.0"?>\n<!DOCTYPE html>\n{page}')
    assert [c.references for c in read(path).citations] == [(1,), (2, 5), (2, 3, 4)]


def test_a_paragraph_that_cites_below_the_title_is_text() -> None:
    """Without a line of authors, the first paragraph that cites is no front matter, and its markers are listed."""
    first = f"<p>{PROSE}It melts at once.{linked(1, '1')}</p><h2>Kitchens</h2><p>{PROSE * 4}[{linked(2, '2')}].</p>"
    found = read_page(page_of(first + REFERENCES))
    assert [c.references for c in found.citations][-2:] == [(1,), (2,)]


def test_a_year_in_running_text_is_not_the_articles() -> None:
    """The year of a work named in the first paragraph isn't taken; one in a line on the article is."""
    text = f"<p>Salt melts at great heat in every pan, as Smith and Jones (2019) say.</p>{text_of(linked)}"
    assert read_page(page_of(text + REFERENCES)).year is None
    assert read_page(page_of("<p>Published 3 March 2021</p>" + text + REFERENCES)).year == 2021
