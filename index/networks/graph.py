"""A network as an ONNX graph without weights, which lie beside it: what `python -m eval.graphs` ships."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import torch
from torch import Tensor, nn

from index.models.export import OPSET
from index.models.graphs import emptied


class GraphToWrite(NamedTuple):
    """A network with an example of each of its inputs by name, in order; names of the axes that may be of any length,
    by input or output; and the name of its output."""

    network: nn.Module
    example: Mapping[str, Tensor]
    axes: Mapping[str, Mapping[int, str]]
    output: str


class _Named(nn.Module):
    """Puts a name before those of the weights, so that none is called as an input."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, *given: Tensor) -> Tensor:
        found: Tensor = self.network(*given)
        return found


def graph_without_weights(graph: GraphToWrite) -> bytes:
    """The graph as ONNX; its weights are named as in the network."""
    with TemporaryDirectory() as aside, warnings.catch_warnings():
        written = Path(aside, "graph.onnx")
        # The exporter warns about its successor, and about checks whose result it fixes for all lengths.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Named(graph.network).eval(),
            tuple(graph.example.values()),
            str(written),
            input_names=list(graph.example),
            output_names=[graph.output],
            dynamic_axes={name: dict(axes) for name, axes in graph.axes.items()},
            opset_version=OPSET,
            dynamo=False,
            # Folding would change weights, or hide them.
            do_constant_folding=False,
        )
        return emptied(written.read_bytes(), [name for name, _ in graph.network.named_parameters()], "network.")
