"""Export an embedding model as ONNX, once, so that questions need no PyTorch."""

import copy
import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

from filelock import FileLock

from evqa.errors import StorageError
from index.disk.durable import make_private, refusals, replace_folder, sha256_of
from index.disk.folder import model_folder
from index.models.embed import Embedder
from index.models.encode import CARD, MODEL, TOKENIZER

OPSET = 17
ROOM = 16 << 20


def export(embedder: Embedder, home: Path) -> Path:
    """Write the query model to home/models/<fingerprint>/ unless it is there. Returns the folder.

    The graph includes pooling and normalisation: it gives token vectors and the pooled vector of any model.
    """
    folder = model_folder(home, embedder.fingerprint)
    if (folder / CARD).is_file():
        return folder
    with refusals(folder):
        make_private(folder.parent)
        # Two corpora may be written at once: the second waits, and finds what the first wrote.
        with FileLock(folder.parent / f".{folder.name}.lock", mode=0o600):
            if not (folder / CARD).is_file():
                _put(embedder, folder)
    return folder


def _put(embedder: Embedder, folder: Path) -> None:
    check_room(embedder, folder.parent)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        write(embedder, fresh)
        replace_folder(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


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
    write_graph(embedder.model, raw)
    optimise(raw, folder / MODEL)
    raw.unlink()
    embedder.tokenizer.save(str(folder / TOKENIZER))
    card = {
        "name": embedder.name,
        "fingerprint": embedder.fingerprint,
        "window": embedder.window,
        "prompt": embedder.question_prompt,
    }
    files = {name: sha256_of(folder / name) for name in (MODEL, TOKENIZER)}
    (folder / CARD).write_text(json.dumps(card | {"files": files}, indent=1))


def write_graph(model: Any, path: Path) -> None:
    """Write the graph from (input_ids, attention_mask) to (tokens, pooled), float32, for any batch size and length."""
    import torch

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = traced

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return features["token_embeddings"], features["sentence_embedding"]

    # A copy, because the exporter changes the model. The example has padding, because the exporter drops a mask
    # without any.
    traced = copy.deepcopy(model)
    traced[0].auto_model.config._attn_implementation = "eager"
    example = torch.ones((2, 8), dtype=torch.long)
    mask = example.tril(5)
    axes = {0: "batch", 1: "length"}
    with warnings.catch_warnings():
        # The exporter warns about its successor, and about checks whose result it fixes for all lengths.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Graph(),
            (example, mask),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["tokens", "pooled"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "tokens": axes, "pooled": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )


def optimise(raw: Path, path: Path) -> None:
    """Optimise the graph once, for any processor, so that loading it needn't."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(path)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(raw), options, providers=["CPUExecutionProvider"])
