"""What sentence-transformers says of a loaded model: its kind, prompts, limits, and what token vectors count."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.models.format import Expansion, Format

LONGEST_WINDOW = 8192
USUAL_WINDOW = 512
SINGLE, MULTI = "SentenceTransformer", "MultiVectorEncoder"
# ColBERT as PyLate and as its authors save it; sentence-transformers reads both.
MULTI_NAMES, MULTI_ARCHITECTURE = (MULTI, "ColBERT"), "HF_ColBERT"
# Steps that only say which vectors count or store fewer; evqa does the first itself and keeps all vectors.
NOT_RUN = ("MultiVectorMask", "BaseTokenPooling")
PASSAGE_PROMPTS = ("document", "passage", "corpus")


def kind_of(source: str, local: bool) -> str:
    """What a folder or name on the hub says its model is: SINGLE, MULTI, or the name of another class."""
    from sentence_transformers.util import load_file_path

    def path_of(name: str) -> str | None:
        copies = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
        path: str | None = load_file_path(source, name, cache_folder=copies, local_files_only=local)
        return path

    def settings(name: str) -> Mapping[str, Any]:
        path = path_of(name)
        found = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
        return found if isinstance(found, dict) else {}

    named = settings("config_sentence_transformers.json").get("model_type")
    architectures = settings("config.json").get("architectures") or [""]
    if named in MULTI_NAMES or MULTI_ARCHITECTURE in architectures:
        return MULTI
    if named:
        return str(named)
    is_bare = path_of("modules.json") is None
    is_classifier = is_bare and str(architectures[0]).endswith("ForSequenceClassification")
    return "CrossEncoder" if is_classifier else SINGLE


def problem_of(model: Any) -> str:
    """Why evqa can't use a loaded model, in a few words; "" if it can."""
    import torch
    from sentence_transformers.base.modules import Transformer

    first = model[0]
    if not isinstance(first, Transformer):
        return f"its first step is {type(first).__name__}, where one is needed that gives a vector for each token"
    if "text" not in first.modality_config or "message" in first.modality_config:
        return "it doesn't read plain text"
    if any(getattr(module, "keep_only_token_ids", None) for module in model):
        return "only its vectors of images count"
    for name, weights in model.state_dict().items():
        if not torch.isfinite(weights).all():
            return f"its weights {name} hold values that are no numbers"
    return ""


def steps_of(model: Any) -> list[Any]:
    """The modules to run, in order."""
    return [module for module in model if not any(kind.__name__ in NOT_RUN for kind in type(module).__mro__)]


def prompts_of(model: Any) -> tuple[str, str]:
    """The prompts before a question and before a passage.

    `encode_document` of sentence-transformers takes an empty "document" for a prompt even where the model names a
    "passage"; here the first prompt that isn't empty counts. The default prompt stands before both if the model names
    neither.
    """
    prompts = model.prompts or {}
    question = str(prompts.get("query") or "")
    passage = next((str(prompts[name]) for name in PASSAGE_PROMPTS if prompts.get(name)), "")
    usual = str(prompts.get(model.default_prompt_name) or "") if not (question or passage) else ""
    return question or usual, passage or usual


def formats_of(model: Any) -> tuple[Format, Format]:
    """How the model takes questions, and passages. Questions aren't cut at the model's own limit for them."""
    asked, told = prompts_of(model)
    window = window_of(model)
    every = model.model_type == MULTI
    padding = int(getattr(model.tokenizer, "pad_token_id", None) or 0)
    question = Format(
        window=window,
        prompt=asked,
        padding=padding,
        every=every,
        skipped=skipped(model, "query") if every else (),
        expansion=expansion_of(model) if every else None,
    )
    passage = Format(
        window=min(window, int(getattr(model[0], "document_length", None) or window)),
        prompt=told,
        padding=padding,
        every=every,
        skipped=skipped(model, "document") if every else (),
    )
    return question, passage


def window_of(model: Any) -> int:
    """The most tokens that the model reads at once: what its tokenizer says, but no more than it has positions for."""
    said = model.max_seq_length or 0
    places = positions_of(model[0].auto_model)
    return min(int(min(said, LONGEST_WINDOW)) or places or USUAL_WINDOW, places or LONGEST_WINDOW, LONGEST_WINDOW)


def positions_of(transformer: Any) -> int:
    """The number of positions that a model has vectors for, or was made for; 0 if nothing says."""
    import torch

    for name, module in transformer.named_modules():
        if name.endswith(("position_embeddings", "wpe")) and isinstance(module, torch.nn.Embedding):
            # RoBERTa and its like begin to count after the padding's id.
            used = 0 if module.padding_idx is None else module.padding_idx + 1
            return int(module.num_embeddings) - used
    return int(getattr(transformer.config, "max_position_embeddings", None) or 0)


def skipped(model: Any, task: str) -> tuple[int, ...]:
    """Ids of the tokens whose vectors don't count in texts of that task."""
    tokenizer = model.tokenizer
    unknown = (tokenizer.unk_token_id, tokenizer.unk_token)
    found = {
        (tokenizer.convert_tokens_to_ids(word), word)
        for module in model
        if task in getattr(module, "skiplist_tasks", ())
        for word in module.skiplist_words
    }
    # A word that isn't one token would strike out every unknown one.
    return tuple(
        sorted(place for place, word in found if place is not None and (place != unknown[0] or word == unknown[1]))
    )


def expansion_of(model: Any) -> Expansion | None:
    """What a multi-vector model appends to a question."""
    said = model[0].query_expansion
    if said is None:
        return None
    tokenizer = model.tokenizer
    token = tokenizer.mask_token_id if said["token"] is None else tokenizer.convert_tokens_to_ids(said["token"])
    if token is None:
        token = tokenizer.eos_token_id
    return Expansion(token=token, length=said["length"], attended=said["attend"])


def excludes_prompt(model: Any) -> bool:
    """Whether the prompt's tokens are left out of the pooled vector."""
    return any(getattr(module, "include_prompt", True) is False for module in model)


def shape_of(model: Any) -> str:
    """Name and pooling of each module, and what else the weights don't tell."""
    usual = str([(type(module).__name__, str(getattr(module, "pooling_mode", ""))) for module in model])
    more = [
        sorted(module.get_config_dict().items())
        for module in model
        if type(module).__name__ not in ("Transformer", "Pooling", "Normalize") and hasattr(module, "get_config_dict")
    ]
    if excludes_prompt(model):
        more.append([("include_prompt", False)])
    return f"{usual} {more}" if more else usual
