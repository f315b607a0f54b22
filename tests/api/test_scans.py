"""Scanned PDFs from the command line, from Python and over HTTP."""

from pathlib import Path

import pytest

from api.review import Review
from evqa.errors import ExtraError
from ingest.pdf.ocr import tessdata
from tests.api.running import Run
from tests.ingest.pdf.ocr.scans import needs_ocr, scan
from tests.ingest.pdf.wool import wool


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article on wool as a scan."""
    path = tmp_path_factory.mktemp("scans") / "wool.pdf"
    path.write_bytes(scan(wool()))
    return path


def test_a_scan_is_refused_without_the_option(evqa: Run, scanned: Path) -> None:
    """One line names the option; nothing is printed."""
    ran = evqa("read", scanned)
    assert (ran.code, ran.out) == (4, "")
    assert "no text layer, as in scanned pages; read it with --ocr" in ran.err


@pytest.mark.parametrize("command", [("read",), ("ingest",), ("ask", "What is carried?", "--in")])
def test_a_missing_extra_is_one_line(
    evqa: Run, scanned: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Without the extra every command says what to type, and ends as for other extras."""
    monkeypatch.setattr(tessdata, "_NEEDED", ("tesserocr_of_nowhere",))
    tessdata.package_folders.cache_clear()
    ran = evqa(*command, scanned, "--ocr")
    tessdata.package_folders.cache_clear()
    assert (ran.code, ran.out) == (2, "")
    assert '--ocr needs the "ocr" extra (tesserocr_of_nowhere isn\'t installed); type pip install' in ran.err


def test_ocr_is_for_files(evqa: Run) -> None:
    """A stored corpus has been read already."""
    ran = evqa("ask", "What is carried?", "--ocr")
    assert (ran.code, ran.out) == (2, "")
    assert "give it with --in, or to ingest" in ran.err


@needs_ocr
@pytest.mark.slow
def test_a_scan_is_read(evqa: Run, scanned: Path) -> None:
    """What was recognised is shown with its confidence, in words and as JSON."""
    ran = evqa("read", scanned, "--ocr")
    assert ran.code == 0
    assert "Wool and weather at sea" in ran.out
    assert "recognised (OCR), mean confidence 0.9" in " ".join(ran.out.split())


@needs_ocr
@pytest.mark.slow
def test_a_scan_is_stored_and_answers_with_a_warning(asked: Run, scanned: Path) -> None:
    """Ingest says which pages were recognised, and so does an answer; without the option the text is kept."""
    first = asked("ingest", scanned, "--corpus", "scans", "--ocr", "--json")
    assert first.code == 0
    assert "text of pages 1–2 recognised (OCR), mean confidence 0.9" in first.err
    answer = asked("ask", "What do small boats carry?", "--corpus", "scans", "--json").json
    assert any("was recognised (OCR, confidence 0.9" in line for line in answer["warnings"])
    again = asked("ingest", scanned, "--corpus", "scans", "--json")
    assert [file["state"] for file in again.json] == ["unchanged"]


@needs_ocr
@pytest.mark.slow
def test_a_review_of_a_scan(scanned: Path, home: Path) -> None:
    """From Python as from the command line."""
    with Review(scanned, ocr=True, environ={"EVQA_HOME": str(home)}) as review:
        assert [entry.number for entry in review.references()] == [1, 2, 3, 4, 5]


def test_a_review_without_the_extra(scanned: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to type."""
    monkeypatch.setattr(tessdata, "_NEEDED", ("tesserocr_of_nowhere",))
    tessdata.package_folders.cache_clear()
    other = scanned.with_name("askew.pdf")
    other.write_bytes(scan(wool(), fall=0.01))
    with pytest.raises(ExtraError, match=r"pip install '\.\[ocr\]'"):
        Review(other, ocr=True, environ={"EVQA_HOME": str(home)})
    tessdata.package_folders.cache_clear()
