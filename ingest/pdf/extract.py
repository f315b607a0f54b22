"""The pages of a PDF, read in a child process with limits on time, memory and output."""

import json
import subprocess
import sys
from dataclasses import dataclass

from evqa.errors import InputError

SECONDS = 60


@dataclass(frozen=True)
class Run:
    """Characters of one size and weight on one baseline; points, y grows upwards.

    `is_new_line`: the file's own order begins a new line here.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    is_bold: bool = False
    is_new_line: bool = False


@dataclass(frozen=True)
class Page:
    """A page's size in points and its runs in the file's order; `number` counts from 1."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]


def extract(data: bytes, name: str) -> list[Page]:
    """The pages of a PDF. Raises InputError: encrypted, damaged, too large, without a text layer."""
    done = subprocess.run(
        [sys.executable, "-m", "ingest.pdf.child"], input=data, capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        raise InputError(f"{name}: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return [
        Page(number, width, height, tuple(Run(*run) for run in runs))
        for number, (width, height, runs) in enumerate(map(json.loads, done.stdout.splitlines()), start=1)
    ]
