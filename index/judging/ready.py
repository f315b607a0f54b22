"""The network of the local judge, made ready where it isn't."""

from pathlib import Path

from index.judging.adapter import JUDGE
from index.judging.local import JudgeModel


def judge_model(home: Path) -> JudgeModel:
    """The network, made ready under `home` where it isn't yet. Raises ModelError and StorageError as `Shipped` does."""
    return JudgeModel(JUDGE.exported(home))
