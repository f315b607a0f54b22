"""The fitted weights of the local judge as they are shipped, and what its verdicts depend on."""

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from index.disk.durable import sha256_of
from index.disk.folder import model_folder
from index.models.encode import CARD

ADAPTER = Path(str(files("index.judging") / "judge.safetensors"))
GRAPH = "judge.onnx"
# Raised when the same adapter gives other verdicts: another graph, other pairs or features.
FORMAT = 1


@cache
def judge_fingerprint() -> str:
    """What decides the judge's verdicts: what was fitted, and the form of its inputs and of the export."""
    return hashlib.sha256(ADAPTER.read_bytes() + str(FORMAT).encode()).hexdigest()[:12]


def is_whole(folder: Path) -> bool:
    """Whether the exported judge is there as it was written."""
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        return bool(card["files"][GRAPH] == sha256_of(folder / GRAPH))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def judge_folder(home: Path) -> Path:
    """The folder of the exported judge, which need not exist."""
    return model_folder(home, f"judge.{judge_fingerprint()}")
