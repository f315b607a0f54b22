"""Read PDF files with a text layer."""

from evqa.model import Document, Source
from ingest.assembly import document_from
from ingest.pdf.file.extract import extract, losses
from ingest.pdf.pieces import pieces


def read_pdf(data: bytes, source: Source) -> Document:
    """Read a PDF as a document. Raises InputError if it is encrypted, damaged, too large or has no text layer."""
    pages = extract(data, source.name)
    document = document_from(pieces(pages), source)
    warnings = (*losses(data, pages), *document.integrity.warnings)
    return document.model_copy(update={"integrity": document.integrity.model_copy(update={"warnings": warnings})})
