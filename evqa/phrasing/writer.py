"""The protocol of a writer: a model that joins claims to sentences. What it writes is checked by the gate."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

# Claims that a writer is shown at most, and sentences that are read of it.
MOST_CLAIMS, MOST_SENTENCES = 20, 40
LONGEST_SENTENCE = 1_500


class DraftSentence(NamedTuple):
    """A sentence as a writer wrote it, and the claims that it says it says, by place."""

    text: str
    claims: tuple[int, ...]


class Written(NamedTuple):
    """What a writer wrote. `problem`: why it wrote nothing, in one line, or ""."""

    sentences: tuple[DraftSentence, ...]
    problem: str = ""


class Writer(Protocol):
    """Joins claims to sentences. Several threads may ask it. The same input gives the same sentences."""

    @property
    def name(self) -> str:
        """The model that writes."""

    def written(self, question: str, claims: Sequence[str], fingerprint: str) -> Written:
        """Sentences that say what the claims say, given without their markers.

        `fingerprint` tells these claims from others, with all that they are printed with. Never raises for what the
        model or its server does: that is the problem.
        """
