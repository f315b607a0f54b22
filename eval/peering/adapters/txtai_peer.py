"""txtai: `Embeddings` as by default, and with `hybrid=True`."""

from collections.abc import Callable
from typing import Any

from txtai import Embeddings
from txtai.pipeline import Segmentation


class Peer:
    """See `run_adapter.py`."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._depth: int = task["depth"]
        self._model: str = task["model"]
        self._split = Segmentation(paragraphs=True)
        # Loads the model once for all indexes.
        self._models: dict[str, Any] = {}

    def index(self, document: dict[str, Any]) -> dict[str, Callable[[str], Any]]:
        """Two ways of searching a document."""
        texts = document["passages"]
        if texts is None:
            texts = self._split(document["text"])
        return {name: self._searcher(texts, name == "hybrid") for name in ("dense", "hybrid")}

    def _searcher(self, texts: list[str], is_hybrid: bool) -> Callable[[str], Any]:
        embeddings = Embeddings(path=self._model, content=True, hybrid=is_hybrid, models=self._models)
        embeddings.index(list(texts))

        def search(question: str) -> Any:
            return [(found["score"], found["text"]) for found in embeddings.search(question, self._depth)], None

        return search
