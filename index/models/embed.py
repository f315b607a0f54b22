"""Embed many texts with sentence-transformers. Loading it takes seconds, so only ingest imports this module."""

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
    """A loaded embedding model: texts in, pooled and token vectors out."""

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
        """The model's tokenizer, set to neither cut nor pad."""
        from tokenizers import Tokenizer

        shared = getattr(self.model.tokenizer, "backend_tokenizer", None)
        if shared is None:
            step = "choose a model with a fast tokenizer"
            raise ModelError(f"model {self.name!r}", "has no tokenizer.json", step)
        # A copy: the model's own is set to cut and pad whenever the model is asked.
        tokenizer: Tokenizer = Tokenizer.from_str(shared.to_str())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def fingerprint(self) -> str:
        """Identifies the model: 16 hexadecimal digits of the SHA-256 of weights, tokenizer, window and prompts."""
        digest = hashlib.sha256(self.tokenizer.to_str().encode())
        digest.update(f"{self.window} {self.prompt!r} {self.question_prompt!r} {shape(self.model)}".encode())
        for name, weights in sorted(self.model.state_dict().items()):
            digest.update(name.encode())
            digest.update(weights.contiguous().numpy().data)
        return digest.hexdigest()[:16]

    def embed(self, texts: Sequence[str]) -> list[Embedding]:
        """Embed each text, in order. A text longer than the window is embedded in several windows; none is cut."""
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
    """bfloat16 arithmetic if the processor has it, else float32."""
    import torch

    flags = torch.cpu.get_capabilities()
    if any(flags.get(name) for name in BFLOAT16):
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return nullcontext()


def shape(model: Any) -> list[tuple[str, str]]:
    """Name and kind of pooling of each step of the model, which the weights don't tell."""
    return [(type(module).__name__, str(getattr(module, "pooling_mode", ""))) for module in model]


def load_embedder(name: str) -> Embedder:
    """Load an embedding model by the default's name, a sentence-transformers name, or a folder.

    The default and folders need no network. Raises ModelError if the model can't be found or loaded.
    """
    model = Pretrained(name, "EVQA_MODEL", "sentence-transformers").loaded(loaded)
    return Embedder(name, model.float().eval())


def loaded(source: str, local: bool) -> Any:
    """Load a model from a folder or by its name; without a network if `local`."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(source, device="cpu", local_files_only=local)
