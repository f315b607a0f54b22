"""How running text is set."""

from ingest.pdf.file.extract import Run
from ingest.pdf.parts.look import Look, look_of
from tests.ingest.pdf.printed import PROSE, block, run, set_paragraphs


def look(*runs: Run) -> Look:
    """The look of a page."""
    return look_of(set_paragraphs(*runs))


def test_most_text_gives_the_look() -> None:
    """Size and width are those of most characters before the bibliography, whatever the list is set in."""
    body = block(f"{PROSE}. {PROSE}.", y=700)
    entries = block(f"{PROSE}. " * 6, y=500, size=8, width=240)
    assert look(*body, run("References", y=520, bold=True), *entries) == Look(10, 200)
    assert look(*body, *entries) == Look(8, 240)


def test_nothing_has_a_usual_look() -> None:
    """Without a paragraph of three lines the look is one that many journals have."""
    assert look_of([]) == Look(10, 200)


def test_text_fills_its_column() -> None:
    """Body text has the size; running text is also wide and of several lines, which no cell is."""
    usual = Look(10, 200)
    (text,) = set_paragraphs(*block(PROSE))
    (narrow,) = set_paragraphs(*block(PROSE, width=80))
    (small,) = set_paragraphs(*block(PROSE, size=8))
    assert [usual.is_body(p) for p in (text, narrow, small)] == [True, True, False]
    assert [usual.is_text(p) for p in (text, narrow, small)] == [True, False, False]
