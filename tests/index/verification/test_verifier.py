"""The verifier: its network, its export, and its verdicts."""

from pathlib import Path

import numpy as np
import pytest
import torch

from evqa.errors import ModelError
from index.models.embedding import unit
from index.networks.alignment import DIMENSION
from index.verification.adapter import ADAPTER, VERIFIER
from index.verification.inputs import StatedPair, TokenText, inputs
from index.verification.network import VerifierNetwork, shipped_verifier
from index.verification.verifier import Verifier


def drawn(words: int, seed: int) -> TokenText:
    """A text of so many words, by chance."""
    draw = np.random.default_rng(seed)
    vectors = unit(draw.standard_normal((words, DIMENSION)).astype(np.float32))
    ids = draw.integers(1, 40, words)
    return TokenText(f"text {seed} of 7 words", ids, vectors, unit(vectors.mean(axis=0)))


PAIRS = [
    StatedPair(drawn(count, count), [drawn(2 * each + 3, 90 + each) for each in range(1 + count % 3)])
    for count in (3, 9, 5, 14, 6, 2, 11, 4, 7, 8, 10)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported verifier."""
    return VERIFIER.exported(tmp_path_factory.mktemp("verifier"))


def by_network(network: VerifierNetwork, pairs: list[StatedPair]) -> list[list[float]]:
    """What the network says of the pairs, read at once."""
    with torch.no_grad():
        found: list[list[float]] = network(*map(torch.from_numpy, inputs(pairs))).tolist()
    return found


def test_padding_changes_nothing() -> None:
    """One at a time or all at once, a pair gets the same scores."""
    torch.manual_seed(3)
    network = VerifierNetwork().eval()
    at_once = by_network(network, PAIRS)
    assert [by_network(network, [each])[0] for each in PAIRS] == [pytest.approx(each, abs=1e-4) for each in at_once]


def test_what_is_exported_says_the_same(folder: Path) -> None:
    """The graph gives the scores of the fitted network, in the order of the pairs."""
    expected = by_network(shipped_verifier(), PAIRS)
    assert Verifier(folder).scores(PAIRS).tolist() == [pytest.approx(each, abs=1e-3) for each in expected]


def test_a_verdict_names_a_sentence_that_was_read(folder: Path) -> None:
    """The verdict comes with the place of one of the nearest sentences, always the same; without any there is none."""
    model = Verifier(folder)
    statement, sentences = drawn(8, 1), [drawn(6, seed) for seed in range(20, 27)]
    found = model.verdict(statement, sentences)
    assert found is not None
    verdict, place = found
    assert verdict.outcome in ("supports", "unclear", "disagrees")
    assert 0 <= place < len(sentences)
    assert model.verdict(statement, sentences) == found
    assert model.verdict(statement, []) is None


def test_weights_are_small() -> None:
    """What is shipped stays below 2 MB."""
    assert ADAPTER.stat().st_size < 2_000_000


def test_a_missing_graph_is_told(tmp_path: Path) -> None:
    """A folder without the graph is refused with the next step."""
    with pytest.raises(ModelError, match="the verifier in it can't be loaded"):
        Verifier(tmp_path)
