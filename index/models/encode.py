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
from index.models.embedding import Floats, Integers
from index.models.format import Format, Specials
from index.models.inference import inference
from index.models.pieces import Pieces, is_one_piece, pieces_of
from index.models.windows import Vectors, ahead_of, encodings, mean_of, specials_of, vectors_of

MODEL, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "model.json"


def first_line(error: Exception) -> str:
    """The first line of an error's message, or the name of its class if the message is empty."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]


@dataclass(frozen=True)
class Encoded:
    """An encoded question: `pooled` (dim,) and, for each of its n word pieces, a vector in `tokens` (n, dim), the
    piece, the number of its word (ascending), and its start and end in the text.

    Vectors are float32 of length 1. Special tokens are left out; `around` (k, dim) are the vectors that a multi-vector
    model gives for them, for its prompt and for the tokens that it expands a question with, and that count as well.
    """

    text: str
    pooled: Floats
    tokens: Floats
    pieces: tuple[str, ...]
    words: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    around: Floats | None = None

    @property
    def surface(self) -> tuple[str, ...]:
        """The text of each piece as the question has it."""
        return tuple(self.text[start:end] for start, end in self.offsets)


class PieceReader:
    """Splits passages as the query model in a folder does, into the pieces that have stored vectors.

    Raises ModelError if the model is missing or can't be loaded.
    """

    def __init__(self, folder: Path) -> None:
        with loading(folder):
            # An earlier version's card says nothing of passages.
            told = json.loads((folder / CARD).read_text()).get("passages", {})
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._prompt: str = told.get("prompt", "")
        self._skipped = frozenset(told.get("skipped", ()))

    def read(self, text: str) -> Pieces:
        """The pieces of a text that have vectors, in order."""
        whole = self._prompt + text
        encoded = self._tokenizer.encode(whole, add_special_tokens=False)
        ahead = ahead_of(encoded, self._prompt)
        pieces = pieces_of(encoded, whole, self._tokenizer)
        kept = [place for place, each in enumerate(pieces.ids) if place >= ahead and each not in self._skipped]
        return pieces.only(kept).after(len(self._prompt))


class Encoder:
    """The query model in a folder. Raises ModelError if it is missing or can't be loaded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with loading(folder):
            card = json.loads((folder / CARD).read_text())
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._takes = Format.of_card(card)
        self._specials: Specials = specials_of(self._tokenizer)

    @cached_property
    def _session(self) -> Any:
        with loading(self._folder):
            return inference(self._folder / MODEL)

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode each text, in order. Long texts are encoded in several windows; none is cut."""
        encoded = encodings(self._tokenizer, [self._takes.prompt + text for text in texts])
        vectors = vectors_of(encoded, self._specials, self._takes, self._forward)
        return [self._question(*each) for each in zip(texts, encoded, vectors, strict=True)]

    def _question(self, text: str, encoded: Encoding, vectors: Vectors) -> Encoded:
        takes = self._takes
        ahead = ahead_of(encoded, takes.prompt)
        pieces = pieces_of(encoded, takes.prompt + text, self._tokenizer)
        kept = [place for place, each in enumerate(pieces.ids[ahead:]) if each not in takes.skipped]
        own = pieces.only([ahead + place for place in kept]).after(len(takes.prompt))
        return Encoded(
            text,
            mean_of(vectors.counted(kept)) if takes.every else vectors.pooled,
            vectors.tokens[kept].astype(np.float32),
            own.tokens,
            own.words,
            own.offsets,
            vectors.around.astype(np.float32) if takes.every else None,
        )

    def is_common(self, word: str) -> bool:
        """Whether the model knows the word as one piece."""
        return is_one_piece(word, self._tokenizer)

    def _forward(self, ids: Integers, mask: Integers) -> tuple[Floats, Floats | None]:
        wanted = ["tokens"] if self._takes.every else ["tokens", "pooled"]
        tokens, *pooled = self._session.run(wanted, {"input_ids": ids, "attention_mask": mask})
        return tokens, pooled[0] if pooled else None


@contextmanager
def loading(folder: Path, what: str = "the query model") -> Iterator[None]:
    """Turn any failure to load what is in the folder into ModelError."""
    try:
        yield
    except Exception as error:
        # Both libraries raise kinds of their own, derived from Exception, for files that they can't read.
        step = "delete that folder and ask again"
        raise ModelError(folder, f"{what} in it can't be loaded", step, first_line(error)) from error
