"""Runs as PDFium's characters make them."""

import pytest

from ingest.pdf.file.extract import Page, Run, extract
from tests.ingest.pdf.written import BOX, paged, shown, stream

MAPPED = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>"


def page(content: bytes, keys: bytes = BOX, more: dict[int, bytes] | None = None) -> Page:
    """The only page of a file with this content."""
    return extract(paged(content, keys=keys, more=more), "paper.pdf")[0]


def texts(content: bytes, keys: bytes = BOX, more: dict[int, bytes] | None = None) -> list[str]:
    """The runs' texts."""
    return [run.text for run in page(content, keys, more).runs]


def mapped(code: bytes, digits: bytes) -> list[str]:
    """What a word around a code is read as that its font maps to UTF-16 digits."""
    ranges = b"1 begincodespacerange <00> <FF> endcodespacerange"
    table = b"begincmap %s 1 beginbfchar <%s> <%s> endbfchar endcmap" % (ranges, code.hex().encode(), digits)
    return texts(shown(b"some w%srds" % code, look=b"/F4 10"), more={4: MAPPED, 5: stream(table)})


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        (b"006600660069", "some wffirds"),
        (b"FB01", "some wfirds"),
        (b"00650301", "some w\u00e9rds"),
        (b"D835DEFD", "some w\U0001d6fdrds"),
        (b"D835", "some w\ufffdrds"),
        (b"0000", "some w\ufffdrds"),
        (b"0001", "some w\ufffdrds"),
        (b"FFFD", "some w\ufffdrds"),
    ],
)
def test_characters(digits: bytes, expected: str) -> None:
    """Ligatures and accents come as their letters, pairs as one character, what isn't a character as unknown."""
    assert mapped(b"Q", digits) == [expected]


@pytest.mark.parametrize(
    ("digits", "text", "expected"),
    [
        (b"02DA", b"37 QC", "37 °C"),
        (b"25E6", b"37QC", "37°C"),
        (b"2218", b"an angle of 90Q.", "an angle of 90°."),
        (b"2218", b"2Qx", "2∘x"),
        (b"2218", b"f Q g", "f ∘ g"),
        (b"2206", b"a Q6", "a Δ6"),
    ],
)
def test_signs_with_two_characters(digits: bytes, text: bytes, expected: str) -> None:
    """A ring behind a number is a degree, whichever a font has; between names it stays. An increment is a delta."""
    ranges = b"1 begincodespacerange <00> <FF> endcodespacerange"
    letters = b"".join(b"<%02X> <%04X>" % (code, code) for code in range(32, 127) if code != ord("Q"))
    table = b"begincmap %s 95 beginbfchar %s <51> <%s> endbfchar endcmap" % (ranges, letters, digits)
    assert texts(shown(text, look=b"/F4 10"), more={4: MAPPED, 5: stream(table)}) == [expected]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        (b"(Mu) Tj 9.5 0 Td (\\250ller) Tj", "Müller"),
        (b"(M) Tj 8.9 0 Td (\\250uller) Tj", "M¨uller"),
        (b"[(M\\250) 400 (uller)] TJ", "Müller"),
        (b"[(Andre) 450 (\\264)] TJ", "André"),
        (b"(4\\264) Tj", "4´"),
    ],
)
def test_accents_over_letters(letters: bytes, expected: str) -> None:
    """An accent printed over the letter before or after it makes one character with it, one beside it doesn't."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    assert texts(b"BT /F4 10 Tf 50 700 Td %s ET" % letters, more={4: font}) == [expected]


def test_symbol_fonts() -> None:
    """Greek and signs of the Symbol font are read as what they show."""
    symbol = b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"
    assert texts(shown(b"abg \\261 \\243", look=b"/F4 10"), more={4: symbol}) == ["αβγ ± ≤"]


def test_right_to_left() -> None:
    """A word of a script from right to left has its letters in reading order, its box from left to right."""
    table = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 3 beginbfchar %s endbfchar endcmap"
    letters = stream(table % b"<41> <05D0> <42> <05D1> <43> <05D2>")
    (run,) = page(shown(b"ABC", look=b"/F4 10"), more={4: MAPPED, 5: letters}).runs
    assert run.text == "\u05d2\u05d1\u05d0"
    assert run.x0 == 50
    assert run.x1 > run.x0


@pytest.mark.parametrize(
    ("turn", "matrix", "x", "y", "size"),
    [
        (90, "0 1 -1 0", 100, 50, (800, 600)),
        (180, "-1 0 0 -1", 550, 100, (600, 800)),
        (270, "0 -1 1 0", 500, 750, (800, 600)),
        (0, "0 1 -1 0", 100, 50, (800, 600)),
    ],
)
def test_turned_pages_come_upright(turn: int, matrix: str, x: float, y: float, size: tuple[int, int]) -> None:
    """Places on a turned page, or of a table set sideways, are those that a reader sees who turns it."""
    found = page(shown(b"Hello", x, y, matrix=matrix), BOX + b"/Rotate %d" % turn)
    assert (found.width, found.height) == size
    assert found.runs == (Run("Hello", 50.0, 72.8, size[1] - 100.0, 10.0, is_new_line=True),)


def test_text_across_the_page_is_dropped() -> None:
    """Text set upwards in a margin isn't mixed into the lines, nor is one at a slant."""
    sideways = shown(b"Downloaded", 590, 300, matrix="0 1 -1 0") + shown(
        b"DRAFT", 200, 300, b"/F3 60", matrix=".7 .7 -.7 .7"
    )
    assert texts(sideways + shown(b"A line of the page")) == ["A line of the page"]


