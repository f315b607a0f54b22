"""The commands that teach the judge and score whole answers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file

from eval.body import FOREIGN, together_lines
from eval.body import main as body
from eval.judge import main as judge
from eval.judging.answers import Outcome
from eval.judging.body import BodyQuestion
from eval.judging.examples import Example
from eval.judging.training import Recipe, forward, train
from eval.runs.lines import read_lines
from index.judging.inputs import Texts, features
from index.judging.network import JudgeNetwork
from index.models.embedding import unit
from index.networks.alignment import DIMENSION
from tests.index.judging.judges import shown


def test_without_texts_nothing_is_fitted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says what is missing, and nothing is written."""
    out = tmp_path / "judge.safetensors"
    assert judge(["fit", "--shared", str(tmp_path / "none"), "--out", str(out)]) == 2
    assert "the texts of the body aren't there" in capsys.readouterr().err
    assert not out.exists()


def test_without_texts_nothing_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same of scoring."""
    assert body(["--shared", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def example(seed: int) -> Example:
    """A question whose answer repeats its tokens, among three passages that don't."""
    draw = np.random.default_rng(seed)
    vectors = [unit(draw.standard_normal((count, DIMENSION)).astype(np.float32)) for count in (5, 6, 4, 7, 8)]
    place = seed % 4
    own = vectors[1:]
    own[place] = np.concatenate([vectors[0], own[place]])
    grades = [3 if each == place else 0 for each in range(4)]
    texts = Texts(vectors[0], own, [vectors[0][:0]] * 4)
    return Example("d", f"q{seed}", texts, features([shown(str(each)) for each in range(4)]), grades, True)


@pytest.mark.slow
def test_it_learns(tmp_path: Path) -> None:
    """After a few steps the answers of questions that it hasn't seen come first, by what it wrote."""
    out = tmp_path / "judge.safetensors"
    train([example(seed) for seed in range(96)], Recipe(epochs=4, processes=1), out)
    network = JudgeNetwork()
    network.load(load_file(out))
    network.eval()
    unseen = [example(seed) for seed in range(1_000, 1_040)]
    first = [int(forward(network, each, range(4)).argmax()) for each in unseen]
    assert sum(place == each.grades.index(3) for place, each in zip(first, unseen, strict=True)) > 30
    assert not list(tmp_path.glob("*.meeting"))


def made(answerable: bool, is_answered: bool, confidence: float, rank: int = 0) -> Outcome:
    question = BodyQuestion(id="q", question="Why?", kind="factoid" if answerable else "unanswerable")
    return Outcome("a" if answerable else "", question, is_answered, confidence, rank, rank == 1, rank == 1)


def test_all_documents_together() -> None:
    """Of the answerable questions where the evidence stands and whether another document answered; of all who was
    asked back; of the foreign ones how many are answered, and how many of these as if for certain."""
    own = [made(True, True, 0.9, 1), made(True, False, 0.2, 4), replace(made(True, True, 0.9), is_foreign=True)]
    own += [replace(made(True, False, 0.0), asks_which=True), replace(made(False, False, 0.0), document="a")]
    foreign = [made(False, True, 0.9), made(False, True, 0.5), made(False, False, 0.1), made(False, False, 0.9)]
    rows = dict(line.rsplit(maxsplit=1) for line in together_lines(own, foreign) if line)
    assert rows == {
        "1 documents in one": "corpus",
        "answerable": "4",
        "hit@1": "0.250",
        "hit@5": "0.500",
        "hit@20": "0.500",
        "answered and right": "0.250",
        "from other documents": "0.250",
        "refused": "0.250",
        "unanswerable": "1",
        "asked which document": "0.000",
        "foreign": "4",
        "answered": "0.500",
        "answered from 0.85 on": "0.250",
    }


def test_foreign_questions_are_many() -> None:
    """A hundred or more everyday questions, each once, none of which a document answers."""
    found = read_lines(FOREIGN, BodyQuestion)
    assert len({each.question.lower() for each in found}) == len(found) >= 100
    assert not any(each.is_answerable for each in found)
