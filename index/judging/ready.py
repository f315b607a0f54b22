"""The network of the local judge, made ready where it isn't."""

from collections.abc import Callable
from pathlib import Path

from index.judging.adapter import JUDGE
from index.judging.local import JudgeModel


def judge_model(home: Path, say: Callable[[str], None]) -> JudgeModel:
    """The network, exported under `home` where it isn't there yet, which takes some seconds and is said."""
    folder = JUDGE.folder(home)
    if not JUDGE.is_whole(folder):
        from index.judging.export import export_judge  # what is found needs no PyTorch

        say("the judge is made ready once; next time it is found so")
        folder = export_judge(home)
    return JudgeModel(folder)
