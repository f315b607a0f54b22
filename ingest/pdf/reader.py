"""Read PDF files with a text layer, and by OCR those without."""

from collections.abc import Sequence

from evqa.model import Document, RecognisedPage, Source
from ingest.assembly import document_from
from ingest.markers.following import Place
from ingest.pdf.file.extract import losses, named, opened
from ingest.pdf.known.records import MARK, unread
from ingest.pdf.ocr.recognise import recognised
from ingest.pdf.parts.evidence import evidence
from ingest.pdf.pieces import pieces


def read_pdf(data: bytes, source: Source, ocr: bool = False) -> Document:
    """Read a PDF as a document. With `ocr` the text of pages that are pictures is recognised.

    Raises InputError if it is encrypted, damaged, too large or has no text layer, ExtraError if OCR isn't installed.
    """
    file = opened(data, source.name, recognised if ocr else None)
    places = {f"{MARK}{i}": Place(one.name, one.page) for i, one in enumerate(file.known.destinations)}
    document = document_from(pieces(file.pages, file.known), source, places, evidence(file.known.metadata, file.pages))
    told = tuple(RecognisedPage(page=p.number, confidence=p.confidence) for p in file.pages if p.confidence is not None)
    warnings = (
        *_notice(told, len(file.pages)),
        *losses(data, file.pages),
        *unread(file.known),
        *document.integrity.warnings,
    )
    report = document.integrity.model_copy(update={"recognised": told, "warnings": warnings})
    return document.model_copy(update={"integrity": report})


def _notice(told: Sequence[RecognisedPage], count: int) -> list[str]:
    """Say which pages' text was recognised, and how surely."""
    if not told:
        return []
    where = named([page.page for page in told])
    mean = sum(page.confidence for page in told) / len(told)
    return [f"text of {where} of {count} recognised (OCR), mean confidence {mean:.2f}: check numbers against the page"]
