"""`python -m eval.graphs`."""

from pathlib import Path

import pytest

from eval.graphs import graphs, main

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_shipped_graphs_are_those_of_the_code() -> None:
    """Every graph is what the networks' code and the packaged model give now; else write them anew."""
    found = graphs()
    assert sorted(found) == [
        "index/judging/judge.onnx",
        "index/models/packaged.json",
        "index/models/packaged.onnx",
        "index/verification/verifier.onnx",
    ]
    assert [path for path, content in found.items() if (ROOT / path).read_bytes() != content] == []


def test_they_are_written_below_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command writes each file at its place."""
    monkeypatch.setattr("eval.graphs.graphs", lambda: {"graph.onnx": b"one"})
    assert main([], tmp_path) == 0
    assert (tmp_path / "graph.onnx").read_bytes() == b"one"
