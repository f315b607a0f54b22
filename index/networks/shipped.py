"""A network's fitted weights as they are shipped, and the folder that its exported graph lies in."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from evqa.errors import ModelError
from index.disk.durable import sha256_of
from index.disk.folder import model_folder
from index.disk.made import made_once
from index.models.encode import CARD, first_line

GRAPH = "graph.onnx"


@dataclass(frozen=True)
class Shipped:
    """A shipped network: its name, its weights (.safetensors) with its graph beside them, and the version of its code.

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

    def exported(self, home: Path) -> Path:
        """Write the network to home/models/<name>.<fingerprint>/ unless it is there. Returns the folder.

        Raises ModelError if what is shipped can't be read, StorageError if the disk refuses.
        """
        folder = self.folder(home)
        return made_once(folder, lambda: self.is_whole(folder), self._write)

    def _write(self, folder: Path) -> None:
        """Write graph and card into an empty folder."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        from index.models.graphs import filled, optimise

        try:
            graph = filled(self.weights.with_suffix(".onnx").read_bytes(), load_file(self.weights))
            optimise(graph, folder / self.graph)
        except (RuntimeError, ValueError, OSError, SafetensorError) as error:
            step = "install evqa again"
            raise ModelError(f"the local {self.name}", "can't be made ready", step, first_line(error)) from error
        card = {"fingerprint": self.fingerprint, "files": {self.graph: sha256_of(folder / self.graph)}}
        (folder / CARD).write_text(json.dumps(card, indent=1))
