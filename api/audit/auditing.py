"""Audits an open corpus: each document that cites and isn't itself a cited paper."""

from collections.abc import Iterator

from evqa.audit.audit import together
from evqa.audit.records import Audit, Bookkeeping, FailedAudit
from evqa.corpus.corpus import Corpus
from evqa.model import Outline
from evqa.works.standing import standing_text
from index.generation.audited import NOT_MADE


def audited(corpus: Corpus) -> Audit:
    """The audit of the corpus. Papers that another document cites are left out.

    A document that couldn't be audited is among the `failed`, with the reason.
    """
    return together((*_audits(corpus), Audit(bookkeeping=tuple(_notices(corpus)))))


def _audits(corpus: Corpus) -> Iterator[Audit]:
    for outline in citing(corpus):
        audit = corpus.audit(outline.document.id)
        told = tuple(corpus.verified(outline.document.id))
        yield (
            audit.model_copy(update={"verified": told})
            if audit
            else Audit(failed=(FailedAudit(document=outline.document.id, reason=NOT_MADE),))
        )


def _notices(corpus: Corpus) -> Iterator[Bookkeeping]:
    """Entries of audited documents whose works were retracted, corrected or the like, as far as it was looked up."""
    documents = {outline.document.id for outline in citing(corpus)}
    for entry in corpus.references():
        if entry.document in documents and entry.status and entry.status.notices:
            yield Bookkeeping(
                document=entry.document,
                kind="standing",
                references=(entry.number,),
                detail=f"[{entry.number}] {standing_text(entry.status)}",
            )


def citing(corpus: Corpus) -> list[Outline]:
    """The documents that are audited, in order of ingestion."""
    return [each for each in corpus.outlines() if each.document.kind != "paper" and _cites(each)]


def _cites(outline: Outline) -> bool:
    return bool(outline.integrity.citations or outline.integrity.unresolved)
