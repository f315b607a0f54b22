"""The fitted weights of the verifier as they are shipped."""

from importlib.resources import files
from pathlib import Path

from index.networks.shipped import Shipped

ADAPTER = Path(str(files("index.verification") / "verifier.safetensors"))
VERIFIER = Shipped("verifier", ADAPTER, version=2)
