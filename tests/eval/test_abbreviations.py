"""Precision and recall of abbreviations."""

from pathlib import Path

import pytest

from eval.abbreviations import main
from eval.reading.abbreviations import Score, load, score
from evqa.errors import InputError

SHARED = Path(__file__).parents[2].parent / "shared" / "abbreviations" / "med1250-first-half.txt"
FILE = """12345678
A title.
We saw extracellular vesicles (EVs) and a heat shock protein (HSP).
  EVs|extracellular vesicles
  XY|something else

23456789
Nothing is defined here.
"""


def test_load(tmp_path: Path) -> None:
    """Abstracts keep their order; definition lines are truth and no part of the text."""
    path = tmp_path / "truth.txt"
    path.write_text(FILE, encoding="utf-8")
    first, second = load(path)
    assert first.pairs == {("EVs", "extracellular vesicles"), ("XY", "something else")}
    assert "|" not in first.text
    assert (second.id, second.pairs) == ("23456789", frozenset())


def test_score(tmp_path: Path) -> None:
    """One of two found pairs is right and one of two true pairs is found."""
    path = tmp_path / "truth.txt"
    path.write_text(FILE, encoding="utf-8")
    result = score(load(path))
    assert result == Score(right=1, found=2, true=2)
    assert (result.precision, result.recall, result.f1) == (0.5, 0.5, 0.5)


def test_nothing_to_find() -> None:
    """Without pairs nothing is wrong and nothing is missed."""
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall, Score(0, 0, 0).f1) == (1.0, 1.0, 1.0)


def test_main(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints a line for each half and for all."""
    path = tmp_path / "truth.txt"
    path.write_text(FILE, encoding="utf-8")
    assert main([str(path)]) == 0
    assert [line.split("precision")[0].strip() for line in capsys.readouterr().out.splitlines()] == [
        "first half",
        "second half",
        "all",
    ]


def test_bad_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file without abstracts is an error in one line; no file is a wrong usage."""
    path = tmp_path / "empty.txt"
    path.write_text("no abstracts", encoding="utf-8")
    with pytest.raises(InputError, match="holds no abstract"):
        load(path)
    assert main([str(path)]) == 4
    assert main([str(tmp_path / "missing.txt")]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 2
    with pytest.raises(SystemExit, match=r"^2$"):
        main([])


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the annotated abstracts aren't beside the checkout")
def test_published_level() -> None:
    """On each half of the annotated abstracts the published level of .95 / .80 is passed."""
    abstracts = load(SHARED)
    half = (len(abstracts) + 1) // 2
    for part in (abstracts[:half], abstracts[half:]):
        assert score(part).precision >= 0.95
        assert score(part).recall >= 0.84
