"""What an audit needs of stored documents, put together from their records."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tokenizers import Tokenizer

from evqa.cited_statements import cited_statements
from evqa.model import Document, Passage
from evqa.support import Cited
from index.embedding import embedding_key
from index.folder import RECORDS, existing_folder, model_folder
from index.likeness import likeness, read_tokenizer
from index.store import Store, indexed_text, opened
from index.threads import blas


def stored_citations(home: Path, name: str) -> Iterator[Cited]:
    """Every document of a corpus as an audit sees it, in order of ingestion.

    Raises CorpusError if the corpus doesn't exist or its records are damaged, ModelError if its query model is gone.
    """
    with closing(opened(existing_folder(home, name) / RECORDS)) as store:
        tokenizer = read_tokenizer(model_folder(home, store.fact("fingerprint")))
        for row in store.rows():
            if document := store.document(row.id):
                yield citations_of(store, document, tokenizer)


def citations_of(store: Store, document: Document, tokenizer: Tokenizer) -> Cited:
    """One document as an audit sees it. Every embedding must be stored."""
    found = (Passage.model_validate_json(body) for body, _ in store.passage_bodies(document.id))
    passages = sorted(found, key=lambda each: (each.start, each.end))
    statements = cited_statements(document, passages)
    used = sorted({place for each in statements for place in (*each.own, *each.near)})
    fingerprint = store.fact("fingerprint")
    embeddings = [store.embedding(embedding_key(fingerprint, indexed_text(each))) for each in passages]
    with blas().limit(limits=1, user_api="blas"):
        held = likeness(document, passages, embeddings, used, tokenizer)
    return Cited(document, statements, tuple(passages), held)
