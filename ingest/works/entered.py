"""Put what a library of references says of a file into the document that was read from it."""

from collections.abc import Sequence

from evqa.model import Document, LibraryEntry, Passage


def entered(
    document: Document, passages: Sequence[Passage], entry: LibraryEntry
) -> tuple[Document, tuple[Passage, ...]]:
    """The document and its passages under the entry's title, authors, year and DOI, as far as it has them."""
    told = {"title": entry.title, "author": entry.author, "year": entry.year, "DOI": entry.DOI}
    known = {field: value for field, value in told.items() if value}
    named = document.model_copy(update={**known, "library": entry})
    home = {"title": named.title, "link": entry.link}
    return named, tuple(
        each.model_copy(update={"document": each.document.model_copy(update=home)}) for each in passages
    )
