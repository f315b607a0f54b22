"""Collect what an audit needs of a stored document from the records."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from evqa.audit.cited_statements import cited_statements
from evqa.audit.support import Cited
from evqa.model import Document, Passage, Placement
from index.disk.folder import RECORDS, existing_folder, model_folder
from index.models.embedding import Embedding, embedding_key, indexed_text
from index.models.encode import PieceReader
from index.models.inference import blas
from index.search.likeness import StoredVectors, likeness
from index.store.placing import placements
from index.store.store import Store, opened

# A cited paper is compared by its abstract or, if it has none, by this many of its first passages.
FIRST = 12


def stored_citations(home: Path, name: str) -> Iterator[Cited]:
    """Every document of a corpus that isn't a cited paper, as an audit needs it, in order of ingestion.

    Raises CorpusError if the corpus doesn't exist or its records are damaged, ModelError if its query model is gone.
    """
    with closing(opened(existing_folder(home, name) / RECORDS)) as store:
        pieces = PieceReader(model_folder(home, store.fact("fingerprint")))
        placed = placements(store)
        for each in placed:
            if each.kind == "review" and (document := store.document(each.document)):
                yield citations_of(store, document, papers_of(document, placed), pieces)


def papers_of(document: Document, placed: Sequence[Placement]) -> Mapping[int, str]:
    """The ids of the stored papers that a document cites, by reference number."""
    return {
        each.reference: each.document
        for each in placed
        if each.review == document.id and each.kind == "paper" and each.reference is not None
    }


def citations_of(store: Store, document: Document, papers: Mapping[int, str], pieces: PieceReader) -> Cited:
    """One document as an audit needs it, with the papers that it cites. Every embedding must be stored."""
    passages = passages_of(store, document.id)
    statements = cited_statements(document, passages)
    used = sorted({place for each in statements for place in (*each.own, *each.near)})
    embeddings = [_embedding(store, each) for each in passages]
    texts = {
        place: [_embedding(store, each) for each in _telling(passages_of(store, papers[entry.number]))]
        for place, entry in enumerate(document.references)
        if entry.number in papers
    }
    with blas().limit(limits=1, user_api="blas"):
        held = likeness(StoredVectors(document, passages, embeddings, used, texts), pieces)
    return Cited(document, statements, tuple(passages), held, frozenset(texts))


def passages_of(store: Store, document: str) -> list[Passage]:
    """The passages of a stored document in the order of its text."""
    found = (Passage.model_validate_json(body) for body, _ in store.passage_bodies(document))
    return sorted(found, key=lambda each: (each.start, each.end))


def _telling(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that say best what a paper is about."""
    abstract = [each for each in passages if each.kind == "abstract"]
    return abstract or [each for each in passages if each.kind == "prose"][:FIRST]


def _embedding(store: Store, passage: Passage) -> Embedding:
    return store.embedding(embedding_key(store.fact("fingerprint"), indexed_text(passage)))
