"""The query model on the disk."""

import json
from pathlib import Path

from evqa.settings import DEFAULT_MODEL
from index.models.embed import Embedder
from index.models.encode import Encoder
from index.models.export import export


def test_exported_once(embedder: Embedder, models: Path) -> None:
    """A second export finds the first and writes nothing."""
    folder = models / "models" / embedder.fingerprint
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert export(embedder, models) == folder
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_the_card_describes_the_model(embedder: Embedder, models: Path) -> None:
    """Name, fingerprint and window are beside the model, and no raw graph is left."""
    folder = models / "models" / embedder.fingerprint
    card = json.loads((folder / "model.json").read_text())
    assert (card["name"], card["fingerprint"], card["window"]) == (DEFAULT_MODEL, embedder.fingerprint, 256)
    assert sorted(path.name for path in folder.iterdir()) == ["model.json", "model.onnx", "tokenizer.json"]


def test_exporting_leaves_the_model_as_it_was(embedder: Embedder, models: Path, encoder: Encoder) -> None:
    """After an export, bulk embedding still agrees with the query model."""
    (bulk,), (query,) = embedder.embed(["Vesicles"]), encoder.encode(["Vesicles"])
    assert float(bulk.pooled @ query.pooled) > 0.999
