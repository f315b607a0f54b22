"""A corpus made with a model of one's own, from `ingest` to the answer."""

import json
from pathlib import Path

import pytest

from api.cli.main import main
from evqa.corpus.own_fit import UNFITTED
from evqa.fitted import shipped
from index.models.own_fit import fitted_folder
from tests.embeddingmodels import bert, multi, roberta, single

REVIEW = """# Moss in the garden

## Abstract

Moss grows on the stones of a wet garden (1). Slugs damage the roots more than frost does (2).

## References

1. Moe A, Doe B. Growth of moss. J Garden (2019) 3:1–9. doi: 10.1000/garden.1
2. Roe C. Rain and leaves. J Garden (2021) 5:10–9. doi: 10.1000/garden.2
"""
QUESTION = "What does reference 2 support?"
OPEN = "Where does moss grow?"


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small review, and an empty home."""
    monkeypatch.setenv("EVQA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EVQA_JUDGE", "off")
    file = tmp_path / "moss.md"
    file.write_text(REVIEW, encoding="utf-8")
    return file


def made(kind: str, folder: Path) -> Path:
    """A model of that kind."""
    if kind == "single":
        return single(roberta(folder / "base", 40), folder / "model", dense=12)
    expansion = {"strategy": "fixed", "attend": False, "length": 16}
    return multi(bert(folder / "base"), folder / "model", skipped=[".", "?"], expansion=expansion)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["single", "multi"])
def test_from_file_to_answer(
    kind: str, review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A model with other sizes or several vectors makes, verifies and answers a corpus. That its confidence isn't
    fitted is said when it is made, once when it is asked, and in each answer, until something is fitted for it."""
    model = str(made(kind, tmp_path))
    monkeypatch.setenv("EVQA_MODEL", model)
    line = f"corpus 'default' was made with model {model!r}, for which the confidence isn't fitted"
    assert main(["ingest", str(review)]) == 0
    assert capsys.readouterr().err.count(line) == 1
    assert main(["verify"]) == 0
    monkeypatch.delenv("EVQA_MODEL")
    capsys.readouterr()
    assert main(["ask", QUESTION, "--json"]) == 0
    shown = capsys.readouterr()
    answer = json.loads(shown.out)
    assert answer["claims"][0]["references"] == [2]
    assert UNFITTED in answer["warnings"]
    assert main(["search", OPEN, "--json"]) == 0
    assert capsys.readouterr().err.count(line) == 1
    (folder,) = (tmp_path / "home" / "models").glob("[!.]*")
    fit = fitted_folder(tmp_path / "home", folder.name)
    fit.mkdir(parents=True)
    for part in ("ranking", "confidence"):
        (fit / f"{part}.json").write_text(getattr(shipped(), part).model_dump_json())
    main(["ask", OPEN, "--json"])
    shown = capsys.readouterr()
    assert (UNFITTED in shown.out, line in shown.err) == (False, False)


@pytest.mark.slow
def test_another_model_than_the_corpus_was_made_with(
    review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A corpus is asked with its own model, which is said where another one is set; ingesting moves it, which is said,
    too."""
    base = bert(tmp_path / "base")
    first, second = str(single(base, tmp_path / "first")), str(single(base, tmp_path / "second", dense=12))
    monkeypatch.setenv("EVQA_MODEL", first)
    assert main(["ingest", str(review)]) == 0
    assert "embedded anew" not in capsys.readouterr().err
    monkeypatch.setenv("EVQA_MODEL", second)
    assert main(["ask", QUESTION]) == 0
    told = f"corpus 'default' was made with model {first!r} and is asked with it; ingest again to use {second!r}"
    assert told in capsys.readouterr().err
    assert main(["ingest", str(review)]) == 0
    anew = f"corpus 'default' was made with model {first!r}; all its passages are embedded anew with {second!r}"
    assert anew in capsys.readouterr().err
    assert main(["verify"]) == 0
    main(["ask", OPEN])
    assert "was made with model" in (said := capsys.readouterr().err)
    assert first not in said
