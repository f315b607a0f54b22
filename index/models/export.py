"""Export an embedding model as ONNX, once, so that questions need no PyTorch."""

import copy
import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from evqa.errors import ModelError, StorageError
from index.disk.durable import sha256_of
from index.disk.folder import model_folder
from index.disk.made import made_once
from index.models.embed import Embedder
from index.models.embedding import Floats
from index.models.encode import CARD, MODEL, TOKENIZER, Encoder, first_line
from index.models.graphs import optimise
from index.models.network import steps_of

OPSET = 17
ROOM = 16 << 20
# Of different lengths, the second beyond that of the exporter's example.
SAMPLES = ("Which?", "Do vesicles of the heart's own cells repair it, or those of stem cells, and which carries more?")
# Half of float16's last digit, with room for the order of sums.
ROUNDING = 0.005


def export(embedder: Embedder, home: Path) -> Path:
    """Write the query model to home/models/<fingerprint>/ unless it is there. Returns the folder.

    The graph includes pooling and normalisation: it gives token vectors and the pooled vector of any model.
    """
    folder = model_folder(home, embedder.fingerprint)

    def fill(fresh: Path) -> None:
        check_room(embedder, fresh.parent)
        write(embedder, fresh)

    return made_once(folder, (folder / CARD).is_file, fill)


def check_room(embedder: Embedder, folder: Path) -> None:
    """Raise StorageError unless the raw and the optimised model fit on the disk together."""
    needed = 2 * sum(weights.nbytes for weights in embedder.model.state_dict().values()) + ROOM
    free = shutil.disk_usage(folder).free
    if free < needed:
        reason = f"{free >> 20} MB free, the query model needs {needed >> 20} MB"
        raise StorageError(folder, reason, "make room")


def write(embedder: Embedder, folder: Path) -> None:
    """Write model, tokenizer and card into an empty folder."""
    raw = folder / "raw.onnx"
    try:
        write_graph(embedder, raw)
        optimise(raw, folder / MODEL)
    except Exception as error:
        # Both libraries raise errors of many kinds, with no root but Exception, for what they can't express.
        raise unusable(embedder, first_line(error)) from error
    raw.unlink()
    embedder.tokenizer.save(str(folder / TOKENIZER))
    files = {name: sha256_of(folder / name) for name in (MODEL, TOKENIZER)}
    (folder / CARD).write_text(json.dumps(card_of(embedder) | {"files": files}, indent=1))
    check_agreement(embedder, Encoder(folder))


def card_of(embedder: Embedder) -> dict[str, Any]:
    """What the card says of a model, without the files."""
    return {
        "name": embedder.name,
        "fingerprint": embedder.fingerprint,
        "window": embedder.questions.window,
        "prompt": embedder.questions.prompt,
        "format": embedder.questions.beyond_card,
        "passages": {"prompt": embedder.passages.prompt, "skipped": embedder.passages.skipped},
    }


def check_agreement(embedder: Embedder, encoder: Encoder) -> None:
    """Raise ModelError unless the exported model gives the same vectors as the one that it was made from.

    Exporting follows one example through the model: what depends on the example's length goes wrong at others.
    """
    for expected, found in zip(embedder.questioned(SAMPLES), encoder.encode(SAMPLES), strict=True):
        pairs = [(expected.tokens.astype(np.float32), found.tokens)] if not embedder.questions.skipped else []
        if embedder.is_multi_vector:
            pairs.append(
                (
                    expected.around.astype(np.float32),
                    np.zeros((0, 0), dtype=np.float32) if found.around is None else found.around,
                )
            )
        else:
            pairs.append((expected.pooled[None], found.pooled[None]))
        if not all(agree(*pair) for pair in pairs):
            raise unusable(embedder, "the exported model gives other vectors")


def agree(expected: Floats, found: Floats) -> bool:
    """Whether unit vectors (n, dim) are the same up to rounding."""
    return expected.shape == found.shape and bool((np.abs(expected - found) < ROUNDING).all())


def unusable(embedder: Embedder, reason: str) -> ModelError:
    """What is said of a model that questions can't be asked with."""
    step = "set EVQA_MODEL to another model"
    return ModelError(f"model {embedder.name!r}", "can't be exported as ONNX, which questions need", step, reason)


def write_graph(embedder: Embedder, path: Path, is_folded: bool = True) -> None:
    """Write the graph from (input_ids, attention_mask) to (tokens, pooled), float32, for any batch size and length.

    That of a multi-vector model has no `pooled`. Unless `is_folded`, the weights stand in it as the model has them.
    """
    import torch

    is_pooled, ahead = not embedder.is_multi_vector, embedder.prompt_length(embedder.questions)

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.steps = torch.nn.ModuleList(steps_of(traced))

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
            features: dict[str, Any] = {"input_ids": input_ids, "attention_mask": attention_mask}
            if ahead:
                features["prompt_length"] = ahead
            for step in self.steps:
                features = step(features)
            tokens = features["token_embeddings"]
            return (tokens, features["sentence_embedding"]) if is_pooled else (tokens,)

    # A copy, because the exporter changes the model. The example has padding, because the exporter drops a mask
    # without any.
    traced = copy.deepcopy(embedder.model)
    traced[0].auto_model.config._attn_implementation = "eager"
    example = torch.ones((2, 8), dtype=torch.long)
    mask = example.tril(5)
    axes = {0: "batch", 1: "length"}
    outputs = {"tokens": axes} | ({"pooled": {0: "batch"}} if is_pooled else {})
    with warnings.catch_warnings():
        # The exporter warns about its successor, and about checks whose result it fixes for all lengths.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Graph(),
            (example, mask),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=list(outputs),
            dynamic_axes={"input_ids": axes, "attention_mask": axes} | outputs,
            opset_version=OPSET,
            dynamo=False,
            do_constant_folding=is_folded,
        )
