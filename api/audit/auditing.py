"""The audit of an open corpus: of each document in it that stands on its own and cites."""

from collections.abc import Iterator

from evqa.audit.audit import together
from evqa.audit.records import Audit
from evqa.corpus.corpus import Corpus
from evqa.errors import CorpusError
from evqa.model import Outline


def audited(corpus: Corpus) -> Audit:
    """What is found in the corpus; papers that another of its documents cites aren't looked at.

    Raises CorpusError where a document wasn't audited, as the query model was gone when it was indexed.
    """
    return together(tuple(_audits(corpus)))


def _audits(corpus: Corpus) -> Iterator[Audit]:
    for outline in citing(corpus):
        found = corpus.audit(outline.document.id)
        if found is None:
            raise CorpusError(
                f"{outline.source.name} in corpus {corpus.state.name!r} was indexed while its query model was gone,"
                " and so not audited: remove it with `evqa remove` and ingest it again"
            )
        yield found


def citing(corpus: Corpus) -> list[Outline]:
    """The documents that are audited, in order of ingestion."""
    return [each for each in corpus.outlines() if each.document.kind != "paper" and _cites(each)]


def _cites(outline: Outline) -> bool:
    return bool(outline.integrity.citations or outline.integrity.unresolved)
