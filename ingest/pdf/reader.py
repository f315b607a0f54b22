"""Reader of PDF files with a text layer."""

from evqa.model import Document, Source
from ingest.markdown import document_from
from ingest.pdf.extract import extract
from ingest.pdf.pieces import pieces


def read_pdf(data: bytes, source: Source) -> Document:
    """The document in a PDF. Raises InputError: encrypted, damaged, too large, without a text layer."""
    return document_from(pieces(extract(data, source.name)), source)
