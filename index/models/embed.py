"""Embedding of many texts by sentence-transformers. Importing it costs seconds: only ingest comes here."""

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evqa.errors import ModelError
from index.models.embedding import Embedding, Floats, Integers
from index.models.pretrained import Pretrained
from index.models.windows import embeddings, encodings, specials_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BFLOAT16 = ("amx_bf16", "avx512_bf16", "bf16", "sve_bf16")
LONGEST_WINDOW = 8192


class Embedder:
    """A loaded model: texts in, pooled and token vectors out. `fingerprint` identifies weights and tokens."""

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self.model = model
        self.window = min(int(model.get_max_seq_length() or 512), LONGEST_WINDOW)
        self.prompt = str((model.prompts or {}).get("document") or "")
        self.question_prompt = str((model.prompts or {}).get("query") or "")

    @property
    def dimension(self) -> int:
        """Dimension of the pooled and of the token vectors."""
        return int(self.model.get_embedding_dimension())

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        """The model's own tokenizer, which neither cuts nor pads."""
        from tokenizers import Tokenizer

        shared = getattr(self.model.tokenizer, "backend_tokenizer", None)
        if shared is None:
            raise ModelError(f"model {self.name!r} has no tokenizer.json: choose a model with a fast tokenizer")
        # A copy: the model's own is set to cut and pad whenever the model is asked.
        tokenizer: Tokenizer = Tokenizer.from_str(shared.to_str())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def fingerprint(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of weights, tokenizer, window and prompts."""
        digest = hashlib.sha256(self.tokenizer.to_str().encode())
        digest.update(f"{self.window} {self.prompt!r} {self.question_prompt!r} {shape(self.model)}".encode())
        for name, weights in sorted(self.model.state_dict().items()):
            digest.update(name.encode())
            digest.update(weights.contiguous().numpy().data)
        return digest.hexdigest()[:16]

    def embed(self, texts: Sequence[str]) -> list[Embedding]:
        """One embedding a text, in order. Long texts are embedded by windows, none is cut."""
        encoded = encodings(self.tokenizer, [self.prompt + text for text in texts])
        return embeddings(encoded, specials_of(self.tokenizer), self.window, self._forward)

    def _forward(self, ids: Integers, mask: Integers) -> tuple[Floats, Floats]:
        import torch

        features: dict[str, Any] = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        with torch.inference_mode():
            with precision():
                features = self.model[0](features)
            features["token_embeddings"] = features["token_embeddings"].float()
            for module in list(self.model)[1:]:
                features = module(features)
        return features["token_embeddings"].numpy(), features["sentence_embedding"].float().numpy()


def precision() -> AbstractContextManager[Any]:
    """bfloat16 arithmetic where the processor has it, else float32."""
    import torch

    flags = torch.cpu.get_capabilities()
    if any(flags.get(name) for name in BFLOAT16):
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return nullcontext()


def shape(model: Any) -> list[tuple[str, str]]:
    """The model's steps with their ways of pooling, which its weights don't show."""
    return [(type(module).__name__, str(getattr(module, "pooling_mode", ""))) for module in model]


def load_embedder(name: str) -> Embedder:
    """Loads a model; the default and folders never touch a network.

    `name` is the default's, or any sentence-transformers name or folder. Raises ModelError if it can't be had.
    """
    model = Pretrained(name, "EVQA_MODEL", "sentence-transformers").loaded(loaded)
    return Embedder(name, model.float().eval())


def loaded(source: str, local: bool) -> Any:
    """The model in a folder or of a name; from the disk alone where `local`."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(source, device="cpu", local_files_only=local)
