"""Haystack: an in-memory document store, searched by words, by embeddings, and by both with `DocumentJoiner`."""

from collections.abc import Callable
from typing import Any

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)


class Peer:
    """See `run_adapter.py`."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._depth: int = task["depth"]
        self._documents = SentenceTransformersDocumentEmbedder(model=task["model"], progress_bar=False)
        self._question = SentenceTransformersTextEmbedder(model=task["model"], progress_bar=False)
        self._splitter = DocumentSplitter()
        for component in (self._documents, self._question, self._splitter):
            component.warm_up()
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=self._depth)

    def index(self, document: dict[str, Any]) -> dict[str, Callable[[str], Any]]:
        """Three ways of searching a document."""
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        if document["passages"] is None:
            pieces = self._splitter.run([Document(content=document["text"])])["documents"]
        else:
            pieces = [Document(id=str(place), content=text) for place, text in enumerate(document["passages"])]
        store.write_documents(self._documents.run(pieces)["documents"])
        by_words = InMemoryBM25Retriever(store, top_k=self._depth)
        by_meaning = InMemoryEmbeddingRetriever(store, top_k=self._depth)

        def bm25(question: str) -> Any:
            return by_words.run(query=question)["documents"]

        def dense(question: str) -> Any:
            embedding = self._question.run(question)["embedding"]
            return by_meaning.run(query_embedding=embedding)["documents"]

        def hybrid(question: str) -> Any:
            near = dense(question)
            joined = self._joiner.run(documents=[bm25(question), near])["documents"]
            # A score of joined ranks is the same for every question.
            return _hits(joined), near[0].score

        return {
            "bm25": lambda question: (_hits(bm25(question)), None),
            "dense": lambda question: (_hits(dense(question)), None),
            "hybrid": hybrid,
        }


def _hits(documents: Any) -> list[tuple[float, str]]:
    return [(document.score, document.content) for document in documents]
