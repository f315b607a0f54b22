"""What is furniture of a page, and what only has a name like it."""

import pytest

from tests.ingest.html.pages import PROSE, entry, page_of, read_page, text_of

REFERENCES = "<h2>References</h2><ul class='ref-list'>{}</ul>".format(
    "".join(f"<li id='B{n}'>{n}. {entry(n)}</li>" for n in range(1, 6))
)


def linked(n: int, words: str) -> str:
    """A link to an entry."""
    return f'<a href="#B{n}">{words}</a>'


def page_with(part: str) -> str:
    """A page whose article holds a part between text and bibliography."""
    return page_of(text_of(linked) + part + REFERENCES)


@pytest.mark.parametrize(
    "opening",
    [
        "<section id='data-sharing'>",
        "<section id='recommendations'>",
        "<section class='recommendations'>",
        "<div class='social-determinants'>",
        "<div class='performance-metrics'>",
    ],
)
def test_sections_are_kept_whatever_their_name(opening: str) -> None:
    """A heading with a sentence is a section, also where its name has a word for furniture."""
    closing = f"</{opening[1:].partition(' ')[0]}>"
    part = f"{opening}<h2>On pans</h2><p>The pan of iron keeps the heat for hours.</p>{closing}"
    assert "On pans\n\nThe pan of iron keeps the heat for hours." in read_page(page_with(part)).text


def test_what_cites_is_kept() -> None:
    """A box without a heading that links to an entry belongs to the text."""
    part = f"<div class='share'><p>Pans help [{linked(3, '3')}].</p></div>"
    assert (3,) in [c.references for c in read_page(page_with(part)).citations]


def test_words_of_a_line_are_kept() -> None:
    """Marked words within a sentence stay, whatever their class; a heading's link to itself doesn't."""
    part = (
        "<h2>Heat <a class='permalink' href='#h'>link</a></h2>"
        "<p>Of it <span class='share'>40 %</span>, or (<span class='tooltip'>NaCl</span>), melts.</p>"
    )
    text = read_page(page_with(part)).text
    assert "Of it 40 %, or (NaCl), melts." in text
    assert "Heat\n" in text


def test_furniture_is_left_out_and_long_prose_in_it_told() -> None:
    """Menus and recommendations go; the report counts sentences that went with them, and says nothing without any."""
    menu = "<div class='share'><ul><li>Mail this</li></ul><h3>Share</h3><p>Send it</p></div>"
    found = read_page(page_with(f"{menu}<ul id='menu'><li>Home</li></ul>"))
    assert not found.integrity.warnings
    assert "Mail this" not in found.text
    assert "Home" not in found.text
    warned = read_page(page_with(f"<div class='newsletter'><p>{PROSE}</p></div>")).integrity.warnings
    assert [w for w in warned if w.startswith(f"{len(PROSE.split())} words")]
