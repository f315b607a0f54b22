"""First pages of invented articles, and what is elected on them."""

from ingest.pdf.file.extract import Run
from ingest.pdf.front.opening import Opening, opening_of
from ingest.pdf.known.records import UNREAD, Known, Metadata
from tests.ingest.pdf.printed import PROSE, block, printed, run, set_paragraphs

TITLE = "Small boats and barley on the northern coast"
ABSTRACT = [run("Abstract", y=560, bold=True), *block(f"{PROSE}. {PROSE}.", y=545)]


def opening(*runs: Run, margins: tuple[Run, ...] = (), metadata: Metadata | None = None) -> Opening:
    """A first page with an abstract and text, lines of its margins, and the file's own fields."""
    known = Known(metadata=metadata) if metadata else UNREAD
    return opening_of(set_paragraphs(*runs, *ABSTRACT), printed(*margins), known)
