"""Draw a page of a PDF and locate its characters, in a child process with limits."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from evqa.errors import InputError
from ingest.pdf.file.process import run_child
from ingest.pdf.page import page_child
from ingest.pdf.page.page_child import SECONDS, UNITS

PATIENCE = 40
_STEP = "read the text instead"
_PROBLEMS = {
    "encrypted": "the file is encrypted",
    "damaged": "the file is damaged there",
    "text": "it has too many characters",
    "memory": "it takes too much memory",
}

# left, top, right, bottom: shares of the page's width and height, from its upper left corner
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Letters:
    """The characters of a page in the file's order, with their boxes. Width and height in points."""

    number: int
    width: float
    height: float
    text: str
    boxes: tuple[Box, ...]


def picture(data: bytes, number: int) -> bytes | None:
    """Draw the page of that number, counted from 1, as a PNG; None if there is no such page.

    Raises InputError if it can't be drawn within the limits on time and memory.
    """
    told, content = _carried_out(data, "picture", number)
    return None if told.get("outcome") == "absent" else content


def letters(data: bytes, *numbers: int) -> tuple[int, list[Letters | None]]:
    """Return the number of pages and the characters of some; None for a page that doesn't exist or has no text.

    Raises InputError as `picture` does.
    """
    told, _ = _carried_out(data, "letters", *numbers)
    return told["pages"], [_letters(found) for found in told["found"]]


def _letters(found: dict[str, Any] | None) -> Letters | None:
    if found is None:
        return None
    characters: list[list[int]] = found.pop("characters")
    text = "".join(chr(code) if 0 <= code <= sys.maxunicode else "\ufffd" for code, *_ in characters)
    boxes = tuple((a / UNITS, b / UNITS, c / UNITS, d / UNITS) for _, a, b, c, d in characters)
    return Letters(**found, text=text, boxes=boxes)


def _carried_out(data: bytes, task: str, *numbers: int) -> tuple[dict[str, Any], bytes]:
    where = f"page {numbers[-1]}"
    try:
        done = run_child(page_child, task, *map(str, numbers), data=data, patience=PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise InputError(where, f"takes more than {PATIENCE} s to draw", _STEP) from error
    line, _, content = done.stdout.partition(b"\n")
    if not line:
        raise InputError(where, f"can't be drawn in {SECONDS} s and 400 MB, or is damaged", _STEP)
    told: dict[str, Any] = json.loads(line)
    if reason := _PROBLEMS.get(str(told["outcome"])):
        raise InputError(where, f"can't be drawn, {reason}", _STEP)
    return told, content
