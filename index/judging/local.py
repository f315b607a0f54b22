"""The local judge: a small cross-encoder run by ONNX Runtime."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from evqa.corpus.judge import MOST_READ, Shown, Verdict
from evqa.errors import UsageError
from evqa.model import JudgeName
from index.judging.adapter import GRAPH
from index.judging.pairs import Batch, batches, features, pair
from index.models.embedding import Doubles, Floats
from index.models.encode import TOKENIZER, loading
from index.models.inference import inference

NAME = "local"
# Pairs read at once by one thread. The size never depends on the machine, since it shows in the last digits.
TOGETHER = 5
DECIMALS = 4


class LocalJudge:
    """The judge in a folder; several threads may ask it. Raises ModelError if it is missing or can't be loaded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with loading(folder):
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._pieces = lru_cache(maxsize=4096)(self._pieces_of)
        self._name = JudgeName(name=NAME, version=folder.name.rpartition(".")[2])

    @cached_property
    def _session(self) -> Any:
        with loading(self._folder):
            return inference(self._folder / GRAPH)

    def verdict(self, question: str, shown: Sequence[Shown]) -> Verdict:
        """See `Judge`: the logistic function of the network's log odds."""
        if len(shown) > MOST_READ:
            raise UsageError("a judge", f"{len(shown)} passages", f"show it at most {MOST_READ}")
        odds = self.log_odds(question, shown)
        relevances = (1 / (1 + np.exp(-odds))).round(DECIMALS).tolist()
        return Verdict(tuple(relevances), self._name)

    def log_odds(self, question: str, shown: Sequence[Shown]) -> Doubles:
        """The log odds (n,) that each of the n passages answers the question."""
        pairs = [pair(question, each, self._pieces) for each in shown]
        weighed = features(shown)
        parts = batches(pairs, TOGETHER)
        found = np.zeros(len(pairs), dtype=np.float64)
        for part, scores in zip(parts, _threads().map(lambda part: self._run(part, weighed), parts), strict=True):
            found[part.places] = scores
        return found

    def _run(self, batch: Batch, weighed: Floats) -> Floats:
        given = {"ids": batch.ids, "mask": batch.mask, "segments": batch.segments, "features": weighed[batch.places]}
        scores: Floats = self._session.run(["scores"], given)[0]
        return scores

    def _pieces_of(self, text: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).ids)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1), "judge")
