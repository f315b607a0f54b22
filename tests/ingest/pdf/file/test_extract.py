"""What is read from a file, what is refused and in which words."""

import signal
import sys
import time
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evqa.errors import InputError
from ingest.pdf.file import extract as module
from ingest.pdf.file.extract import extract, losses
from tests.ingest.pdf.written import BOX, deflated, file_of, locked, paged, shown, stream, tree

TEXT = shown(b"Ordinary words stand here")
SCAN = {4: stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")}
FULL_PAGE = b"q 600 0 0 800 0 0 cm /X4 Do Q "
CHAIN = {number: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(10, 20_000)}
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X4 4 0 R>>>>"
PACKED = b"/Filter/FlateDecode"


def texts(data: bytes) -> list[list[str]]:
    """The runs' texts, a list a page."""
    return [[run.text for run in page.runs] for page in extract(data, "paper.pdf")]


def refusal(data: bytes) -> str:
    """The message with which a file is refused."""
    with pytest.raises(InputError) as caught:
        extract(data, "paper.pdf")
    return str(caught.value)


def prologue(pairs: dict[int, bytes]) -> bytes:
    """A map from codes to UTF-16 in hexadecimal digits."""
    lines = b" ".join(b"<%02x> <%s>" % pair for pair in pairs.items())
    ranges = b"1 begincodespacerange <00> <FF> endcodespacerange"
    return b"begincmap %s %d beginbfchar %s endbfchar endcmap" % (ranges, len(pairs), lines)


def test_pages_come_in_order_with_size_and_place() -> None:
    """Pages are numbered from 1; a run has the size of its font and the place where it is printed."""
    first, second = extract(paged(TEXT, shown(b"More", 80, 90, b"/F3 12")), "paper.pdf")
    run = second.runs[0]
    assert (first.number, second.number, second.width, second.height) == (1, 2, 600, 800)
    assert (run.text, run.x0, run.baseline, run.size) == ("More", 80, 90, 12)


def test_an_empty_password_opens() -> None:
    """Files that journals encrypt against changes, without a password to open them, are read."""
    assert texts(locked(TEXT, b"")) == [["Ordinary words stand here"]]


def crowd(number: int) -> bytes:
    """Text number so and so on a page with room for many."""
    return b"1 0 0 1 %d %d Tm (words %d stand here) Tj " % (20 * (number % 30), number // 30, number)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "password": (lambda: locked(TEXT, b"secret"), "encrypted with a password"),
    "not a PDF": (lambda: b"\x89PNG" + bytes(3000), "not a PDF"),
    "header only": (lambda: b"%PDF-1.4\n", "breaks off before its end, damaged"),
    "cut": (lambda: paged(TEXT)[:300], "breaks off before its end, damaged"),
    "no pages": (lambda: file_of(tree(b"", 0)), "no pages"),
    "nothing printed": (lambda: paged(b""), "no text layer"),
    "scan": (lambda: paged(FULL_PAGE, more=SCAN), "no text layer"),
    "stamped scan": (lambda: paged(*[FULL_PAGE + shown(b"Downloaded from a library")] * 3, more=SCAN), "no text layer"),
    "too many pages": (lambda: file_of(tree(b"10 0 R " * 100_000, 100_000) | {10: b"<</Type/Page>>"}), "1,500 pages"),
    "pages of itself": (lambda: file_of(tree(b"2 0 R 2 0 R", 2)), "damaged"),
    "deep page tree": (lambda: file_of(tree(b"10 0 R", 1) | CHAIN | {20_000: b"<</Type/Page>>"}), "damaged"),
    "deep nesting": (lambda: file_of({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"[" * 200_000}), "no pages"),
    "two gigabytes": (lambda: paged(deflated(b" " * 2**20, 2048), stream_keys=PACKED), "more than 400 MB"),
    "packed twice": (
        lambda: paged(zlib.compress(deflated(b" " * 2**20, 2048)), stream_keys=b"/Filter[/FlateDecode/FlateDecode]"),
        "more than 400 MB",
    ),
    "crowded page": (lambda: paged(b"BT /F3 1 Tf %s ET" % b"".join(map(crowd, range(20_000)))), "characters on a page"),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", REFUSED)
def test_what_cant_be_read_is_refused_in_one_line(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Each kind of unreadable file gets its own message of one line, soon, and nothing else is printed."""
    make, words = REFUSED[kind]
    data = make()
    began = time.monotonic()
    message = refusal(data)
    assert message.startswith("paper.pdf: ")
    assert words in message
    assert "\n" not in message
    assert time.monotonic() - began < 20
    assert capfd.readouterr() == ("", "")


def test_unmapped_fonts_are_refused() -> None:
    """Text whose fonts map to private characters isn't taken for words."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>"
    private = prologue({code: b"F0%02X" % code for code in range(33, 127)})
    data = paged(shown(b"Ordinary words stand here", look=b"/F4 10"), more={4: font, 5: stream(private)})
    assert "which characters they show" in refusal(data)


def test_fonts_without_any_map_are_refused() -> None:
    """Codes of a font that nothing maps to characters aren't taken for the letters of the same number."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+X/Encoding/Identity-H/DescendantFonts[5 0 R]>>"
    system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 6 0 R"
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+X%s/DW 500>>" % system
    descriptor = b"<</Type/FontDescriptor/FontName/AAAAAA+X/Flags 4>>"
    codes = "".join(f"{ord(letter) - 29:04x}" for letter in "Ordinary words stand here").encode()
    data = paged(b"BT /F4 10 Tf 50 700 Td <%s> Tj ET" % codes, more={4: font, 5: inner, 6: descriptor})
    assert "which characters they show" in refusal(data)


LOOPS = {
    "tables of places": paged(TEXT).replace(b"/Root", b"/Prev %d/Root" % paged(TEXT).rindex(b"xref\n0")),
    "forms": paged(b"/X4 Do " + TEXT, more={4: stream(b"q Q ", FORM)}),
    "parents": file_of(
        tree(b"10 0 R", 1)
        | {2: b"<</Type/Pages/Kids[10 0 R]/Count 1/Parent 2 0 R>>", 11: stream(TEXT)}
        | {10: b"<</Type/Page/Parent 2 0 R%s/Contents 11 0 R/Resources<</Font<</F3 3 0 R>>>>>>" % BOX}
    ),
}


@pytest.mark.parametrize("kind", LOOPS)
def test_what_refers_to_itself_is_read(kind: str) -> None:
    """Objects that lead back to themselves don't keep the words from being read."""
    assert texts(LOOPS[kind]) == [["Ordinary words stand here"]]


def test_lost_pages_are_told() -> None:
    """Pages that can't be read are left out, marked and named; the others are read."""
    data = file_of(
        tree(b"10 0 R 20 0 R 30 0 R", 3)
        | {10: b"<</Type/Page/Parent 2 0 R%s/Contents 11 0 R/Resources<</Font<</F3 3 0 R>>>>>>" % BOX, 11: stream(TEXT)}
    )
    found = extract(data, "paper.pdf")
    assert [page.is_lost for page in found] == [False, True, True]
    assert losses(data, found) == ["damaged: pages 2–3 of 3 can't be read: fetch the file again"]


def test_a_file_without_its_end_is_told() -> None:
    """A file that lacks its end but can be read is warned of; a whole one isn't."""
    data = paged(TEXT)
    short = data[: data.rindex(b"startxref")]
    assert texts(short) == texts(data)
    assert losses(data, extract(data, "paper.pdf")) == []
    assert ["breaks off" in told for told in losses(short, extract(short, "paper.pdf"))] == [True]


def test_damaged_streams_are_told() -> None:
    """A page whose packed content is damaged is read as far as it goes, and warned of."""
    content = zlib.compress(b"BT /F3 9 Tf %s ET" % b"".join(map(crowd, range(300))))
    data = paged(content[:900] + bytes(90), stream_keys=PACKED)
    found = extract(data, "paper.pdf")
    assert 0 < len(found[0].runs) < 300
    (told,) = losses(data, found)
    assert told == "damaged: 1 compressed part of the file, text may be missing: fetch the file again"


def test_pages_that_are_pictures_are_told() -> None:
    """A scanned page among printed ones is warned of."""
    data = paged(TEXT, FULL_PAGE, TEXT, more=SCAN)
    assert losses(data, extract(data, "paper.pdf")) == ["page 2 of 3: a picture without text, what it says is missing"]


def test_pictures_within_lines_are_told() -> None:
    """A picture between two words of a line may be a formula; one beside a line or below it isn't counted."""
    words = shown(b"The dose of") + shown(b"grams was given", x=120)
    places = (104, 697), (400, 697), (104, 600)
    pages = [words + b"q 12 0 0 12 %d %d cm /X4 Do Q\n" % place for place in places]
    data = paged(TEXT, *pages, more=SCAN)
    assert losses(data, extract(data, "paper.pdf")) == [
        "page 2: a picture stands within lines, formulas may be missing"
    ]


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that isn't done in time is ended and told as too slow."""
    monkeypatch.setattr(module, "PATIENCE", 0.001)
    assert "takes more than" in refusal(paged(TEXT))


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_killed_child_is_told() -> None:
    """The message tells a child out of time from one that was broken off."""
    assert "takes more than" in " ".join(module.ended(-signal.SIGXCPU, b""))
    assert "signal 11" in " ".join(module.ended(-signal.SIGSEGV, b"noise\n"))
    assert "exit 1, KeyError: 4" in " ".join(module.ended(1, b"Traceback\nKeyError: 4\n"))


@pytest.mark.slow
@settings(max_examples=25)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever follows the first line of a PDF, it is read or refused with the file's name."""
    assert refusal(b"%PDF-1.4\n" + data).startswith("paper.pdf: ")


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), min_size=1, max_size=8))
def test_changed_bytes_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    """A file with bytes overwritten is read or refused with the file's name."""
    data = bytearray(paged(TEXT))
    for place, byte in changes:
        data[place % len(data)] = byte
    try:
        assert len(extract(bytes(data), "paper.pdf")) == 1
    except InputError as error:
        assert str(error).startswith("paper.pdf: ")  # noqa: PT017
