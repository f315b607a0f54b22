"""The query model on the disk."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evqa.settings import DEFAULT_MODEL
from index.models.embed import Embedder
from index.models.encode import CARD, Encoder
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


def test_two_that_export_at_once(embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the first and takes what that one wrote, which may be read already, as it is."""
    written: list[Path] = []
    began, rest = threading.Event(), threading.Event()

    def slowly(_: Embedder, folder: Path) -> None:
        written.append(folder)
        began.set()
        rest.wait(0.5)
        (folder / CARD).write_text("{}")

    monkeypatch.setattr("index.models.export.write", slowly)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(export, embedder, tmp_path)
        assert began.wait(10)
        second = pool.submit(export, embedder, tmp_path)
        assert first.result() == second.result() == tmp_path / "models" / embedder.fingerprint
    assert len(written) == 1
