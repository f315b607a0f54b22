"""Give pages that are pictures a text layer, by OCR in a child process with limits."""

import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evqa.errors import InputError
from ingest.pdf.file.extract import Page
from ingest.pdf.file.process import run_child
from ingest.pdf.ocr import ocr_child
from ingest.pdf.ocr.ocr_child import MEMORY, SECONDS
from ingest.pdf.ocr.printed import PrintedLine, Word
from ingest.pdf.ocr.setting import set_pages
from ingest.pdf.ocr.tessdata import model_folder, package_folders

PATIENCE = 240
# At some 5 s a page that is half an hour.
MOST_PAGES = 400
# Lines below are noise: specks, and letters seen in pictures.
_LEAST_CONFIDENCE = 0.4
# Numbers in braces are brackets that were misread.
_BRACES = re.compile(r"[\[{](\d[\d,–-]*)[\]}]")
_SPLIT, _SCAN_ANEW = "split it", "scan it anew, or give its text as .md"


def recognised(data: bytes, pages: Sequence[Page]) -> list[Page]:
    """Return the pages, those that are pictures with the runs that OCR found there, and its confidence.

    A page that can't be recognised within the limits stays a picture, which the integrity report says. Raises
    ExtraError if the extra isn't installed, InputError if there are too many such pages or none can be recognised.
    """
    package_folders()
    pictures = [page.number for page in pages if page.is_picture]
    if len(pictures) > MOST_PAGES:
        raise InputError("", f"more than {MOST_PAGES} pages to recognise", _SPLIT)
    outcomes = {number: _lines(data, number) for number in pictures}
    read = {number: found for number, found in outcomes.items() if not isinstance(found, str)}
    if outcomes and not read:
        raise InputError("", f"page {pictures[0]} can't be recognised, {outcomes[pictures[0]]}", _SCAN_ANEW)
    runs = dict(zip(read, set_pages(list(read.values())), strict=True))
    return [
        replace(page, runs=runs[page.number], is_picture=False, confidence=confidence(read[page.number]))
        if page.number in runs
        else page
        for page in pages
    ]


def confidence(lines: Sequence[PrintedLine]) -> float:
    """The mean confidence of a page's characters, 0 to 1; 1.0 for an empty page."""
    words = [word for line in lines for word in line.words]
    letters = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / letters, 3) if letters else 1.0


def _lines(data: bytes, number: int) -> list[PrintedLine] | str:
    """The lines of a page; why it can't be recognised, if it can't."""
    arguments = (str(number), model_folder(), *package_folders())
    try:
        done = run_child(ocr_child, *arguments, data=data, patience=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"it takes more than {PATIENCE} s"
    if done.returncode or not done.stdout:
        return f"Tesseract broke off (exit {done.returncode}), or needs more than {SECONDS} s or {MEMORY // 10**6} MB"
    told = json.loads(done.stdout)
    if told["outcome"] != "read":
        return f"it is {told['outcome']}"
    found = [PrintedLine(tuple(_word(word) for word in line)) for line in told["lines"]]
    return [line for line in found if confidence([line]) >= _LEAST_CONFIDENCE]


def _word(values: Sequence[Any]) -> Word:
    text, x0, x1, baseline, stroke, sure, is_raised, flat, tall = values
    text = _BRACES.sub(r"[\1]", text)
    return Word(text, x0, x1, baseline, stroke, sure, is_raised, tuple(flat), tuple(tall))
