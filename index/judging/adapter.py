"""The fitted weights of the local judge as they are shipped, and what its verdicts depend on."""

from importlib.resources import files
from pathlib import Path

from index.networks.shipped import Shipped

ADAPTER = Path(str(files("index.judging") / "judge.safetensors"))
JUDGE = Shipped("judge", ADAPTER, version=2, graph="judge.onnx")