def test_what_cant_be_seen_is_dropped() -> None:
    """Text outside the page's visible box or too small to read isn't taken; places count from that box."""
    crop = BOX + b"/CropBox[100 200 500 700]"
    content = shown(b"outside", 10, 300) + shown(b"inside", 150, 300) + shown(b"tiny", 150, 400, b"/F3 0.1")
    assert [(run.text, run.x0, run.baseline) for run in page(content, crop).runs] == [("inside", 50, 100)]


def test_invisible_text_is_kept() -> None:
    """The text layer that OCR lays under a scan is read."""
    assert texts(b"3 Tr " + shown(b"recognised words")) == ["recognised words"]


def test_double_strokes_are_read_once() -> None:
    """Letters printed twice, a hair apart, to look bold are read once."""
    twice = b"".join(shown(b"Methods", 50 + offset, 700) + shown(b"Results", 50 + offset, 600) for offset in (0, 0.3))
    assert texts(twice) == ["Methods", "Results"]


def test_superscripts_are_runs_of_their_own() -> None:
    """A raised, smaller marker between words keeps its own baseline and size."""
    content = b"BT /F3 10 Tf 50 700 Td (cells) Tj 4 Ts /F3 6 Tf (12) Tj 0 Ts /F3 10 Tf (were) Tj ET"
    assert [(run.text, run.baseline, run.size) for run in page(content).runs] == [
        ("cells", 700, 10),
        ("12", 704, 6),
        ("were", 700, 10),
    ]


def test_gaps_part_runs() -> None:
    """Words apart by more than the size of the font are runs of their own, even of one string with spread letters."""
    assert texts(shown(b"left", 50) + shown(b"right", 300)) == ["left", "right"]
    assert texts(b"BT /F3 10 Tf 40 Tc 50 700 Td (ab) Tj ET") == ["a", "b"]


def test_size_is_that_of_the_font() -> None:
    """Size is the font's, scaled as printed; letters with tails, stretching and slanting leave it alone."""
    content = shown(b"typography", look=b"/F3 1", matrix="10 0 0 10") + shown(b"wide", y=600, matrix="2 0 0 1")
    content += shown(b"slanted", y=500, matrix="1 0 .3 1") + shown(b"flat", y=400, matrix="1 0 0 -1")
    assert [run.size for run in page(content).runs] == [10, 10, 10, 10]


def test_drawn_letters_have_a_size() -> None:
    """Fonts whose letters are drawings in points, with a font size that says nothing, have the letters' height."""
    boxes = b"/FontBBox[0 0 40 40]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 98/Widths[20 20]"
    drawn = b"<</Type/Font/Subtype/Type3%s/CharProcs<</a 5 0 R/b 5 0 R>>/Encoding<</Differences[97/a/b]>>>>" % boxes
    strokes = stream(b"20 0 0 0 18 30 d1 0 0 18 30 re f")
    (run,) = page(shown(b"abba", look=b"/F4 0.24"), more={4: drawn, 5: strokes}).runs
    assert (run.text, run.size) == ("abba", 9.6)


def test_bold_is_told_by_the_fonts_name() -> None:
    """A bold font parts runs, and its runs are bold."""
    bold = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>"
    runs = page(shown(b"Aim.") + shown(b"To see", 72, look=b"/F4 10"), more={4: bold}).runs
    assert [(run.text, run.is_bold) for run in runs] == [("Aim.", False), ("To see", True)]


def test_forms_are_read_where_they_stand() -> None:
    """Text in a form is read, moved as the form is."""
    form = stream(shown(b"Inner"), b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F3 3 0 R>>>>")
    found = page(b"q 1 0 0 1 0 -100 cm /X4 Do Q " + shown(b"Outer"), more={4: form}).runs
    assert [(run.text, run.baseline) for run in found] == [("Inner", 600), ("Outer", 700)]


def test_hyphens_at_line_ends_are_kept() -> None:
    """What breaks a word at the end of a line is a plain hyphen; the next line is told as new."""
    content = b"BT /F3 10 Tf 12 TL 50 700 Td (a hyphen-) Tj T* (ated word and well-known) Tj ET"
    assert [(run.text, run.baseline) for run in page(content).runs] == [
        ("a hyphen-", 700),
        ("ated word and well-known", 688),
    ]
