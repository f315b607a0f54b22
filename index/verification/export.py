"""The graph of the verifier, which is shipped, so that nobody needs PyTorch for it."""

import torch

from index.networks.alignment import DIMENSION
from index.networks.graph import GraphToWrite
from index.verification.inputs import FEATURES
from index.verification.network import shipped_verifier


def verifier_graph() -> GraphToWrite:
    """The graph from what `Inputs` holds to outcomes, float32, for any number of pairs and tokens."""
    return GraphToWrite(
        shipped_verifier(),
        {
            "statements": torch.zeros((2, 3, DIMENSION)),
            "sentences": torch.zeros((2, 5, DIMENSION)),
            "same": torch.zeros((2, 3, 5)),
            "parts": torch.ones((2, 8), dtype=torch.long).tril(6),
            "features": torch.zeros((2, FEATURES)),
        },
        {
            "statements": {0: "pairs", 1: "stated"},
            "sentences": {0: "pairs", 1: "said"},
            "same": {0: "pairs", 1: "stated", 2: "said"},
            "parts": {0: "pairs", 1: "tokens"},
            "features": {0: "pairs"},
            "outcomes": {0: "pairs"},
        },
        "outcomes",
    )
