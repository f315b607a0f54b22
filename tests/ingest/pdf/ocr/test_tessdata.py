"""What OCR needs, and what is said where it isn't there."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evqa.errors import ExtraError
from ingest.pdf.ocr import tessdata
from ingest.pdf.ocr.tessdata import check_ocr, model_folder


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    model_folder.cache_clear()
    yield
    model_folder.cache_clear()


def test_a_missing_package_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names the extra, the package and what to type."""
    monkeypatch.setattr(tessdata, "_NEEDED", ("tesserocr_of_nowhere", "numpy"))
    with pytest.raises(ExtraError, match=r'needs the "ocr" extra \(tesserocr_of_nowhere.*pip install \'\.\[ocr\]\''):
        check_ocr()


def test_a_missing_model_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The package without a model isn't enough; a model of the user's own is found where Tesseract looks for it."""
    monkeypatch.setattr(tessdata, "_NEEDED", ("numpy",))
    monkeypatch.setattr(tessdata, "_SYSTEM", ())
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    with pytest.raises(ExtraError, match=r"eng\.traineddata isn't installed"):
        check_ocr()
    model_folder.cache_clear()
    (tmp_path / "eng.traineddata").write_bytes(b"model")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    check_ocr()
