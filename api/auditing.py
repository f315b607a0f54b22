"""The audit of an open corpus: of each document in it that stands on its own and cites."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from evqa.audit import audit, together
from evqa.audit_records import Audit
from evqa.errors import BusyError
from evqa.model import Outline
from evqa.retriever import Retriever
from index.auditing import citations_of
from index.folder import RECORDS, existing_folder, model_folder
from index.likeness import read_tokenizer
from index.store import Store, opened


def audited(retriever: Retriever, home: Path) -> Audit:
    """What is found in the corpus; papers that another of its documents cites aren't looked at.

    Raises CorpusError if its records are damaged, ModelError if its query model is gone, BusyError while an ingest is
    replacing or removing a document.
    """
    name = retriever.state.name
    with closing(opened(existing_folder(home, name) / RECORDS)) as store:
        return together(tuple(_audits(retriever, store, home)))


def _audits(retriever: Retriever, store: Store, home: Path) -> Iterator[Audit]:
    tokenizer = read_tokenizer(model_folder(home, store.fact("fingerprint")))
    for outline in citing(retriever):
        document = store.document(outline.document.id)
        if document is None:
            where = f"document {outline.document.id!r} is being replaced in {retriever.state.name}"
            raise BusyError(f"{where}; ask again in a few seconds")
        yield audit(citations_of(store, document, tokenizer))


def citing(retriever: Retriever) -> list[Outline]:
    """The documents that are audited, in order of ingestion."""
    return [each for each in retriever.outlines() if each.document.kind != "paper" and _cites(each)]


def _cites(outline: Outline) -> bool:
    return bool(outline.integrity.citations or outline.integrity.unresolved)
