"""The protocol of a judge: who reads question and passages together and says how well each passage answers."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from evqa.model import JudgeName, Passage

# A judge reads at most this many passages for a question.
MOST_READ = 20


class Shown(NamedTuple):
    """A passage as a judge reads it.

    `before`: the sentence printed before it in the same section, if there is one. `score`: what it was ranked by
    so far; `dense`, `lexical` and `late`: see `Candidate`. Higher is better.
    """

    passage: Passage
    before: Passage | None
    score: float
    dense: float
    lexical: float
    late: float


class Verdict(NamedTuple):
    """What a judge said: for each passage read, in order, the probability (0..1) that it answers the question; () where
    it leaves the decision to the ranking.

    `judge`: who said it. `problem`: why another judge than the one that is set had to say it, in one line, or "".
    `is_calibrated`: the best relevance is the confidence, without any fitted model.
    """

    relevances: tuple[float, ...]
    judge: JudgeName
    problem: str = ""
    is_calibrated: bool = False


class Judge(Protocol):
    """Reads question and passages together. Several threads may ask it. The same input gives the same verdict."""

    def verdict(self, question: str, shown: Sequence[Shown]) -> Verdict:
        """How well each passage answers the question; at most `MOST_READ` passages, in the order of their ranking.

        Raises ModelError if the judge can't be loaded.
        """
