"""What a model makes of one text."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Embedding:
    """`pooled` (dim,) float32 of length 1; `tokens` (n, dim) float16, each of length 1, special tokens left out."""

    pooled: Floats
    tokens: Halves


def embedding_key(fingerprint: str, text: str) -> str:
    """Hexadecimal SHA-256 of the model's fingerprint and the text: what an embedding is stored under."""
    return hashlib.sha256(f"{fingerprint}\n{text}".encode()).hexdigest()


def unit(vectors: Floats) -> Floats:
    """The vectors (…, dim) scaled to length 1; a null vector stays null."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled
