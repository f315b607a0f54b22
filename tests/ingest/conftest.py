"""What the readers' tests share: a document from a text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evqa.model import Document
from ingest.reader import READERS, read, source_of

Reading = Callable[[str], Document]


@pytest.fixture(scope="session")
def parse() -> Reading:
    """Reads a text as a Markdown file."""

    def reading(text: str) -> Document:
        data = text.encode()
        return READERS[".md"](data, source_of("review.md", data))

    return reading


@pytest.fixture(scope="session")
def review(shared: Path) -> Document:
    """The real review."""
    return read(shared / "review" / "ev-review.md")
