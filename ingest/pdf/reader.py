"""Read PDF files with a text layer."""

from evqa.model import Document, Source
from ingest.assembly import document_from
from ingest.markers.following import Place
from ingest.pdf.file.extract import losses, opened
from ingest.pdf.known.records import MARK, unread
from ingest.pdf.parts.evidence import evidence
from ingest.pdf.pieces import pieces


def read_pdf(data: bytes, source: Source) -> Document:
    """Read a PDF as a document. Raises InputError if it is encrypted, damaged, too large or has no text layer."""
    file = opened(data, source.name)
    places = {f"{MARK}{i}": Place(one.name, one.page) for i, one in enumerate(file.known.destinations)}
    document = document_from(pieces(file.pages, file.known), source, places, evidence(file.known.metadata, file.pages))
    warnings = (*losses(data, file.pages), *unread(file.known), *document.integrity.warnings)
    return document.model_copy(update={"integrity": document.integrity.model_copy(update={"warnings": warnings})})
