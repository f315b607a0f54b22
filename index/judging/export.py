"""Export the network of the local judge as ONNX, once, so that questions need no PyTorch."""

import json
import warnings
from pathlib import Path

from safetensors import SafetensorError

from evqa.errors import ModelError
from index.disk.durable import sha256_of
from index.disk.made import made_once
from index.judging.adapter import GRAPH, is_whole, judge_fingerprint, judge_folder
from index.judging.inputs import FEATURES, TOKEN_FEATURES
from index.models.encode import CARD, first_line
from index.models.export import OPSET, optimise


def export_judge(home: Path) -> Path:
    """Write the judge to home/models/judge.<fingerprint>/ unless it is there. Returns the folder."""
    folder = judge_folder(home)
    return made_once(folder, lambda: is_whole(folder), _write)


def _write(folder: Path) -> None:
    """Write graph and card into an empty folder."""
    raw = folder / "raw.onnx"
    try:
        write_judge_graph(raw)
        optimise(raw, folder / GRAPH)
    except (RuntimeError, ValueError, SafetensorError) as error:
        raise ModelError("the local judge", "can't be exported", "install evqa again", first_line(error)) from error
    raw.unlink()
    card = {"fingerprint": judge_fingerprint(), "files": {GRAPH: sha256_of(folder / GRAPH)}}
    (folder / CARD).write_text(json.dumps(card, indent=1))


def write_judge_graph(path: Path) -> None:
    """Write the graph from what `Inputs` holds, without the places, to scores, float32, for any number of passages and
    tokens."""
    import torch

    from index.judging.network import DIMENSION, shipped_network

    example = (
        torch.zeros((2, 3, DIMENSION)),
        torch.zeros((2, 5, DIMENSION)),
        torch.ones((2, 5), dtype=torch.long).tril(3),
        torch.zeros((2, 3, TOKEN_FEATURES)),
        torch.zeros((2, FEATURES)),
    )
    axes = {0: "passages", 1: "asked"}
    said = {0: "passages", 1: "said"}
    with warnings.catch_warnings():
        # The exporter warns about its successor, and about checks whose result it fixes for all lengths.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            shipped_network(),
            example,
            str(path),
            input_names=["question", "passages", "parts", "nearness", "features"],
            output_names=["scores"],
            dynamic_axes={
                "question": axes,
                "passages": said,
                "parts": said,
                "nearness": axes,
                "features": {0: "passages"},
                "scores": {0: "passages"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
