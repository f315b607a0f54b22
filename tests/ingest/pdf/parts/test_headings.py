"""Which paragraphs are headings."""

import pytest

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.headings import bibliography_heading, headings, is_heading, is_known, style
from ingest.pdf.parts.look import Look
from tests.ingest.pdf.printed import PROSE, block, down, run, set_paragraphs

LOOK = Look(10, 200)


def one(text: str, size: float = 10, *, bold: bool = False) -> Paragraph:
    """A line by itself."""
    (made,) = set_paragraphs(run(text, size=size, bold=bold))
    return made


def found(*pages: list[Run], start: int = 0) -> list[str]:
    """The headings of pages."""
    made = [p for n, runs in enumerate(pages, start=1) for p in set_paragraphs(*runs, number=n)]
    return [made[i].text for i in sorted(headings(made, LOOK, start, set()))]


@pytest.mark.parametrize("words", ["References", "Methods", "1. Introduction", "Acknowledgments", "REFERENCES"])
def test_known_words_need_no_look(words: str) -> None:
    """The names of usual parts are headings in the running text's own type."""
    assert is_known(words)
    assert is_heading(one(words), LOOK)


@pytest.mark.parametrize("words", ["Funding: The harbour board paid for all of it", "Results", "Funding."])
def test_known_words_with_a_stop_need_a_look(words: str) -> None:
    """A usual name with a full stop runs into text unless it is set off."""
    assert not is_heading(one(f"{words}."), LOOK)
    assert is_heading(one("Results.", bold=True), LOOK)


def test_other_words_need_a_look() -> None:
    """Words that name no usual part are headings if they are bold, larger, or numbered on two levels."""
    words = "Ewes in the valley"
    assert not is_heading(one(words), LOOK)
    assert not is_heading(one("2 Ewes in the valley"), LOOK)
    assert is_heading(one(words, bold=True), LOOK)
    assert is_heading(one(words, 12), LOOK)
    assert is_heading(one("2.1 Ewes in the valley"), LOOK)
    assert not is_heading(one(words, 8, bold=True), LOOK)


@pytest.mark.parametrize(
    "words",
    ["ewes and rams", "Ewes, rams,", "12", "Figure 2 Ewes", "• Ewes", "Ewes came first (3).", "Ewes and [2, 4]"],
)
def test_bold_words_that_are_no_headings(words: str) -> None:
    """Fragments, labels of figures, numbers and the ends of sentences are no headings even in bold."""
    assert not is_heading(one(words, bold=True), LOOK)


def test_long_text_is_no_heading() -> None:
    """A bold paragraph of many words or with a full stop behind many is text."""
    assert not is_heading(one(f"{PROSE} {PROSE}", bold=True), LOOK)
    assert not is_heading(one("Ewes were counted each May by the men of the harbour and their sons.", bold=True), LOOK)


def test_names_before_the_first_known_heading_are_none() -> None:
    """Bold names between the title and the abstract aren't headings."""
    first = [run("Wool and weather at sea", y=760, size=16), run("Ann Fenwick", y=730, bold=True)]
    rest = [run("Abstract", y=700, bold=True), *block(PROSE, y=680), run("Sheep Counts", y=600, bold=True)]
    assert found([*first, *rest, *block(PROSE, y=580)], start=1) == ["Abstract", "Sheep Counts"]


def test_headings_of_a_usual_style_open_the_text() -> None:
    """Where no heading is known by its words, one above running text opens it if its style comes three times."""
    first = [run("Wool and weather at sea", y=790, size=16), run("Ann Fenwick", y=770, bold=True)]
    named = [(name, 740 - 90 * i) for i, name in enumerate(("Ewes in May", "Rams in June", "Lambs in July"))]
    rest = [r for name, y in named for r in (run(name, y=y, bold=True), *block(PROSE, y=y - 20))]
    assert found([*first, *rest], start=1) == [name for name, _ in named]


def test_an_abstract_with_its_name_in_bold_opens_the_text() -> None:
    """Headings behind a paragraph that begins with "Abstract" in bold stand in the text."""
    first = [run("Wool and weather at sea", y=790, size=16), run("Ann Fenwick", y=770, bold=True)]
    lead = [run("Abstract", y=740, bold=True), run("Small boats carry", 95, 740), *block(PROSE, y=728)]
    assert found([*first, *lead, run("Ewes in May", y=660, bold=True), *block(PROSE, y=640)], start=1) == [
        "Ewes in May"
    ]


def test_a_logo_is_no_heading() -> None:
    """Large words under which nothing stands on their page are a logo or stand in a figure."""
    after = block(PROSE)
    assert found([run("Introduction", bold=True), *after, run("WOOL PRESS", y=560, size=14)], after) == ["Introduction"]
    assert found([run("Introduction", bold=True), *after, run("Sheep Counts", y=60, bold=True)], after) == [
        "Introduction",
        "Sheep Counts",
    ]


def test_two_sizes_are_two_headings() -> None:
    """A heading right under one of another size is a heading of its own, on the level of its size."""
    stacked = [run("Results", y=700, size=14, bold=True), run("Sheep Counts", y=682, size=11, bold=True)]
    assert found([*stacked, *block(PROSE, y=660)]) == ["Results", "Sheep Counts"]
    large, small = set_paragraphs(*stacked)
    assert style(large) < style(small)


def test_the_bibliography_has_the_dates() -> None:
    """Of several headings that could be the bibliography's it is the one with most years below it."""
    entries = down([f"{n}. Fenwick A. Wool. Annals 199{n}" for n in range(1, 5)], y=600)
    made = set_paragraphs(run("References", y=700, bold=True), *block(PROSE, y=680), run("References", y=618), *entries)
    assert bibliography_heading(made, LOOK) == 2
    assert bibliography_heading(set_paragraphs(*block(PROSE)), LOOK) is None


def test_small_bold_lines_above_text_are_headings() -> None:
    """Bold lines smaller than the text are headings where several stand above text, as no words of figures do."""
    named = [(name, 740 - 90 * i) for i, name in enumerate(("Ewes in May", "Rams in June", "Lambs in July"))]
    rest = [r for name, y in named for r in (run(name, y=y, size=8, bold=True), *block(PROSE, y=y - 20))]
    assert found(rest) == [name for name, _ in named]
    assert found(rest[:7]) == []
