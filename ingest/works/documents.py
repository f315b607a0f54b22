"""Documents made of what a source knows of a cited work: its abstract, or its text as JATS with its licence."""

from hashlib import sha256

from evqa.model import Document, Source
from evqa.works.records import ABSTRACT, TEXT, FoundWork
from ingest.document import Metadata, document_of
from ingest.jats.reader import read_jats
from ingest.structure.draft import DraftBlock


def abstract_document(work: FoundWork) -> Document | None:
    """A work's abstract under its title, as a document; None unless both are known."""
    if not work.abstract or not work.title:
        return None
    drafts = [
        DraftBlock("title", work.title),
        *(DraftBlock("abstract", each) for each in work.abstract.split("\n") if each),
    ]
    year = work.issued.date_parts[0][0] if work.issued else None
    metadata = Metadata(work.title, work.author, year, work.DOI, work.license)
    # Two works may share an abstract such as "None.", and documents are told apart by their content.
    content = "\n".join((work.DOI or "", work.title, work.abstract)).encode()
    return document_of(drafts, metadata, _source(work, content, ABSTRACT))


def text_document(work: FoundWork, jats: bytes) -> Document:
    """A work's full text as a document, under the DOI and licence that its source gives. Raises InputError if the bytes
    aren't JATS that can be read."""
    document = read_jats(jats, _source(work, jats, TEXT))
    update = {"DOI": work.DOI or document.DOI, "license": document.license or work.license}
    return document.model_copy(update={name: value for name, value in update.items() if value})


def _source(work: FoundWork, content: bytes, media_type: str) -> Source:
    """Where it comes from, in place of a file's name: a text takes the place of the abstract of the same work."""
    name = f"{work.DOI or work.PMID or (work.title or '')[:80]} ({work.source})"
    return Source(name=name, sha256=sha256(content).hexdigest(), media_type=media_type)
