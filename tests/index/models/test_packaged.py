"""The packaged model without PyTorch: the same model, the same vectors whatever else is embedded."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from evqa.settings import DEFAULT_MODEL
from index.models import packaged
from index.models.embed import Embedder
from index.models.encode import CARD, Encoder
from index.models.packaged import GraphEmbedder, packaged_model
from index.writer import embedder_for
from tests.index.documents import TEXTS

LONG = " ".join(f"Vesicles of kind {number} carry cargo {number} to cells." for number in range(60))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model, made ready in a home of its own."""
    folder = packaged_model(tmp_path_factory.mktemp("packaged"))
    assert folder is not None
    return folder


def test_it_is_the_model_that_pytorch_loads(made: Path, embedder: Embedder) -> None:
    """Fingerprint, card, dimensions and vectors are those of the model by sentence-transformers, up to rounding."""
    graph = GraphEmbedder(made)
    assert (graph.name, graph.fingerprint) == (DEFAULT_MODEL, embedder.fingerprint)
    assert (graph.dimension, graph.token_dimension) == (embedder.dimension, embedder.token_dimension)
    texts = [*TEXTS, LONG, "a"]
    for own, other in zip(graph.embed(texts), embedder.embed(texts), strict=True):
        assert own.tokens.shape == other.tokens.shape
        assert float(own.pooled @ other.pooled) > 0.9995
    for own, question in zip(graph.embed(texts), Encoder(made).encode(texts), strict=True):
        assert np.abs(own.pooled - question.pooled).max() < 1e-5


def test_a_vector_is_the_same_whatever_stands_beside_it(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone or among others, by one thread or by eight, every bit of a vector is the same."""
    graph = GraphEmbedder(made)
    monkeypatch.setattr(packaged, "processors", lambda: 8)
    together = graph.embed([*TEXTS, LONG])
    monkeypatch.setattr(packaged, "processors", lambda: 1)
    for text, found in zip([*TEXTS, LONG], together, strict=True):
        (alone,) = graph.embed([text])
        assert np.array_equal(alone.pooled, found.pooled)
        assert np.array_equal(alone.tokens, found.tokens)


def test_storing_needs_no_pytorch(tmp_path: Path) -> None:
    """A corpus is made in an empty home, and asked, without PyTorch or sentence-transformers."""
    file = tmp_path / "salt.md"
    file.write_text(
        "# Salt\n\n## Introduction\n\nSalt melts at 801 degrees (1).\n\n## References\n\n1. Doe J. Salt. 2019.\n"
    )
    code = (
        "import sys; from api.cli.main import main\n"
        f"main(['ingest', {str(file)!r}]); main(['ask', 'At which temperature does salt melt?'])\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    environment = {"EVQA_HOME": str(tmp_path / "home"), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert "801" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_another_package_is_loaded_as_any_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where other weights are installed than the graph is for, they go the way of other models."""
    facts = json.loads((Path(packaged.__file__).parent / packaged.FACTS).read_text(encoding="utf-8"))
    monkeypatch.setattr(packaged, "_facts", lambda: {**facts, "files": {packaged.WEIGHTS: "0" * 64}})
    asked: list[str] = []
    monkeypatch.setattr("index.writer.load_lazily", asked.append)
    assert packaged_model(tmp_path) is None
    embedder_for(DEFAULT_MODEL, tmp_path)
    assert asked == [DEFAULT_MODEL]
    assert not list(tmp_path.rglob(CARD))
