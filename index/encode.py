"""Questions to vectors by ONNX Runtime and tokenizers, without PyTorch."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from evqa.errors import ModelError
from index.embedding import Floats, Integers
from index.windows import Specials, embeddings, encodings, specials_of

MODEL, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "model.json"


def first_line(error: Exception) -> str:
    """The first line of an error's message, or its kind where it has none."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]


@dataclass(frozen=True)
class Encoded:
    """A question: `pooled` (dim,), `tokens` (n, dim), the n word pieces and what each covers of the text.

    Vectors are float32 of length 1; special tokens are left out.
    """

    pooled: Floats
    tokens: Floats
    pieces: tuple[str, ...]
    surface: tuple[str, ...]


class Encoder:
    """The query model in a folder. Raises ModelError if it isn't there or can't be loaded."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread: the same bits whatever else the machine does, and no slower for one question.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 4
        try:
            card = json.loads((folder / CARD).read_text())
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            providers = ["CPUExecutionProvider"]
            self._session: Any = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=providers)
        except Exception as error:
            # Both libraries raise bare Exception subclasses of their own for unreadable files.
            raise ModelError(
                f"query model in {folder} can't be loaded ({first_line(error)}): delete that folder and ask again"
            ) from error
        self._window: int = card["window"]
        self._prompt: str = card["prompt"]
        self._specials: Specials = specials_of(self._tokenizer)

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Each text encoded, in order; long ones by windows, none is cut."""
        prompted = [self._prompt + text for text in texts]
        encoded = encodings(self._tokenizer, prompted)
        vectors = embeddings(encoded, self._specials, self._window, self._forward)
        found = []
        for text, tokens, vector in zip(prompted, encoded, vectors, strict=True):
            own = [place for place, (_, end) in enumerate(tokens.offsets) if end > len(self._prompt)]
            found.append(
                Encoded(
                    vector.pooled,
                    vector.tokens[own].astype(np.float32),
                    tuple(tokens.tokens[place] for place in own),
                    tuple(text[slice(*tokens.offsets[place])] for place in own),
                )
            )
        return found

    def _forward(self, ids: Integers, mask: Integers) -> tuple[Floats, Floats]:
        tokens, pooled = self._session.run(["tokens", "pooled"], {"input_ids": ids, "attention_mask": mask})
        return tokens, pooled
