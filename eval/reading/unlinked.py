"""Read a PDF without what it knows of itself, to measure reading by layout on files whose links tell the truth."""

from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import pypdf
from pypdf.generic import DictionaryObject

from evqa.model import Document
from ingest.reader import read

_OF_PAGES = ("/Annots", "/StructParents", "/Tabs")
_OF_FILE = ("/Outlines", "/Dests", "/Names", "/StructTreeRoot", "/MarkInfo", "/Metadata", "/OpenAction", "/PageLabels")


def stripped(data: bytes) -> bytes:
    """Return a PDF without annotations, destinations, outline, structure and fields."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    for page in writer.pages:
        for name in _OF_PAGES:
            page.pop(name, None)
    for name in _OF_FILE:
        writer.root_object.pop(name, None)
    writer._info = DictionaryObject()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def read_unlinked(path: Path) -> Document:
    """Read a PDF as if it linked nothing."""
    with NamedTemporaryFile(suffix=path.suffix) as file:
        file.write(stripped(path.read_bytes()))
        file.flush()
        return read(Path(file.name), path.name)
