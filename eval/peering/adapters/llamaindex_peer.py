"""LlamaIndex: `BM25Retriever`, `VectorStoreIndex`, and both in `QueryFusionRetriever` without made-up questions."""

from collections.abc import Callable
from typing import Any

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever


class Peer:
    """See `run_adapter.py`."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._depth: int = task["depth"]
        self._embedder = HuggingFaceEmbedding(model_name=task["model"])
        self._splitter = SentenceSplitter()

    def index(self, document: dict[str, Any]) -> dict[str, Callable[[str], Any]]:
        """Three ways of searching a document."""
        if document["passages"] is None:
            nodes = self._splitter.get_nodes_from_documents([Document(text=document["text"])])
        else:
            nodes = [TextNode(id_=str(place), text=text) for place, text in enumerate(document["passages"])]
        by_words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=min(self._depth, len(nodes)))
        index = VectorStoreIndex(nodes, embed_model=self._embedder)
        by_meaning = index.as_retriever(similarity_top_k=self._depth)
        # With one query the model is never asked, but the class wants one.
        both = QueryFusionRetriever(
            [by_words, by_meaning],
            llm=MockLLM(),
            mode="reciprocal_rerank",
            num_queries=1,
            similarity_top_k=self._depth,
            use_async=False,
        )

        def hybrid(question: str) -> Any:
            joined = _hits(both.retrieve(question))
            # A score of joined ranks is the same for every question.
            return joined, by_meaning.retrieve(question)[0].score

        return {
            "bm25": lambda question: (_hits(by_words.retrieve(question)), None),
            "dense": lambda question: (_hits(by_meaning.retrieve(question)), None),
            "hybrid": hybrid,
        }


def _hits(nodes: Any) -> list[tuple[float, str]]:
    return [(node.score or 0.0, node.node.get_content()) for node in nodes]
