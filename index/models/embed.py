"""Embed many texts with sentence-transformers. Loading it takes seconds, so only ingest imports this module."""

import hashlib
import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from evqa.errors import ModelError
from index.models.embedding import Embedding, Floats, Integers
from index.models.format import Format
from index.models.network import MULTI, SINGLE, excludes_prompt, formats_of, kind_of, problem_of, shape_of, steps_of
from index.models.pretrained import Pretrained
from index.models.windows import Vectors, ahead_of, encodings, mean_of, specials_of, vectors_of

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

BFLOAT16 = ("amx_bf16", "avx512_bf16", "bf16", "sve_bf16")


class Embedder:
    """A loaded embedding model: texts in, pooled and token vectors out.

    `questions` and `passages` say how it takes these.
    """

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self.model = model
        self.questions, self.passages = formats_of(model)

    @property
    def window(self) -> int:
        """The most tokens of a passage that are embedded at once."""
        return self.passages.window

    @property
    def is_multi_vector(self) -> bool:
        """Whether the model was trained for late interaction and has no pooled vector of its own."""
        return self.passages.every

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
        """Identifies the model: 16 hexadecimal digits of the SHA-256 of weights, tokenizer, windows and prompts."""
        digest = hashlib.sha256(self.tokenizer.to_str().encode())
        asked, told = self.questions, self.passages
        digest.update(f"{told.window} {told.prompt!r} {asked.prompt!r} {shape_of(self.model)}".encode())
        if self.is_multi_vector:
            digest.update(f"{asked!r} {told!r}".encode())
        elif told.prompt:
            # Earlier versions stored vectors of the prompt's tokens, too.
            digest.update(b"without those of the prompt")
        for name, weights in sorted(self.model.state_dict().items()):
            digest.update(name.encode())
            digest.update(weights.contiguous().numpy().data)
        return digest.hexdigest()[:16]

    def embed(self, texts: Sequence[str]) -> list[Embedding]:
        """Embed each passage, in order. A text longer than the window is embedded in several windows; none is cut.

        The token vectors are those that count: of a multi-vector model first those of special tokens and prompt.
        """
        encoded, found = self._vectors(texts, self.passages, precise=False)
        return [self._passage(*each) for each in zip(encoded, found, strict=True)]

    def _passage(self, encoded: "Encoding", found: Vectors) -> Embedding:
        if not self.is_multi_vector:
            return Embedding(found.pooled, found.tokens)
        own = encoded.ids[ahead_of(encoded, self.passages.prompt) :]
        counted = found.counted([place for place, each in enumerate(own) if each not in self.passages.skipped])
        return Embedding(mean_of(counted), counted)

    def questioned(self, texts: Sequence[str]) -> list[Vectors]:
        """Embed texts as questions, in float32: what the exported model has to agree with."""
        return self._vectors(texts, self.questions, precise=True)[1]

    def _vectors(self, texts: Sequence[str], takes: Format, precise: bool) -> tuple[list["Encoding"], list[Vectors]]:
        encoded = encodings(self.tokenizer, [takes.prompt + text for text in texts])
        specials, ahead = specials_of(self.tokenizer), self.prompt_length(takes)

        def forward(ids: Integers, mask: Integers) -> tuple[Floats, Floats | None]:
            return self._forward(ids, mask, ahead, nullcontext() if precise else precision())

        return encoded, vectors_of(encoded, specials, takes, forward)

    def prompt_length(self, takes: Format) -> int:
        """The number of tokens to leave out of the pooled vector at the beginning of a text; 0 if all count."""
        if not takes.prompt or not excludes_prompt(self.model):
            return 0
        # Counted as sentence-transformers does, which tokenizes the prompt alone.
        (encoded,) = encodings(self.tokenizer, [takes.prompt])
        return len(specials_of(self.tokenizer).before) + len(encoded.ids)

    def _forward(
        self, ids: Integers, mask: Integers, ahead: int, arithmetic: AbstractContextManager[Any]
    ) -> tuple[Floats, Floats | None]:
        import torch

        features: dict[str, Any] = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        if ahead:
            features["prompt_length"] = ahead
        first, *rest = steps_of(self.model)
        with torch.inference_mode():
            with arithmetic:
                features = first(features)
            features["token_embeddings"] = features["token_embeddings"].float()
            for module in rest:
                features = module(features)
        tokens = features["token_embeddings"].numpy()
        return tokens, None if self.is_multi_vector else features["sentence_embedding"].float().numpy()


def precision() -> AbstractContextManager[Any]:
    """bfloat16 arithmetic if the processor has it, else float32."""
    import torch

    flags = torch.cpu.get_capabilities()
    if any(flags.get(name) for name in BFLOAT16):
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return nullcontext()


def load_embedder(name: str) -> Embedder:
    """Load an embedding model by the default's name, a sentence-transformers name, or a folder.

    It may give one vector a text, or one a token (ColBERT). The default and folders need no network. Raises ModelError
    if the model can't be found or loaded, or is no embedding model.
    """
    wanted = Pretrained(name, "EVQA_MODEL", "sentence-transformers")

    def load(source: str, local: bool) -> Embedder:
        kind = kind_of(source if wanted.folder else wanted.hub_name(), local)
        if kind not in (SINGLE, MULTI):
            raise wanted.unusable(f"it is a {kind}, not an embedding model")
        model = loaded(source, local, kind).float().eval()
        if problem := problem_of(model):
            raise wanted.unusable(problem)
        embedder = Embedder(name, model)
        _check_use(embedder, wanted)
        return embedder

    return wanted.loaded(load)


def _check_use(embedder: Embedder, wanted: Pretrained) -> None:
    """Embed two texts: what doesn't fit together, tokenizer, weights, modules, shows only in use."""
    for takes in (embedder.questions, embedder.passages):
        specials, (prompt,) = specials_of(embedder.tokenizer), encodings(embedder.tokenizer, [takes.prompt])
        if takes.window <= len(specials.before) + len(prompt.ids) + len(specials.after):
            raise wanted.unusable(f"its window of {takes.window} tokens has no room for a text beside its prompt")
    (passage,), (question,) = embedder.embed(["a passage"]), embedder.questioned(["a question"])
    if not all(np.isfinite(each).all() for each in (passage.pooled, passage.tokens, question.pooled, question.tokens)):
        raise wanted.unusable("it gives vectors that are no numbers")


def loaded(source: str, local: bool, kind: str = SINGLE) -> Any:
    """Load a model of a kind from a folder or by its name; without a network if `local`."""
    import sentence_transformers
    from transformers.utils import logging as messages

    # An error is said in one line; the libraries would add a report of their own.
    messages.set_verbosity_error()  # type: ignore[no-untyped-call]
    messages.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    return getattr(sentence_transformers, kind)(source, device="cpu", local_files_only=local)
