"""A network's fitted weights as they are shipped, and the folder that its exported graph lies in."""

import hashlib
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from evqa.errors import ModelError
from index.disk.durable import sha256_of
from index.disk.folder import model_folder
from index.disk.made import made_once
from index.models.encode import CARD, first_line

if TYPE_CHECKING:
    from index.networks.graph import GraphToWrite

GRAPH = "graph.onnx"


@dataclass(frozen=True)
class Shipped:
    """A shipped network: its name, its weights (.safetensors), and the version of its code.

    `version` is raised when the same weights give other results: another graph, other inputs.
    """

    name: str
    weights: Path
    version: int
    graph: str = GRAPH

    @cached_property
    def fingerprint(self) -> str:
        """What decides its results: what was fitted, and the form of its inputs and of the export."""
        return hashlib.sha256(self.weights.read_bytes() + str(self.version).encode()).hexdigest()[:12]

    def folder(self, home: Path) -> Path:
        """The folder of the exported network, which need not exist."""
        return model_folder(home, f"{self.name}.{self.fingerprint}")

    def is_whole(self, folder: Path) -> bool:
        """Whether the exported network is there as it was written."""
        try:
            card = json.loads((folder / CARD).read_text(encoding="utf-8"))
            return bool(card["files"][self.graph] == sha256_of(folder / self.graph))
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def exported(self, home: Path, graph: "Callable[[], GraphToWrite]") -> Path:
        """Write the network to home/models/<name>.<fingerprint>/ unless it is there. Returns the folder.

        `graph` loads the network, which needs PyTorch. Raises ModelError if it can't be exported, StorageError if the
        disk refuses.
        """
        folder = self.folder(home)
        return made_once(folder, lambda: self.is_whole(folder), lambda fresh: self._write(fresh, graph))

    def _write(self, folder: Path, graph: "Callable[[], GraphToWrite]") -> None:
        """Write graph and card into an empty folder."""
        from safetensors import SafetensorError

        from index.models.export import optimise
        from index.networks.graph import write_graph

        raw = folder / "raw.onnx"
        try:
            with warnings.catch_warnings():
                # The exporter warns about its successor, and about checks whose result it fixes for all lengths.
                warnings.simplefilter("ignore")
                write_graph(graph(), raw)
            optimise(raw, folder / self.graph)
        except (RuntimeError, ValueError, SafetensorError) as error:
            step = "install evqa again"
            raise ModelError(f"the local {self.name}", "can't be exported", step, first_line(error)) from error
        raw.unlink()
        card = {"fingerprint": self.fingerprint, "files": {self.graph: sha256_of(folder / self.graph)}}
        (folder / CARD).write_text(json.dumps(card, indent=1))
