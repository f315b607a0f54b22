"""haiku.rag: its store on LanceDB with hybrid search; vectors come from the lent embedding service."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docling_core.types.doc.document import DoclingDocument
from haiku.rag.client import HaikuRAG
from haiku.rag.config import AppConfig
from haiku.rag.store.models.chunk import Chunk

DIMENSION = 384


class Peer:
    """See `run_adapter.py`. All that is asynchronous runs in one event loop, to which the store's locks belong."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._depth: int = task["depth"]
        self._work = Path(task["work"])
        self._config = AppConfig()
        model = self._config.embeddings.model
        model.provider, model.name, model.vector_dim = "openai", "all-MiniLM-L6-v2", DIMENSION
        model.base_url, model.api_key = task["embedding_service"], "none"
        self._loop = asyncio.new_event_loop()

    def index(self, document: dict[str, Any]) -> dict[str, Callable[[str], Any]]:
        """Hybrid search of a document's passages."""
        client = self._loop.run_until_complete(self._indexed(document))
        return {"hybrid": lambda question: self._loop.run_until_complete(self._search(client, question))}

    async def _indexed(self, document: dict[str, Any]) -> Any:
        client = HaikuRAG(self._work / f"{document['name']}.lancedb", config=self._config, create=True)
        await client.__aenter__()
        chunks = [Chunk(content=text, order=place) for place, text in enumerate(document["passages"])]
        await client.import_document(DoclingDocument(name=document["name"]), chunks, title=document["name"])
        return client

    async def _search(self, client: Any, question: str) -> Any:
        results = await client.search(question, limit=self._depth, include_images=False)
        return [(result.score, result.content) for result in results], None
