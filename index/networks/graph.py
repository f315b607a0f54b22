"""Write a network as an ONNX graph, so that running it needs no PyTorch."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from index.models.export import OPSET


class GraphToWrite(NamedTuple):
    """A network with an example of each of its inputs by name, in order; names of the axes that may be of any length,
    by input or output; and the name of its output."""

    network: nn.Module
    example: Mapping[str, Tensor]
    axes: Mapping[str, Mapping[int, str]]
    output: str


def write_graph(graph: GraphToWrite, path: Path) -> None:
    """Write the graph to a file."""
    torch.onnx.export(
        graph.network,
        tuple(graph.example.values()),
        str(path),
        input_names=list(graph.example),
        output_names=[graph.output],
        dynamic_axes={name: dict(axes) for name, axes in graph.axes.items()},
        opset_version=OPSET,
        dynamo=False,
    )
