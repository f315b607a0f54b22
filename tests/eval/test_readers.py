"""The reader benchmark from end to end, on an invented article."""

import json
from pathlib import Path

import pytest

from eval.readers import main
from tests.eval.invented_jats import JATS, MARKDOWN

ROWS = "1\t[n]\t1.xml\t\n2\t[n]\t2.xml\t2.pdf\n3\t(n)\t3.xml\t\n4\t(n)\tnone.xml\t\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four articles: sound, with a PDF that is none, with broken XML, missing."""
    (tmp_path / "manifest.tsv").write_text(f"pmc\tcitation_style\txml\tpdf\n{ROWS}", encoding="utf-8")
    for name in ("1.xml", "2.xml"):
        (tmp_path / name).write_text(JATS, encoding="utf-8")
    (tmp_path / "3.xml").write_text("<article><body>", encoding="utf-8")
    (tmp_path / "2.pdf").write_bytes(b"%PDF-1.4 of nothing")
    (tmp_path / "PMC1.md").write_text(MARKDOWN, encoding="utf-8")
    return tmp_path


def test_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every article is in the report: read, refused with its reason, or left out with its own; JSON says the same."""
    out = folder / "out.json"
    assert main([str(folder), "--json", str(out), "--jobs", "2"]) == 0
    printed = capsys.readouterr().out
    lines = printed.splitlines()
    assert lines[1].startswith("xml    [n]                2/2")
    assert "pdf PMC2 refused: 2.pdf" in printed
    assert "left out (2):" in lines
    assert "no file none.xml" in printed
    results = json.loads(out.read_text(encoding="utf-8"))
    assert [(row["format"], row["pmc"], row["outcome"]) for row in results["measured"]] == [
        ("xml", "1", "read"),
        ("xml", "2", "read"),
        ("pdf", "2", "refused"),
    ]
    assert [row["score"]["links"]["right"] for row in results["measured"]] == [5, 5, 0]


def test_markdown_twins(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a folder of Markdown twins those are measured, where there is one."""
    assert main([str(folder), "--format", "md", "--markdown", str(folder)]) == 0
    assert "md     all                1/1" in capsys.readouterr().out


def test_another_reader(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Any function from a path to a document can be measured; one that can't be loaded is told in a line."""
    assert main([str(folder), "--format", "xml", "--only", "PMC1", "--reader", "ingest.reader:nothing"]) == 4
    assert "ingest.reader:nothing can't be loaded" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"), [(["--only", "9"], "PMC9: not in the manifest"), (["--format", "md"], "nothing to measure")]
)
def test_nothing_to_measure(folder: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What can't be measured is told in a line, with exit code 4."""
    assert main([str(folder), *arguments]) == 4
    assert words in capsys.readouterr().err
