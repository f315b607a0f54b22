"""Pages as pieces."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from evqa.model import Source
from ingest.assembly import document_from
from ingest.passages import passages
from ingest.pdf.file.extract import Page, Run
from ingest.pdf.pieces import pieces
from ingest.structure.piece import Piece
from tests.ingest.pdf.grids import FLOCK, grid
from tests.ingest.pdf.printed import PROSE, block, down, indented, page, run, told

TITLE = run("Wool and weather at sea", y=760, size=16)
INTRODUCTION = run("Introduction", y=735, bold=True)
OPENING = [TITLE, INTRODUCTION]
REST = "and the nets were mended on the quay until the men could sail again."
NOTE = "Printed on the quay for the friends of the harbour"
SYLLABLES = ("ba", "ko", "ri", "du", "ne", "lo", "ta", "mi", "su", "ve")


def cut(x: float = 50, y: float = 700) -> list[Run]:
    """A paragraph whose last line reaches the edge of its column and ends no sentence."""
    made = block(PROSE, x, y)
    return [*made[:-1], replace(made[-1], x1=x + 200)]


def read(*pages: Page) -> list[tuple[str, str]]:
    """Kind and words of the pieces."""
    return told(pieces(pages))


def test_a_sentence_goes_on_in_the_next_column() -> None:
    """What a column cut is joined, in front of the footnote that stands between."""
    made = pieces([page(*OPENING, *cut(), run(NOTE, y=100, size=7), *block(REST, 300))])
    assert told(made)[2:] == [("paragraph", PROSE), ("paragraph", REST), ("paragraph", NOTE)]
    assert [p.is_rest for p in made] == [False, False, False, True, False]


def test_a_sentence_goes_on_around_a_float() -> None:
    """A table with its label on top of the next page doesn't part a paragraph, and follows it."""
    table = [run("Table 1 Ewes and rams", y=760, size=8), *grid(FLOCK, y=740)]
    made = pieces([page(*OPENING, *cut()), page(*table, *block(REST, y=600), number=2)])
    assert [p.kind for p in made] == ["heading", "heading", "paragraph", "paragraph", "paragraph", "table"]
    assert made[3].is_rest
    assert [p.page for p in made[2:]] == [1, 2, 2, 2]


def test_ended_and_indented_paragraphs_dont_go_on() -> None:
    """A paragraph with a sentence's end, one whose last line is short and an indented one are whole."""
    whole = cut()
    ended = [*whole[:-1], replace(whole[-1], text=f"{whole[-1].text}.")]
    for first, second in (
        (ended, block(REST, 300)),
        (block(PROSE), block(REST, 300)),
        (cut(), indented(block(REST, 300))),
    ):
        assert not any(p.is_rest for p in pieces([page(*OPENING, *first, *second)]))


def test_a_heading_ends_what_was_open() -> None:
    """Behind a heading nothing goes on."""
    made = pieces([page(*OPENING, *cut(), run("Results", 300, 720, bold=True), *block(REST, 300))])
    assert [p.kind for p in made] == ["heading", "heading", "paragraph", "heading", "paragraph"]
    assert not any(p.is_rest for p in made)


def test_levels_of_headings() -> None:
    """The title is on the first level, headings below it by size and weight."""
    small = run("Sheep Counts", y=640, size=9.6, bold=True)
    large = run("Results", y=560, size=12, bold=True)
    made = pieces(
        [
            page(
                TITLE,
                replace(INTRODUCTION, size=12),
                *block(PROSE),
                small,
                *block(PROSE, y=620),
                large,
                *block(REST, y=540),
            )
        ]
    )
    assert [(p.level, p.text) for p in made if p.kind == "heading"] == [
        (1, TITLE.text),
        (2, "Introduction"),
        (3, "Sheep Counts"),
        (2, "Results"),
    ]


def test_bullets_are_items() -> None:
    """A paragraph with a bullet is an item without it."""
    assert read(page(*OPENING, *block(PROSE), run("• grey ewes", y=600)))[-1] == ("item", "grey ewes")


def test_lines_of_nothing_but_markup_are_dropped() -> None:
    """What a page printed from Markdown shows of its markup is read as such, and lines that hold nothing else go."""
    lines = down(["<br>", "the *harbour* master", "<p>"], y=600)
    made = pieces([page(*OPENING, *block(PROSE), *lines, run("<br>", y=500), *block(PROSE, y=400))])
    assert "the harbour master" in [text for _, text in told(made)]
    assert all(line.text.strip() for piece in made for line in piece.lines)


def test_a_bold_star_is_printed_once() -> None:
    """A bold "*" before an address is text; what shows that it is bold adds no stars."""
    lines = [run("*", y=700, bold=True), run("Correspondence: the harbour master", 60, 700)]
    made = pieces([page(*OPENING, *lines, *block(PROSE, y=688))])
    assert made[2].text.startswith("* Correspondence: the harbour master")


