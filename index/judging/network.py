"""The network of the local judge: a late interaction with learnt alignment, over token vectors that are at hand anyway.

Each question token is aligned with the passage's tokens and each passage token with the question's, compared with what
it found there, and what came of it is read together (`index/networks/alignment.py`). Each token's nearness is given
against the other passages, too.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu

from index.judging.adapter import ADAPTER
from index.judging.inputs import FEATURES, OWN, TOKEN_FEATURES
from index.networks.alignment import DIMENSION, FAR, NARROW, WIDTH, Comparison, Composition, Pool, ShippableNetwork

DROPPED = 0.15


class JudgeNetwork(ShippableNetwork):
    """From what `index.judging.inputs.Inputs` holds to the log odds (b,) that each passage answers."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(DIMENSION, WIDTH)
        self.turn = nn.Linear(DIMENSION, NARROW, bias=False)
        self.parts = nn.Parameter(torch.zeros(3, WIDTH))
        self.sharp = nn.Parameter(torch.tensor([12.0, 12.0]))
        self.turned = nn.Parameter(torch.tensor(0.3))
        self.weigh, self.weigh_near = nn.Linear(DIMENSION, 1), nn.Linear(TOKEN_FEATURES, 1, bias=False)
        self.of_question, self.of_passage = Comparison(2 + TOKEN_FEATURES, DROPPED), Comparison(3, DROPPED)
        self.compose = Composition(DROPPED)
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


def shipped_network(adapter: Path = ADAPTER) -> JudgeNetwork:
    """The fitted network, ready to be exported."""
    network = JudgeNetwork()
    network.load(load_file(adapter))
    return network.eval()
