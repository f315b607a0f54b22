"""The model is loaded and exported once; every home folder of a test shares it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evqa.settings import DEFAULT_MODEL
from index.models.embed import Embedder, load_embedder
from index.models.encode import Encoder
from index.models.export import export


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The packaged model, loaded by sentence-transformers."""
    return load_embedder(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def models(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that holds the exported query model and nothing else."""
    home = tmp_path_factory.mktemp("models")
    export(embedder, home)
    return home


@pytest.fixture(scope="session")
def encoder(embedder: Embedder, models: Path) -> Encoder:
    """The query model by ONNX Runtime."""
    return Encoder(models / "models" / embedder.fingerprint)


@pytest.fixture
def home(tmp_path: Path, models: Path) -> Path:
    """An empty home folder that shares the exported model."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "models").symlink_to(models / "models")
    return folder


@pytest.fixture
def load(embedder: Embedder) -> Callable[[str], Embedder]:
    """Hands out the loaded model for the default's name."""
    loaded = {DEFAULT_MODEL: embedder}
    return loaded.__getitem__
