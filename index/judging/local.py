"""The local judge: a small network over the token vectors that the corpus holds, run by ONNX Runtime."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from evqa.corpus.judge import MOST_READ, Shown, Verdict
from evqa.errors import UsageError
from evqa.model import JudgeName, Passage
from index.judging.adapter import JUDGE
from index.judging.inputs import PASSAGE, Inputs, Texts, cut, features, inputs
from index.models.embedding import Doubles, Floats, Halves
from index.models.encode import loading
from index.models.inference import blas, inference

NAME = "local"
# Passages that go through the network at once. The number never depends on the machine, since it shows in the last
# digits.
TOGETHER = 5
DECIMALS = 4
# Of less than this share of the passages' tokens the judge has no opinion.
ENOUGH = 0.5


class TokenSource(Protocol):
    """A corpus that gives the token vectors of questions and of its passages."""

    def question_tokens(self, question: str) -> Floats | Halves:
        """Vectors (m, dim) of all word pieces of a question."""

    def passage_tokens(self, passage: Passage) -> Floats | Halves:
        """Vectors (t, dim) of the word pieces of a passage."""


class JudgeModel:
    """The network in a folder; several threads may run it. Raises ModelError if it is missing or can't be loaded."""

    def __init__(self, folder: Path) -> None:
        self.name = JudgeName(name=NAME, version=folder.name.rpartition(".")[2])
        with loading(folder, "the judge"):
            self._session: Any = inference(folder / JUDGE.graph)

    def log_odds(self, texts: Texts, weighed: Floats) -> Doubles:
        """The log odds (n,) that each of the n passages answers the question, given their features (n, FEATURES)."""
        found = np.zeros(len(texts.own), dtype=np.float64)
        for part in inputs(cut(texts), weighed, TOGETHER):
            found[part.places] = self._run(part)
        return found

    def _run(self, part: Inputs) -> Floats:
        given = {name: value for name, value in part._asdict().items() if name != "places"}
        scores: Floats = self._session.run(["scores"], given)[0]
        return scores


class LocalJudge:
    """A `Judge` of the passages of one corpus."""

    def __init__(self, model: JudgeModel, source: TokenSource) -> None:
        self._model = model
        self._source = source

    def verdict(self, question: str, shown: Sequence[Shown]) -> Verdict:
        """See `Judge`: the logistic function of the network's log odds.

        It was taught with sentences. Of whole abstracts it would read the beginnings: these it leaves to the ranking.
        """
        if len(shown) > MOST_READ:
            raise UsageError("a judge", f"{len(shown)} passages", f"show it at most {MOST_READ}")
        # On one thread, so that their number doesn't show in the scores.
        with blas().limit(limits=1, user_api="blas"):
            texts = token_texts(question, shown, self._source)
            if _read_of(texts) < ENOUGH:
                return Verdict((), self._model.name)
            odds = self._model.log_odds(texts, features(shown))
        return Verdict(tuple((1 / (1 + np.exp(-odds))).round(DECIMALS).tolist()), self._model.name)


def token_texts(question: str, shown: Sequence[Shown], source: TokenSource) -> Texts:
    """The token vectors of the question, the passages, and the sentences before them."""
    own = [source.passage_tokens(each.passage) for each in shown]
    before = [
        source.passage_tokens(each.before) if each.before else like[:0] for each, like in zip(shown, own, strict=True)
    ]
    return Texts(source.question_tokens(question), own, before)


def _read_of(texts: Texts) -> float:
    """The share of the passages' tokens (0..1) that the judge reads."""
    lengths = [len(each) for each in texts.own]
    return sum(min(each, PASSAGE) for each in lengths) / max(1, sum(lengths))
