"""Audits an open corpus: each document that cites and isn't itself a cited paper."""

from collections.abc import Iterator

from evqa.audit.audit import together
from evqa.audit.records import Audit
from evqa.corpus.corpus import Corpus
from evqa.errors import CorpusError
from evqa.model import Outline


def audited(corpus: Corpus) -> Audit:
    """The audit of the corpus. Papers that another document cites are left out.

    Raises CorpusError for a document that was indexed while its query model was missing, and so wasn't audited.
    """
    return together(tuple(_audits(corpus)))


def _audits(corpus: Corpus) -> Iterator[Audit]:
    for outline in citing(corpus):
        found = corpus.audit(outline.document.id)
        if found is None:
            raise CorpusError(
                f"{outline.source.name} in corpus {corpus.state.name!r}",
                "not audited, since it was indexed while its query model was gone",
                "remove it with `evqa remove` and ingest it again",
            )
        yield found


def citing(corpus: Corpus) -> list[Outline]:
    """The documents that are audited, in order of ingestion."""
    return [each for each in corpus.outlines() if each.document.kind != "paper" and _cites(each)]


def _cites(outline: Outline) -> bool:
    return bool(outline.integrity.citations or outline.integrity.unresolved)
