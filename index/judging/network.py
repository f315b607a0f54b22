"""The network of the local judge: a late interaction with learnt alignment, over token vectors that are at hand anyway.

Each question token is aligned with the passage's tokens and each passage token with the question's, compared with what
it found there, and what came of it is read together: attend, compare and aggregate as in Parikh et al., A Decomposable
Attention Model for Natural Language Inference, EMNLP 2016, with a transformer layer for the composition (Chen et al.,
Enhanced LSTM for Natural Language Inference, ACL 2017, have a recurrent one), on contextual vectors as in late
interaction (Khattab & Zaharia, ColBERT, SIGIR 2020). Each token's nearness is given against the other passages, too.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu

from index.judging.adapter import ADAPTER
from index.judging.inputs import FEATURES, OWN, TOKEN_FEATURES

DIMENSION = 384
WIDTH, NARROW, HEADS = 128, 48, 4
DROPPED = 0.15
FAR = -1e4


class Comparison(nn.Module):
    """Compares a token (…, WIDTH) with what it was aligned with, given more numbers about it (…, more)."""

    def __init__(self, more: int) -> None:
        super().__init__()
        self.first = nn.Linear(3 * WIDTH + more, 2 * WIDTH)
        self.drop = nn.Dropout(DROPPED)
        self.second = nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, token: Tensor, aligned: Tensor, more: Tensor) -> Tensor:
        """(…, WIDTH)."""
        joined = torch.cat([token, aligned, token * aligned, more], dim=-1)
        found: Tensor = self.second(self.drop(gelu(self.first(joined))))
        return found


class Composition(nn.Module):
    """A transformer layer, normalised before each part (Xiong et al. 2020, arXiv:2002.04745)."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.mixed, self.joined = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.drop = nn.Dropout(DROPPED)

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


class JudgeNetwork(nn.Module):
    """From what `index.judging.inputs.Inputs` holds to the log odds (b,) that each passage answers."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(DIMENSION, WIDTH)
        self.turn = nn.Linear(DIMENSION, NARROW, bias=False)
        self.parts = nn.Parameter(torch.zeros(3, WIDTH))
        self.sharp = nn.Parameter(torch.tensor([12.0, 12.0]))
        self.turned = nn.Parameter(torch.tensor(0.3))
        self.weigh, self.weigh_near = nn.Linear(DIMENSION, 1), nn.Linear(TOKEN_FEATURES, 1, bias=False)
        self.of_question, self.of_passage = Comparison(2 + TOKEN_FEATURES), Comparison(3)
        self.compose = Composition()
        self.normalise = nn.LayerNorm(WIDTH)
        self.pool_question, self.pool_passage = Pool(), Pool()
        self.hidden, self.score = nn.Linear(4 * WIDTH + 2 + FEATURES, WIDTH), nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(DROPPED)
        self.plain = nn.Linear(FEATURES, 1)
        for linear in (self.project, self.turn):
            nn.init.orthogonal_(linear.weight)
        for linear in (self.score, self.plain):
            nn.init.zeros_(linear.weight)
            nn.init.zeros_(linear.bias)
        with torch.no_grad():
            # Before it has learnt anything, the judge keeps the ranking.
            self.plain.weight[0, 4] = 1.0

    def forward(self, question: Tensor, passages: Tensor, parts: Tensor, nearness: Tensor, features: Tensor) -> Tensor:
        """See the class."""
        padded = parts == 0
        cosines = question @ passages.transpose(1, 2)
        turned = self.turn(question) @ self.turn(passages).transpose(1, 2)
        likeness = cosines * (1 - self.turned) + turned * self.turned
        to_passage = torch.softmax((likeness * self.sharp[0]).masked_fill(padded[:, None, :], FAR), dim=-1)
        to_question = torch.softmax(likeness * self.sharp[1], dim=1)
        own, other = self.project(question) + self.parts[0], self.project(passages) + self.parts[parts]
        anywhere = cosines.masked_fill(padded[:, None, :], -1.0).amax(-1)
        weight = torch.sigmoid(self.weigh(question).squeeze(-1) + self.weigh_near(nearness).squeeze(-1))
        more = torch.cat([anywhere.unsqueeze(-1), weight.unsqueeze(-1), nearness], dim=-1)
        asked = self.of_question(own, to_passage @ other, more)
        kinds = torch.stack([cosines.amax(1), (parts == OWN).float(), (parts > OWN).float()], dim=-1)
        said = self.of_passage(other, to_question.transpose(1, 2) @ own, kinds)
        none = torch.zeros_like(weight, dtype=torch.bool)
        read = self.normalise(self.compose(torch.cat([asked, said], 1), torch.cat([none, padded], 1)))
        tokens = question.shape[1]
        pooled = [self.pool_question(read[:, :tokens], none), self.pool_passage(read[:, tokens:], padded)]
        total = weight.sum(1).clamp(min=1e-3)
        covered = [(weight * each).sum(1, keepdim=True) * 4 / total[:, None] for each in (anywhere, nearness[..., 0])]
        joined = torch.cat([*pooled, *covered, features], dim=-1)
        found: Tensor = self.score(self.drop(gelu(self.hidden(joined)))) + self.plain(features)
        return found.squeeze(-1)

    def adapter(self) -> dict[str, Tensor]:
        """All that is fitted, by name, in half precision as it is shipped."""
        return {name: value.detach().half().contiguous() for name, value in self.named_parameters()}

    def load(self, adapter: Mapping[str, Tensor]) -> None:
        """Take over what was fitted. Raises RuntimeError if it belongs to another network."""
        self.load_state_dict({name: value.float() for name, value in adapter.items()})


def shipped_network(adapter: Path = ADAPTER) -> JudgeNetwork:
    """The fitted network, ready to be exported."""
    network = JudgeNetwork()
    network.load(load_file(adapter))
    return network.eval()
