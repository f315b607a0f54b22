"""What networks over two texts' token vectors are made of: compare aligned tokens, compose, pool.

Attend, compare and aggregate as in Parikh et al., A Decomposable Attention Model for Natural Language Inference, EMNLP
2016, with a transformer layer for the composition (Chen et al., Enhanced LSTM for Natural Language Inference, ACL 2017,
have a recurrent one), on contextual vectors as in late interaction (Khattab & Zaharia, ColBERT, SIGIR 2020).
"""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

DIMENSION = 384
WIDTH, NARROW, HEADS = 128, 48, 4
FAR = -1e4


class Comparison(nn.Module):
    """Compares a token (…, WIDTH) with what it was aligned with, given more numbers about it (…, more).

    `by_difference`: reads their difference, too.
    """

    def __init__(self, more: int, dropped: float, by_difference: bool = False) -> None:
        super().__init__()
        self.first = nn.Linear((4 if by_difference else 3) * WIDTH + more, 2 * WIDTH)
        self.drop = nn.Dropout(dropped)
        self.second = nn.Linear(2 * WIDTH, WIDTH)
        self._by_difference = by_difference

    def forward(self, token: Tensor, aligned: Tensor, more: Tensor) -> Tensor:
        """(…, WIDTH)."""
        difference = [(token - aligned).abs()] if self._by_difference else []
        joined = torch.cat([token, aligned, token * aligned, *difference, more], dim=-1)
        found: Tensor = self.second(self.drop(gelu(self.first(joined))))
        return found


class Composition(nn.Module):
    """A transformer layer, normalised before each part (Xiong et al. 2020, arXiv:2002.04745)."""

    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.mixed, self.joined = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.drop = nn.Dropout(dropped)

    def forward(self, values: Tensor, masked: Tensor) -> Tensor:
        """Values (b, t, WIDTH), of which those `masked` (b, t) aren't seen: the same shape."""
        batch, tokens = values.shape[0], values.shape[1]
        mixed = self.mixed(self.before(values)).view(batch, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = mixed[0] @ mixed[1].transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
        shares = torch.softmax(scores.masked_fill(masked[:, None, None, :], FAR), dim=-1)
        seen = (shares @ mixed[2]).transpose(1, 2).reshape(batch, tokens, WIDTH)
        values = values + self.drop(self.joined(seen))
        found: Tensor = values + self.drop(self.down(self.drop(gelu(self.up(self.between(values))))))
        return found


class Pool(nn.Module):
    """The attended mean and the maximum over tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.weigh = nn.Linear(WIDTH, 1)

    def forward(self, values: Tensor, masked: Tensor) -> Tensor:
        """Values (b, t, WIDTH), of which those `masked` (b, t) don't count: (b, 2 · WIDTH)."""
        shares = torch.softmax(self.weigh(values).squeeze(-1).masked_fill(masked, FAR), dim=-1)
        mean = (shares.unsqueeze(-1) * values).sum(1)
        return torch.cat([mean, values.masked_fill(masked.unsqueeze(-1), FAR).amax(1)], dim=-1)


class ShippableNetwork(nn.Module):
    """A network whose fitted values are shipped by themselves, in half precision."""

    def adapter(self) -> dict[str, Tensor]:
        """All that is fitted, by name, in half precision as it is shipped."""
        return {name: value.detach().half().contiguous() for name, value in self.named_parameters()}

    def load(self, adapter: Mapping[str, Tensor]) -> None:
        """Take over what was fitted. Raises RuntimeError if it belongs to another network."""
        self.load_state_dict({name: value.float() for name, value in adapter.items()})
