"""Encode questions with ONNX Runtime and tokenizers, without PyTorch."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Encoding, Tokenizer

from evqa.errors import ModelError
from index.models.embedding import Embedding, Floats, Integers
from index.models.inference import inference
from index.models.windows import Specials, embeddings, encodings, specials_of

MODEL, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "model.json"


def first_line(error: Exception) -> str:
    """The first line of an error's message, or the name of its class if the message is empty."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]


@dataclass(frozen=True)
class Encoded:
    """An encoded question: `pooled` (dim,) and, for each of its n word pieces, a vector in `tokens` (n, dim), the
    piece, the number of its word (ascending), and its start and end in the text.

    Vectors are float32 of length 1. Special tokens are left out.
    """

    text: str
    pooled: Floats
    tokens: Floats
    pieces: tuple[str, ...]
    words: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]

    @property
    def surface(self) -> tuple[str, ...]:
        """The text of each piece as the question has it."""
        return tuple(self.text[start:end] for start, end in self.offsets)


class Encoder:
    """The query model in a folder. Raises ModelError if it is missing or can't be loaded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with loading(folder):
            card = json.loads((folder / CARD).read_text())
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._window: int = card["window"]
        self._prompt: str = card["prompt"]
        self._specials: Specials = specials_of(self._tokenizer)

    @cached_property
    def _session(self) -> Any:
        with loading(self._folder):
            return inference(self._folder / MODEL)

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode each text, in order. Long texts are encoded in several windows; none is cut."""
        encoded = encodings(self._tokenizer, [self._prompt + text for text in texts])
        vectors = embeddings(encoded, self._specials, self._window, self._forward)
        return [self._question(*each) for each in zip(texts, encoded, vectors, strict=True)]

    def _question(self, text: str, encoded: Encoding, vector: Embedding) -> Encoded:
        before = len(self._prompt)
        own = [place for place, (_, end) in enumerate(encoded.offsets) if end > before]
        return Encoded(
            text,
            vector.pooled,
            vector.tokens[own].astype(np.float32),
            tuple(encoded.tokens[place] for place in own),
            tuple(encoded.word_ids[place] or 0 for place in own),
            tuple((max(0, start - before), end - before) for start, end in (encoded.offsets[place] for place in own)),
        )

    def is_common(self, word: str) -> bool:
        """Whether the model knows the word as one piece."""
        return self._tokenizer.token_to_id(word) is not None

    def _forward(self, ids: Integers, mask: Integers) -> tuple[Floats, Floats]:
        tokens, pooled = self._session.run(["tokens", "pooled"], {"input_ids": ids, "attention_mask": mask})
        return tokens, pooled


@contextmanager
def loading(folder: Path) -> Iterator[None]:
    """Turn any failure to load the query model into ModelError."""
    try:
        yield
    except Exception as error:
        # Both libraries raise kinds of their own, derived from Exception, for files that they can't read.
        step = "delete that folder and ask again"
        raise ModelError(folder, "the query model in it can't be loaded", step, first_line(error)) from error
