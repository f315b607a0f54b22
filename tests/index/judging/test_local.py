"""The local judge: its network, its export, and its verdicts."""

from pathlib import Path

import numpy as np
import pytest
import torch

from evqa.corpus.judge import MOST_READ, Shown
from evqa.errors import ModelError, UsageError
from evqa.model import Passage
from index.judging.adapter import ADAPTER, JUDGE
from index.judging.inputs import PASSAGE, Texts, features, inputs
from index.judging.local import JudgeModel, LocalJudge
from index.judging.network import JudgeNetwork, shipped_network
from index.models.embedding import Floats, unit
from index.networks.alignment import DIMENSION
from tests.index.judging.judges import shown


def drawn(count: int, seed: int) -> Floats:
    return unit(np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32))


class Vectors:
    """A source of token vectors that hang on the texts' lengths alone."""

    def question_tokens(self, question: str) -> Floats:
        return drawn(len(question.split()), 1)

    def passage_tokens(self, passage: Passage) -> Floats:
        return drawn(len(passage.text.split()), len(passage.text))


QUESTION = "How much water does moss hold?"
SHOWN = [shown(" ".join(["moss"] * count)) for count in (3, 8, 5, 1, 12, 7)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported judge."""
    return JUDGE.exported(tmp_path_factory.mktemp("judge"))


def scores(network: JudgeNetwork, texts: Texts, together: int) -> list[float]:
    """What the network says, by place."""
    weighed = features(SHOWN)
    found = [0.0] * len(texts.own)
    with torch.no_grad():
        for part in inputs(texts, weighed, together):
            arrays = (part.question, part.passages, part.parts, part.nearness, part.features)
            for place, value in zip(
                part.places.tolist(), network(*map(torch.from_numpy, arrays)).tolist(), strict=True
            ):
                found[place] = value
    return found


TEXTS = Texts(drawn(6, 1), [drawn(count, count) for count in (3, 8, 5, 1, 12, 7)], [drawn(0, 1)] * 6)


def test_padding_changes_nothing() -> None:
    """One at a time or all at once, a passage gets the same score."""
    torch.manual_seed(3)
    network = JudgeNetwork().eval()
    for value in network.parameters():
        torch.nn.init.normal_(value, std=0.1)
    assert scores(network, TEXTS, 1) == pytest.approx(scores(network, TEXTS, 6), abs=1e-4)


def test_before_it_has_learnt_it_keeps_the_ranking() -> None:
    """An unfitted network orders passages by the score that they had."""
    network = JudgeNetwork().eval()
    ranked = [each._replace(score=score) for each, score in zip(SHOWN, (0.5, 0.9, 0.1, 0.3, 0.2, 0.7), strict=True)]
    with torch.no_grad():
        (part,) = inputs(TEXTS, features(ranked), 6)
        arrays = (part.question, part.passages, part.parts, part.nearness, part.features)
        found = dict(zip(part.places.tolist(), network(*map(torch.from_numpy, arrays)).tolist(), strict=True))
    assert sorted(found, key=lambda place: -found[place]) == [1, 5, 0, 3, 4, 2]


def test_what_is_shipped_is_small_and_fits() -> None:
    """The weights are of this network, and under 5 MB."""
    assert ADAPTER.stat().st_size < 5_000_000
    assert shipped_network().adapter().keys() == JudgeNetwork().adapter().keys()


def test_the_export_says_what_the_network_says(folder: Path) -> None:
    """ONNX Runtime and PyTorch agree to the fourth digit."""
    by_runtime = JudgeModel(folder).log_odds(TEXTS, features(SHOWN))
    assert by_runtime == pytest.approx(scores(shipped_network(), TEXTS, 5), abs=1e-3)


def test_verdicts(folder: Path) -> None:
    """One probability a passage, the same when asked again; the name tells the fitted weights."""
    judge = LocalJudge(JudgeModel(folder), Vectors())
    verdict = judge.verdict(QUESTION, SHOWN)
    assert len(verdict.relevances) == len(SHOWN)
    assert all(0 <= relevance <= 1 for relevance in verdict.relevances)
    assert judge.verdict(QUESTION, SHOWN) == verdict
    assert (verdict.judge.name, verdict.judge.version) == ("local", JUDGE.fingerprint)
    assert not verdict.problem


def test_the_sentence_before_is_read(folder: Path) -> None:
    """A passage is judged with what was printed before it."""
    judge = LocalJudge(JudgeModel(folder), Vectors())
    earlier = [*SHOWN[:2], shown("moss " * 5, before="It holds water in its cushions."), *SHOWN[3:]]
    assert judge.verdict(QUESTION, earlier).relevances[2] != judge.verdict(QUESTION, SHOWN).relevances[2]


def test_long_passages_are_left_to_the_ranking(folder: Path) -> None:
    """Of passages that it would read less than half of, the judge has no opinion."""
    judge = LocalJudge(JudgeModel(folder), Vectors())
    assert judge.verdict(QUESTION, [shown("moss " * (2 * PASSAGE - 1))]).relevances
    assert judge.verdict(QUESTION, [shown("moss " * (2 * PASSAGE + 1))]).relevances == ()


def test_too_many_passages(folder: Path) -> None:
    """More than it reads is the caller's mistake."""
    many: list[Shown] = [SHOWN[0]] * (MOST_READ + 1)
    with pytest.raises(UsageError, match="21 passages"):
        LocalJudge(JudgeModel(folder), Vectors()).verdict(QUESTION, many)


def test_a_damaged_export(folder: Path, tmp_path: Path) -> None:
    """It is told in one line."""
    (tmp_path / "judge.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match="can't be loaded"):
        LocalJudge(JudgeModel(tmp_path), Vectors()).verdict(QUESTION, SHOWN)
    assert JUDGE.exported(folder.parent.parent) == folder
