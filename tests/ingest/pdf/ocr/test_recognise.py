"""Scanned pages, recognised by Tesseract where it is installed."""

from dataclasses import replace

import pytest

from evqa.errors import ExtraError, InputError
from evqa.model import Document
from ingest.pdf.file.extract import Page, extract
from ingest.pdf.ocr import ocr_child, recognise, tessdata
from ingest.pdf.ocr.recognise import recognised
from ingest.pdf.reader import read_pdf
from ingest.reader import source_of
from tests.ingest.pdf.ocr.scans import needs_ocr, scan
from tests.ingest.pdf.wool import ENTRIES, HEADING, TITLE, column, wool
from tests.ingest.pdf.written import paged, shown

SUPERSCRIPTS = ("Small boats carry barley and wool along.", "They return with salt in years of storms.")


def document_of(data: bytes, ocr: bool = True) -> Document:
    """The document in a PDF's bytes."""
    return read_pdf(data, source_of("scan.pdf", data), ocr)


@pytest.fixture(scope="module")
def article() -> Document:
    """The small article on wool, scanned a little askew."""
    return document_of(scan(wool(), fall=0.008))


@needs_ocr
@pytest.mark.slow
def test_a_scan_reads_as_the_article_does(article: Document) -> None:
    """Title, sections, entries and markers are those of the same article with a text layer."""
    printed = document_of(wool(), ocr=False)
    assert article.title == printed.title
    assert [s.title for s in article.sections] == [s.title for s in printed.sections]
    assert [r.number for r in article.references] == [1, 2, 3, 4, 5]
    assert [r.year for r in article.references] == [r.year for r in printed.references]
    assert [c.references for c in article.citations] == [c.references for c in printed.citations]


@needs_ocr
@pytest.mark.slow
def test_the_report_states_pages_and_confidence(article: Document) -> None:
    """Which pages were recognised, and how surely, is said and kept."""
    assert [page.page for page in article.integrity.recognised] == [1, 2]
    assert all(0.7 < page.confidence <= 1 for page in article.integrity.recognised)
    (note,) = [line for line in article.integrity.warnings if "OCR" in line]
    assert note.startswith("text of pages 1–2 of 2 recognised (OCR), mean confidence 0.")
    assert note.endswith("check numbers against the page")


@needs_ocr
@pytest.mark.slow
def test_only_pages_without_text_are_recognised() -> None:
    """In a file that is scanned in part, what is printed stays as it is printed."""
    data = scan(
        paged(column(SUPERSCRIPTS * 6), column(SUPERSCRIPTS * 6)), text=column([f"{n} boats" for n in range(30)], 300)
    )
    pages = extract(data, "part.pdf", recognised)
    assert [page.confidence is None for page in pages] == [True, False]
    assert any("barley" in run.text for run in pages[1].runs)


@needs_ocr
@pytest.mark.slow
def test_superscripts_are_read_and_bound() -> None:
    """Small raised numbers are read as such, and bound to their entries."""
    raised = b"BT /F3 10 Tf 0 Ts 50 %d Td (%s) Tj /F3 6.5 Tf 4 Ts (%d) Tj ET\n"
    lines = b"".join(raised % (700 - 14 * n, SUPERSCRIPTS[n % 2].encode(), n % 4 + 1) for n in range(8))
    listed = shown(b"References", 50, 560, b"/F3 12") + column(ENTRIES, y=540)
    document = document_of(scan(paged(TITLE + HEADING + lines + listed)))
    assert [c.references for c in document.citations] == [(n % 4 + 1,) for n in range(8)]


@needs_ocr
@pytest.mark.slow
def test_the_same_scan_gives_the_same_document(article: Document) -> None:
    """Recognising is deterministic."""
    assert document_of(scan(wool(), fall=0.008)) == article


def test_without_ocr_a_scan_is_refused() -> None:
    """The refusal names the option."""
    with pytest.raises(InputError, match=r"no text layer, as in scanned pages.*--ocr"):
        document_of(scan(wool()), ocr=False)


def test_files_with_text_need_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for in vain, OCR that isn't installed is said at once, whatever the file."""
    monkeypatch.setattr(tessdata, "_NEEDED", ("tesserocr_of_nowhere",))
    tessdata.package_folders.cache_clear()
    with pytest.raises(ExtraError):
        document_of(wool())
    assert document_of(wool(), ocr=False).references
    tessdata.package_folders.cache_clear()


@needs_ocr
def test_a_file_of_which_nothing_is_recognised_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes too long is said, with the page."""
    monkeypatch.setattr(recognise, "PATIENCE", 0.001)
    with pytest.raises(InputError, match=r"page 1 can't be recognised, it takes more than 0\.001 s"):
        document_of(scan(wool()))


@needs_ocr
@pytest.mark.slow
def test_a_page_that_cannot_be_recognised_stays_a_picture() -> None:
    """A page that the file doesn't have, say, is left as it is; the others are recognised."""
    pages = [Page(1, 600, 800, (), is_picture=True), Page(9, 600, 800, (), is_picture=True)]
    first, last = recognised(scan(wool()), pages)
    assert first.confidence
    assert last == pages[1]


@needs_ocr
def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of pages to recognise is bounded."""
    monkeypatch.setattr(recognise, "MOST_PAGES", 1)
    page = Page(1, 600, 800, (), is_picture=True)
    with pytest.raises(InputError, match="more than 1 pages to recognise"):
        recognised(b"", [page, replace(page, number=2)])


def test_pages_are_drawn_within_bounds() -> None:
    """A page of any size makes a picture of so many pixels at most."""
    width, height = ocr_child.pixels_of(600, 800)
    assert (width, height) == (2500, 3333)
    width, height = ocr_child.pixels_of(20_000, 10_000)
    assert width * height <= ocr_child.PIXELS
    assert width % 4 == 0
