"""PaperQA2: `Docs` with its default text index; no language model is called, as citation and name are given."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lmi import SentenceTransformerEmbeddingModel
from paperqa import Doc, Docs, Settings, Text


class Peer:
    """See `run_adapter.py`."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._embedder = SentenceTransformerEmbeddingModel(name=task["model"])
        self._settings = Settings()
        self._settings.parsing.use_doc_details = False
        self._depth: int = task["depth"]
        self._work = Path(task["work"])

    def index(self, document: dict[str, Any]) -> dict[str, Callable[[str], Any]]:
        """Dense search of a document."""
        docs = asyncio.run(self._indexed(document))
        return {"dense": lambda question: asyncio.run(self._search(docs, question))}

    async def _indexed(self, document: dict[str, Any]) -> Any:
        docs, name = Docs(), document["name"]
        if document["passages"] is None:
            file = self._work / f"{name}.txt"
            file.write_text(document["text"], encoding="utf-8")
            await docs.aadd(file, citation=name, docname=name, settings=self._settings, embedding_model=self._embedder)
        else:
            doc = Doc(docname=name, dockey=name, citation=name)
            texts = [
                Text(text=text, name=f"{name} passage {place}", doc=doc)
                for place, text in enumerate(document["passages"])
            ]
            await docs.aadd_texts(texts, doc, settings=self._settings, embedding_model=self._embedder)
        # Builds the index, which else the first question would wait for.
        await docs.retrieve_texts(name, self._depth, self._settings, self._embedder)
        return docs

    async def _search(self, docs: Any, question: str) -> Any:
        """What `Docs.retrieve_texts` does, with the scores."""
        texts, scores = await docs.texts_index.max_marginal_relevance_search(
            question, k=self._depth, fetch_k=2 * self._depth, embedding_model=self._embedder
        )
        hits = [(score, text.text) for text, score in zip(texts, scores, strict=True)]
        return hits[: self._depth], None
