"""Limits inside the process that opens a PDF."""

import json
import subprocess
import sys

import pytest

from ingest.pdf.file import child
from ingest.pdf.file.child import RefusalError, pages
from ingest.pdf.file.pdfium import Pdfium
from ingest.pdf.file.process import library_path
from tests.ingest.pdf.written import file_of, locked, paged, shown, tree

TEXT = shown(b"Ordinary words stand here")
LIMITS = """
import resource
from ingest.pdf.file.child import limit
limit()
print([resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0] for name in ("AS", "CPU", "CORE", "FSIZE")])
"""


@pytest.fixture(scope="module")
def library() -> Pdfium:
    """PDFium in the test's own process."""
    return Pdfium(library_path())


def reason(library: Pdfium, data: bytes) -> str:
    """The word with which a file is refused."""
    with pytest.raises(RefusalError) as caught:
        list(pages(library, data))
    return str(caught.value)


def test_pages_are_rows_of_json(library: Pdfium) -> None:
    """A page is its width, its height, whether it is a picture, its runs, and how many pictures stand within lines."""
    (row,) = pages(library, paged(TEXT))
    width, height, is_picture, runs, pictures = json.loads(json.dumps(row))
    assert (width, height, is_picture, pictures) == (600, 800, False, 0)
    assert [run[0] for run in runs] == ["Ordinary words stand here"]


def test_a_lost_page_is_null(library: Pdfium) -> None:
    """A page whose object is missing is None."""
    assert list(pages(library, file_of(tree(b"10 0 R", 1)))) == [None]


def test_reasons(library: Pdfium, monkeypatch: pytest.MonkeyPatch) -> None:
    """Encrypted, damaged, too many pages, too much text on a page and in all each have a word."""
    assert reason(library, locked(TEXT, b"secret")) == "encrypted"
    assert reason(library, b"%PDF-1.4") == "damaged"
    monkeypatch.setattr(child, "PAGES", 1)
    assert reason(library, paged(TEXT, TEXT)) == "pages"
    monkeypatch.setattr(child, "PAGES", 2)
    monkeypatch.setattr(child, "CHARACTERS", 40)
    assert reason(library, paged(TEXT, TEXT)) == "text"
    monkeypatch.setattr(child, "PAGE_CHARACTERS", 20)
    assert reason(library, paged(TEXT)) == "text"


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms know other limits")
def test_limits_are_set() -> None:
    """Memory and time of the process are bounded; it may write no file and no core dump."""
    told = subprocess.run([sys.executable, "-c", LIMITS], capture_output=True, check=True, text=True)
    assert json.loads(told.stdout) == [child.MEMORY, child.SECONDS, 0, 0]


def test_little_is_imported() -> None:
    """The child starts without the packages that the readers need: each would cost every file its import."""
    heavy = "{'evqa', 'numpy', 'pydantic', 'pypdfium2'}"
    command = f"import sys, ingest.pdf.file.child; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, text=True)
    assert told.stdout.strip() == "[]"
