"""Verify what a statement says against the work that it cites: supports, unclear or disagrees."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evqa.works.verdicts import Verdict, decided
from index.models.embedding import Doubles
from index.models.encode import loading
from index.models.inference import blas, inference
from index.verification.adapter import VERIFIER
from index.verification.inputs import StatedPair, TokenText, inputs, nearest

# Pairs that go through the network at once. The number never depends on the machine, since it shows in the last digits.
TOGETHER = 8


class Verifier:
    """The network in a folder; several threads may run it. Raises ModelError if it is missing or can't be loaded."""

    def __init__(self, folder: Path) -> None:
        with loading(folder, "the verifier"):
            self._session: Any = inference(folder / VERIFIER.graph)

    def scores(self, pairs: Sequence[StatedPair]) -> Doubles:
        """The scores (n, 3) of supports, unclear and disagrees, before the softmax. Every pair has a sentence."""
        found = np.zeros((len(pairs), 3), dtype=np.float64)
        order = sorted(range(len(pairs)), key=lambda place: (_length(pairs[place]), place))
        # On one thread, so that their number doesn't show in the scores.
        with blas().limit(limits=1, user_api="blas"):
            for first in range(0, len(order), TOGETHER):
                places = order[first : first + TOGETHER]
                given = inputs([pairs[place] for place in places])._asdict()
                found[places] = self._session.run(["outcomes"], given)[0]
        return found

    def verdict(self, statement: TokenText, sentences: Sequence[TokenText]) -> "tuple[Verdict, int] | None":
        """The verdict of a work's sentences on a statement, and the place of the sentence to show for it: the one of
        those read that says so most clearly by itself. None without a sentence."""
        read = nearest(statement, sentences)
        if not read:
            return None
        together = StatedPair(statement, [sentences[place] for place in sorted(read)])
        alone = [StatedPair(statement, [sentences[place]]) for place in read]
        whole, *single = self.scores([together, *alone])
        verdict = decided(whole.tolist())
        column = verdict.column
        clearest = max(range(len(read)), key=lambda i: (round(_share(single[i], column), 4), -i))
        return verdict, read[clearest if verdict.outcome != "unclear" else 0]


def verifier(home: Path) -> Verifier:
    """The verifier, made ready under `home` where it isn't yet."""
    return Verifier(VERIFIER.exported(home))


def _length(pair: StatedPair) -> int:
    return len(pair.statement.ids) + sum(len(each.ids) for each in pair.sentences)


def _share(scores: Doubles, column: int) -> float:
    odds = np.exp(scores - scores.max())
    return float(odds[column] / odds.sum())
