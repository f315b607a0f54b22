"""Embeddings, the keys they are stored under, and the types of arrays."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evqa.model import Passage

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Halves = NDArray[np.float16]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Embedding:
    """One text embedded: `pooled` (dim,) and `tokens` (n, dim), all vectors of length 1, without special tokens."""

    pooled: Floats
    tokens: Halves


class EmbedsPassages(Protocol):
    """An embedding model by whatever runs it. `fingerprint` identifies weights, tokenizer, window and prompts."""

    @property
    def name(self) -> str:
        """As it was named when it was loaded."""

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits."""

    @property
    def dimension(self) -> int:
        """Dimension of the pooled vectors."""

    @property
    def token_dimension(self) -> int:
        """Dimension of the token vectors."""

    def embed(self, texts: Sequence[str]) -> list[Embedding]:
        """Embed each passage, in order; none is cut."""


def indexed_text(passage: Passage) -> str:
    """What is embedded and indexed of a passage: `indexed`, or its text where that is empty."""
    return passage.indexed or passage.text


def embedding_key(fingerprint: str, text: str) -> str:
    """The key that an embedding is stored under: hexadecimal SHA-256 of the model's fingerprint and the text."""
    return hashlib.sha256(f"{fingerprint}\n{text}".encode()).hexdigest()


def unit(vectors: Floats) -> Floats:
    """Scale vectors (…, dim) to length 1. A null vector stays null."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled
