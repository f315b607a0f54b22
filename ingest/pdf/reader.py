"""Read PDF files with a text layer, and by OCR those without."""

from collections.abc import Sequence

from evqa.model import Document, RecognisedPage, Source
from ingest.assembly import document_from
from ingest.markers.following import Place
from ingest.pdf.file.extract import losses, named, opened
from ingest.pdf.front.election import elect
from ingest.pdf.front.opening import opening_of
from ingest.pdf.known.records import MARK, unread
from ingest.pdf.ocr.recognise import recognised
from ingest.pdf.pieces import laid_out, pieces_of
from ingest.structure.front import Evidence


def read_pdf(data: bytes, source: Source, ocr: bool = False) -> Document:
    """Read a PDF as a document. With `ocr` the text of pages that are pictures is recognised.

    Raises InputError if it is encrypted, damaged, too large or has no text layer, ExtraError if OCR isn't installed.
    """
    file = opened(data, source.name, recognised if ocr else None)
    places = {f"{MARK}{i}": Place(one.name, one.page) for i, one in enumerate(file.known.destinations)}
    layout = laid_out(file.pages, file.known)
    front = elect(opening_of(layout.paragraphs, layout.margins, file.known))
    evidence = Evidence(front.author, front.year, front.doi)
    document = document_from(pieces_of(layout, front.title, file.known), source, places, evidence)
    told = tuple(RecognisedPage(page=p.number, confidence=p.confidence) for p in file.pages if p.confidence is not None)
    warnings = (
        *_notice(told, len(file.pages)),
        *losses(data, file.pages),
        *unread(file.known),
        *document.integrity.warnings,
    )
    found = {"recognised": told, "front_matter": front.votes, "warnings": warnings}
    return document.model_copy(update={"integrity": document.integrity.model_copy(update=found)})


def _notice(told: Sequence[RecognisedPage], count: int) -> list[str]:
    """Say which pages' text was recognised, and how surely."""
    if not told:
        return []
    where = named([page.page for page in told])
    mean = sum(page.confidence for page in told) / len(told)
    return [f"text of {where} of {count} recognised (OCR), mean confidence {mean:.2f}: check numbers against the page"]
