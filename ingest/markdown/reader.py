"""Reader of Markdown and plain text, as extraction from PDF leaves it or as people write it."""

from evqa.model import Document, Source
from ingest.assembly import document_from
from ingest.markdown.decode import decoded
from ingest.markdown.dialects import as_markdown
from ingest.markdown.pieces import pieces


def read_markdown(data: bytes, source: Source) -> Document:
    """The document in a Markdown file. Raises InputError if the bytes aren't text."""
    return document_from(pieces(as_markdown(decoded(data, source.name))), source)


def read_plain(data: bytes, source: Source) -> Document:
    """The document in a plain text file; it may hold Markdown. Raises InputError if the bytes aren't text."""
    return read_markdown(data, source)
