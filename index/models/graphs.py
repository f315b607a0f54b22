"""ONNX graphs whose weights lie apart: a small file says how a network computes, and is filled with its weights once.

So running a shipped network needs no PyTorch, not even the first time. `python -m eval.graphs` writes the files.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np

# Before the names of weights in a graph, since an input may be called the same.
PREFIX = "weights."
Weights = Mapping[str, "np.ndarray[Any, Any]"]


def emptied(graph: bytes, weights: Collection[str], prefix: str = "") -> bytes:
    """A graph without the values of its weights, which it calls as `weights` does, but for `prefix`.

    Raises ValueError if it holds none of them.
    """
    import onnx

    model = onnx.load_from_string(graph)
    names = {f"{prefix}{name}": f"{PREFIX}{name}" for name in weights}
    renamed: dict[str, str] = {}
    for tensor in model.graph.initializer:
        if tensor.name in names:
            renamed[tensor.name] = tensor.name = names[tensor.name]
            tensor.ClearField("raw_data")
    if not renamed:
        raise ValueError("the graph holds none of the weights")
    for node in model.graph.node:
        for place, name in enumerate(node.input):
            node.input[place] = renamed.get(name, name)
        node.ClearField("doc_string")
    found: bytes = model.SerializeToString(deterministic=True)
    return found


def filled(graph: bytes, weights: Weights) -> bytes:
    """The graph with its weights put in by name, as float32.

    Raises ValueError if one is missing or has another shape.
    """
    import onnx

    model = onnx.load_from_string(graph)
    for tensor in model.graph.initializer:
        if not tensor.name.startswith(PREFIX):
            continue
        values = weights.get(tensor.name.removeprefix(PREFIX))
        if values is None or list(values.shape) != list(tensor.dims):
            raise ValueError(f"the weights {tensor.name} are {'missing' if values is None else 'of another shape'}")
        tensor.raw_data = np.ascontiguousarray(values, dtype=np.dtype(np.float32).newbyteorder("<")).tobytes()
    found: bytes = model.SerializeToString()
    return found


def optimise(graph: Path | bytes, path: Path) -> None:
    """Optimise a graph once, for any processor, so that loading it needn't."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(path)
    options.log_severity_level = 3
    source = graph if isinstance(graph, bytes) else str(graph)
    onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
