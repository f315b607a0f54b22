"""The command that measures what an audit finds."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from eval.audit import FILE, FOLDS, left_out, main
from eval.auditing.articles import Article
from eval.auditing.detection import Detection
from evqa.audit.weights import AuditWeights, shipped
from evqa.errors import UsageError
from tests.evqa.citing import on_topics

Say = Callable[[str], None]


def made(count: int) -> list[Article]:
    """So many articles of different length."""
    return [Article(f"PMC{place}", "[n]", on_topics(14 + place)) for place in range(count)]


@pytest.fixture
def holding(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[Path]]:
    """Articles that stand in place of those of a folder; gives the homes that were asked for."""

    def put(count: int) -> list[Path]:
        homes: list[Path] = []

        def articles(folder: Path, home: Path, only: Sequence[str], say: Say) -> list[Article]:
            homes.append(home)
            return [each for each in made(count) if not only or each.name in only]

        monkeypatch.setattr("eval.audit.articles", articles)
        return homes

    return put


def test_it_prints_json(
    holding: Callable[[int], list[Path]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """With --json the measures are printed as a record, of the articles asked for, which are kept in the home given."""
    homes = holding(3)
    assert main(["DIR", "--json", "--only", "PMC0", "PMC2", "--home", str(tmp_path)]) == 0
    found = Detection.model_validate_json(capsys.readouterr().out)
    assert (found.articles, found.pairs) == (2, 14 + 16)
    assert homes == [tmp_path]


def test_it_prints_a_table(holding: Callable[[int], list[Path]], capsys: pytest.CaptureFixture[str]) -> None:
    """Without it the measures are a table, and the home is one that is gone afterwards."""
    homes = holding(2)
    assert main(["DIR"]) == 0
    assert capsys.readouterr().out.startswith("2 articles, 29 pairs; ")
    assert [home.exists() for home in homes] == [False]


def test_nothing_to_measure(holding: Callable[[int], list[Path]], capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without an article long enough is one line and exit code 2."""
    holding(0)
    assert main(["DIR"]) == 2
    assert capsys.readouterr() == (
        "",
        "DIR: no article with ten citing statements and ten entries or more; name another folder\n",
    )


def test_a_folder_without_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that lists no articles is one line and an exit code other than 0."""
    assert main([str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "manifest.tsv" in err


def test_too_few_to_leave_out() -> None:
    """Fewer than two articles a fold can't be left out in turn: a line says how many are needed."""
    with pytest.raises(UsageError, match="10 or more"):
        left_out(made(2 * FOLDS - 1))


@pytest.mark.slow
def test_each_is_judged_by_weights_fitted_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every article is seen once, and is never among those that its weights were fitted on."""
    fitted: list[set[str]] = []

    def fit(articles: Sequence[Article]) -> AuditWeights:
        fitted.append({each.name for each in articles})
        bound = float(len(fitted))
        return shipped().model_copy(update={"verdict": shipped().verdict.model_copy(update={"suspect": bound})})

    monkeypatch.setattr("eval.audit.fitted_on", fit)
    held = made(2 * FOLDS)
    found, scores, runs = left_out(held)
    assert {each.article for each in runs} == {each.name for each in held}
    assert scores.kinds["as printed"].tries == 2 * FOLDS
    assert sorted(each.name for each in found) == sorted(each.name for each in held)
    assert len(fitted) == FOLDS
    for each in found:
        assert each.name not in fitted[int(each.bound) - 1]
        assert len(fitted[int(each.bound) - 1]) == 2 * FOLDS - 2


@pytest.mark.slow
def test_fitted_weights_are_written(
    holding: Callable[[int], list[Path]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With --fit weights, scores of articles left out and the command go into the file; else nothing is written."""
    holding(2 * FOLDS)
    other = shipped().model_copy(update={"shift": shipped().shift.model_copy(update={"least": 7.5})})
    monkeypatch.setattr("eval.audit.fitted_on", lambda articles: other)
    file, before = tmp_path / "audit.json", FILE.read_bytes()
    assert main(["a folder"], file) == 0
    assert not file.exists()
    assert main(["a folder", "--fit"], file) == 0
    found = AuditWeights.model_validate_json(file.read_bytes())
    assert found.model_copy(update={"run": other.run}) == other
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["command"] == "python -m eval.audit --fit 'a folder'"
    assert Detection.model_validate(written["left_out"]).articles == 2 * FOLDS
    assert FILE.read_bytes() == before
