"""The audit of an open corpus: of each document in it that stands on its own and cites."""

from collections.abc import Iterator

from evqa.audit import together
from evqa.audit_records import Audit, FailedAudit
from evqa.model import Outline
from evqa.retriever import Retriever
from index.audited import NOT_MADE


def audited(retriever: Retriever) -> Audit:
    """What is found in the corpus; papers that another of its documents cites aren't looked at.

    A document that couldn't be audited is among the `failed`, with the reason.
    """
    return together(tuple(_audits(retriever)))


def _audits(retriever: Retriever) -> Iterator[Audit]:
    for outline in citing(retriever):
        found = retriever.audit(outline.document.id)
        yield found or Audit(failed=(FailedAudit(document=outline.document.id, reason=NOT_MADE),))


def citing(retriever: Retriever) -> list[Outline]:
    """The documents that are audited, in order of ingestion."""
    return [each for each in retriever.outlines() if each.document.kind != "paper" and _cites(each)]


def _cites(outline: Outline) -> bool:
    return bool(outline.integrity.citations or outline.integrity.unresolved)
