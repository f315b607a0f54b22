"""Put faults into an article's bibliography: an entry printed twice, an entry left out, a marker beyond the list."""

from collections.abc import Callable

import numpy as np

from evqa.audit.bookkeeping import bookkeeping
from evqa.audit.cited_statements import cited_statements
from evqa.audit.records import Bookkeeping, Kind
from evqa.audit.support import Cited
from evqa.model import Citation, Document, Reference, Unresolved
from ingest.integrity import examine

Draws = np.random.Generator


def entry_twice(document: Document, draws: Draws) -> tuple[Document, tuple[int, ...]]:
    """Print an entry again at the end, under the next number. Returns the numbers that an audit should name, too."""
    entry = document.references[int(draws.integers(len(document.references)))]
    number = max(each.number for each in document.references) + 1
    again = entry.model_copy(update={"number": number, "start": None, "end": None})
    return _examined(document, (*document.references, again), document.citations), (entry.number, number)


def entry_left_out(document: Document, draws: Draws) -> tuple[Document, tuple[int, ...]]:
    """Leave an entry out, so its number is missing. Never the last one: nothing shows that it is missing."""
    gone = document.references[int(draws.integers(len(document.references) - 1))].number
    kept = tuple(each for each in document.references if each.number != gone)
    return _examined(document, kept, document.citations), (gone,)


def marker_beyond(document: Document, draws: Draws) -> tuple[Document, tuple[int, ...]]:
    """Let a marker cite a number beyond the end of the list."""
    number = max(each.number for each in document.references) + int(draws.integers(1, 20))
    citation = document.citations[int(draws.integers(len(document.citations)))]
    kept = tuple(each for each in document.citations if each is not citation)
    reason = f"the list ends at {len(document.references)}"
    missing = Unresolved(
        marker=citation.marker, start=citation.start, end=citation.end, missing=(number,), reason=reason
    )
    return _examined(document, document.references, kept, missing), (number,)


LIST_FAULTS: dict[Kind, Callable[[Document, Draws], tuple[Document, tuple[int, ...]]]] = {
    "duplicate": entry_twice,
    "numbering": entry_left_out,
    "beyond_list": marker_beyond,
}


def is_named(cited: Cited, kind: Kind, draws: Draws) -> bool:
    """Whether the audit names the fault that was put into the document."""
    document, numbers = LIST_FAULTS[kind](cited.document, draws)
    findings: tuple[Bookkeeping, ...] = bookkeeping(
        cited._replace(document=document, statements=cited_statements(document, cited.passages))
    )
    return any(finding.kind == kind and set(numbers) <= set(finding.references) for finding in findings)


def _examined(
    document: Document, references: tuple[Reference, ...], citations: tuple[Citation, ...], *unresolved: Unresolved
) -> Document:
    """The document with the integrity report that its reader would give for such a list."""
    report = examine(references, citations, [*document.integrity.unresolved, *unresolved], document.tables)
    return document.model_copy(update={"references": references, "citations": citations, "integrity": report})
