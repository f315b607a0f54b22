"""What OCR needs: the packages of the extra "ocr", Tesseract with its English model inside."""

import functools
import importlib.util
import os
import sys
from pathlib import Path

from evqa.errors import ExtraError

_MODEL = "eng.traineddata"
_NEEDED = ("tesserocr", "numpy")
# Where Debian and others keep what comes with the program tesseract.
_SYSTEM = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")


@functools.cache
def model_folder() -> str:
    """Folder of Tesseract's English model: the extra's, or that of the program tesseract; "" if there is none."""
    folders = [os.environ.get("TESSDATA_PREFIX", ""), str(Path(sys.prefix, "share", "tessdata")), *_SYSTEM]
    return next((folder for folder in folders if folder and Path(folder, _MODEL).is_file()), "")


@functools.cache
def package_folders() -> tuple[str, ...]:
    """Folders that hold the packages which the child process loads. Raises ExtraError as `check_ocr`."""
    check_ocr()
    found = [importlib.util.find_spec(name) for name in _NEEDED]
    folders = [str(Path(spec.origin).parent.parent) for spec in found if spec and spec.origin]
    return tuple(dict.fromkeys(folders))


def check_ocr() -> None:
    """Raises ExtraError where the extra "ocr" isn't installed; the message says what to type."""
    missing = [name for name in _NEEDED if not importlib.util.find_spec(name)]
    if not model_folder():
        missing.append(_MODEL)
    if missing:
        step = "type pip install '.[ocr]' in your clone of evqa"
        raise ExtraError("", '--ocr needs the "ocr" extra', step, f"{missing[0]} isn't installed")