def test_run_in_headings_are_marked() -> None:
    """The bold beginning of a paragraph is marked as bold, for whoever looks for headings in the text."""
    lead = [run("Harvest.", y=700, bold=True), run("The barley stands high", 94, 700)]
    assert read(page(*OPENING, *lead, *block(PROSE, y=688)))[2][1].startswith("**Harvest.** The barley")


def test_tables_have_rows() -> None:
    """A table's piece holds its cells; what stands under a label but has no columns comes as paragraphs."""
    table = [run("Table 1 Ewes and rams", y=640, size=8), *grid(FLOCK, y=620)]
    made = pieces([page(*OPENING, *block(PROSE), *table, *block(PROSE, y=500))])
    assert [tuple(tuple(cell.text for cell in row) for row in p.rows) for p in made if p.kind == "table"] == [FLOCK]
    lines = [run(text, 50, 620 - 20 * i, 8) for i, text in enumerate(("ewes", "rams", "lambs"))]
    plain = read(page(*OPENING, *block(PROSE), run("Table 1 The flock", y=640, size=8), *lines, *block(PROSE, y=500)))
    assert [text for _, text in plain[3:7]] == ["Table 1 The flock", "ewes", "rams", "lambs"]


def test_words_of_a_figure_are_left_out() -> None:
    """The scales of a figure on a later page aren't read; its caption is."""
    figure = [run(text, x, 400) for text, x in (("0", 50), ("50", 100), ("100", 150))]
    second = page(*block(PROSE), *figure, run("Figure 1 Ewes by year", y=380, size=8), *block(PROSE, y=300), number=2)
    assert [text for _, text in read(page(*OPENING, *block(PROSE)), second)[3:]] == [
        PROSE,
        "Figure 1 Ewes by year",
        PROSE,
    ]


def test_an_interrupted_bibliography_goes_on() -> None:
    """Entries behind a statement with a heading are entries, the statement is text."""
    entries = [f"{n}. Fenwick A. Wool. Annals 199{n}" for n in range(1, 9)]
    note = [run("Publisher's note", y=420, bold=True), run("The quay printed this.", y=400)]
    runs = [run("References", y=600, bold=True), *down(entries[:6], y=580), *note, *down(entries[6:], y=380)]
    found = read(page(*OPENING, *block(PROSE), *runs))
    assert [text for _, text in found[4:]] == [*entries[:6], "Publisher's note", "The quay printed this.", *entries[6:]]


def test_no_pages() -> None:
    """Pages without text have no pieces."""
    assert pieces([]) == []
    assert pieces([page()]) == []


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[Page], list[str]]:
    """Pages of one or two columns set from paragraphs of words that occur once, and those words in order."""
    columns = draw(st.sampled_from([(50.0,), (50.0, 320.0)]))
    lengths = draw(st.lists(st.integers(12, 90), min_size=1, max_size=8))
    is_spaced, height = draw(st.booleans()), draw(st.integers(8, 30))
    numbers = iter(range(10_000))
    texts = [" ".join(word(next(numbers)) for _ in range(length)) + "." for length in lengths]
    lines = [line for text in texts for line in laid(text, is_spaced)]
    return paged(lines, columns, height), [*TITLE.text.split(), "Introduction", *" ".join(texts).split()]


def word(number: int) -> str:
    """An invented word for a number."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:04d}")


def laid(text: str, is_spaced: bool) -> list[Run | None]:
    """A paragraph's lines at no place yet: with an indent, or behind an empty line."""
    made = block(text, 0, 0)
    return [None, *made] if is_spaced else list(indented(made))


def paged(lines: list[Run | None], columns: tuple[float, ...], height: int) -> list[Page]:
    """Lines down the columns of as many pages as they need."""
    runs: dict[int, list[Run]] = {1: list(OPENING)}
    for i, line in enumerate(lines):
        column, row = divmod(i, height)
        number, side = divmod(column, len(columns))
        if line:
            y, x = 700 - 12 * row, columns[side]
            placed = replace(line, x0=line.x0 + x, x1=line.x1 + x, baseline=y)
            runs.setdefault(number + 1, []).append(placed)
    return [page(*held, number=number) for number, held in runs.items()]


def words(parts: list[Piece]) -> list[str]:
    """All words of pieces in order."""
    return [text for part in parts for text in part.text.split()]


@settings(max_examples=60)
@given(documents())
def test_no_word_is_lost_or_moved(made: tuple[list[Page], list[str]]) -> None:
    """All words of a document set in columns are in its pieces, once and in order."""
    pages, expected = made
    assert words(pieces(pages)) == expected


@settings(max_examples=25)
@given(documents())
def test_offsets_slice_back(made: tuple[list[Page], list[str]]) -> None:
    """The document's text holds all words in order; passages are slices of it, each with a page that there is."""
    pages, expected = made
    source = Source(name="wool.pdf", sha256="0" * 64, media_type="application/pdf")
    document = document_from(pieces(pages), source)
    assert document.text.split() == expected
    found = passages(document)
    assert found
    assert all(document.text[p.start : p.end] == p.text for p in found)
    assert {p.page for p in found} <= {p.number for p in pages}
