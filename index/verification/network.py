"""The network of the verifier: whether sentences of a work support a statement, by aligned tokens.

It is built as that of the local judge, with three outcomes in place of one and no ranking to keep. Whether two word
pieces are the same is told beside their vectors, since vectors of different numbers and drugs lie close together.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu

from index.networks.alignment import DIMENSION, FAR, NARROW, WIDTH, Comparison, Composition, Pool, ShippableNetwork
from index.verification.adapter import ADAPTER
from index.verification.inputs import FEATURES, SENTENCES

DROPPED, BLURRED = 0.2, 0.1
OUTCOMES = ("supports", "unclear", "disagrees")


class VerifierNetwork(ShippableNetwork):
    """From what `index.verification.inputs.Inputs` holds to the scores (b, 3) of OUTCOMES, before the softmax."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(DIMENSION, WIDTH)
        self.turn = nn.Linear(DIMENSION, NARROW, bias=False)
        self.parts = nn.Parameter(torch.zeros(SENTENCES + 2, WIDTH))
        self.sharp = nn.Parameter(torch.tensor([12.0, 12.0]))
        self.turned = nn.Parameter(torch.tensor(0.3))
        self.of_statement, self.of_sentences = (Comparison(2, DROPPED, by_difference=True) for _ in range(2))
        self.compose = Composition(DROPPED)
        self.normalise = nn.LayerNorm(WIDTH)
        self.pool_statement, self.pool_sentences = Pool(), Pool()
        self.hidden, self.outcome = nn.Linear(4 * WIDTH + FEATURES, WIDTH), nn.Linear(WIDTH, len(OUTCOMES))
        self.drop, self.blur = nn.Dropout(DROPPED), nn.Dropout(BLURRED)
        for linear in (self.project, self.turn):
            nn.init.orthogonal_(linear.weight)

    def forward(self, statements: Tensor, sentences: Tensor, same: Tensor, parts: Tensor, features: Tensor) -> Tensor:
        """See the class."""
        tokens = statements.shape[1]
        unstated, unsaid = parts[:, :tokens] == 0, parts[:, tokens:] == 0
        cosines = statements @ sentences.transpose(1, 2)
        statements, sentences = self.blur(statements), self.blur(sentences)
        turned = self.turn(statements) @ self.turn(sentences).transpose(1, 2)
        likeness = cosines * (1 - self.turned) + turned * self.turned
        to_sentences = torch.softmax((likeness * self.sharp[0]).masked_fill(unsaid[:, None, :], FAR), dim=-1)
        to_statement = torch.softmax((likeness * self.sharp[1]).masked_fill(unstated[:, :, None], FAR), dim=1)
        own = self.project(statements) + self.parts[parts[:, :tokens]]
        other = self.project(sentences) + self.parts[parts[:, tokens:]]
        said = [cosines.masked_fill(unsaid[:, None, :], -1.0).amax(-1), same.amax(-1)]
        stated = [cosines.masked_fill(unstated[:, :, None], -1.0).amax(1), same.amax(1)]
        compared = [
            self.of_statement(own, to_sentences @ other, torch.stack(said, -1)),
            self.of_sentences(other, to_statement.transpose(1, 2) @ own, torch.stack(stated, -1)),
        ]
        read = self.normalise(self.compose(torch.cat(compared, 1), torch.cat([unstated, unsaid], 1)))
        pooled = [
            self.pool_statement(read[:, :tokens], unstated),
            self.pool_sentences(read[:, tokens:], unsaid),
        ]
        found: Tensor = self.outcome(self.drop(gelu(self.hidden(torch.cat([*pooled, features], dim=-1)))))
        return found


def shipped_verifier(adapter: Path = ADAPTER) -> VerifierNetwork:
    """The fitted network, ready to be exported."""
    network = VerifierNetwork()
    network.load(load_file(adapter))
    return network.eval()
