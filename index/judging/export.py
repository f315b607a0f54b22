"""The graph of the local judge, which is shipped, so that nobody needs PyTorch for it."""

import torch

from index.judging.inputs import FEATURES, TOKEN_FEATURES
from index.judging.network import shipped_network
from index.networks.alignment import DIMENSION
from index.networks.graph import GraphToWrite


def judge_graph() -> GraphToWrite:
    """The graph from what `Inputs` holds, without the places, to scores, float32, for any number of passages and
    tokens."""
    question, passages = {0: "passages", 1: "asked"}, {0: "passages", 1: "said"}
    return GraphToWrite(
        shipped_network(),
        {
            "question": torch.zeros((2, 3, DIMENSION)),
            "passages": torch.zeros((2, 5, DIMENSION)),
            "parts": torch.ones((2, 5), dtype=torch.long).tril(3),
            "nearness": torch.zeros((2, 3, TOKEN_FEATURES)),
            "features": torch.zeros((2, FEATURES)),
        },
        {
            "question": question,
            "passages": passages,
            "parts": passages,
            "nearness": question,
            "features": {0: "passages"},
            "scores": {0: "passages"},
        },
        "scores",
    )
