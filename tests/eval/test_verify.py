"""The command that teaches and measures the verifier."""

from pathlib import Path

import numpy as np
import pytest
import torch

from eval.verification.claims import JudgedClaim
from eval.verification.examples import Example
from eval.verification.training import Recipe, fit
from eval.verify import main
from evqa.works.verdicts import OUTCOMES
from index.models.embedding import unit
from index.networks.alignment import DIMENSION
from index.verification.inputs import TokenText, inputs
from index.verification.network import VerifierNetwork


def text(name: str, words: list[int]) -> TokenText:
    """A text whose words have a vector each."""
    vectors = unit(np.random.default_rng(7).standard_normal((60, DIMENSION)).astype(np.float32))[words]
    return TokenText(name, np.array(words, dtype=np.int64), vectors, unit(vectors.mean(axis=0)))


def example(place: int) -> Example:
    """A statement that is supported where the work repeats its words, and denied where word 50 stands among them."""
    draw = np.random.default_rng(place)
    words = draw.integers(1, 40, 6).tolist()
    outcome = OUTCOMES[place % 3]
    says = {"supports": words, "unclear": draw.integers(1, 40, 6).tolist(), "disagrees": [50, *words]}[outcome]
    judged = JudgedClaim("c", f"d-{place}", outcome, (0,) if outcome != "unclear" else (), "fit", True)
    return Example(judged, text("stated", words), [text("said", says)], [0])


@pytest.mark.slow
def test_it_learns() -> None:
    """After some passes over made examples the network tells the three apart on others of the kind."""
    torch.manual_seed(1)
    network = VerifierNetwork()
    fit(
        network,
        [example(place) for place in range(240)],
        Recipe(epochs=6, rate=1e-3, together=16, kept=0.9),
        lambda _: None,
    )
    held = [example(place) for place in range(1_000, 1_060)]
    with torch.no_grad():
        found = network(*map(torch.from_numpy, inputs([each.asked for each in held]))).argmax(-1)
    assert (found == torch.tensor([each.outcome for each in held])).float().mean() > 0.8


@pytest.mark.parametrize("step", ["fit", "calibrate", "report"])
def test_without_the_collection(step: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says what is missing, and nothing is written."""
    out = tmp_path / "out"
    home = tmp_path / "home"
    assert main([step, "--shared", str(tmp_path / "none"), "--out", str(out), "--home", str(home)]) == 2
    assert "corpus.jsonl" in capsys.readouterr().err
    assert not out.exists()
