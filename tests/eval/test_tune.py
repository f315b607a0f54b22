"""The command that fits everything: each set left out, then all."""

import json
from pathlib import Path

import pytest

from eval.tune import BODY_RANKING, BODY_REFUSAL, RANKING, REFUSAL, body_lines, command_of, main, readable
from evqa.fitted import ConfidenceModel, RankingWeights
from evqa.refusal.confidence import NAMES
from index.models.own_fit import fitted_for_model

REVIEW = """# {subject} in the garden

## Abstract

{subject} thrives in wet soil and wilts in the sun.

## 1 Growth

In spring {subject} grew by 4 cm in ten days (1). Watering with rain lowered the share of brown leaves (2).
Slugs damage the roots of {subject} more than frost does (1).

## References

1. Moe A, Doe B. Growth of {subject}. J Garden (2019) 3:1–9. doi: 10.1000/garden.1
2. Roe C. Rain and leaves. J Garden (2021) 5:10–9. doi: 10.1000/garden.2
"""
QUESTIONS = [
    ("How far did {subject} grow in spring?", "grew by 4 cm in ten days"),
    ("Where does {subject} thrive?", "thrives in wet soil"),
    ("What lowered the share of brown leaves?", "lowered the share of brown leaves"),
    ("Who won the chess tournament in Reykjavik?", None),
    ("What voltage does the carburettor need?", None),
]


@pytest.fixture
def home(_home: Path) -> Path:
    """The tests' home, where the model is exported once."""
    return _home


def written(folder: Path, subject: str) -> tuple[Path, Path]:
    """Gold questions and a review about the subject."""
    document = folder / f"{subject}.md"
    document.write_text(REVIEW.format(subject=subject), encoding="utf-8")
    gold = folder / f"{subject}.jsonl"
    gold.write_text("".join(_line(number, subject) for number in range(len(QUESTIONS))), encoding="utf-8")
    return gold, document


def _line(number: int, subject: str) -> str:
    question, anchor = QUESTIONS[number]
    fields: dict[str, object] = {"id": f"q{number}", "question": question.format(subject=subject)}
    if anchor is None:
        return json.dumps({**fields, "kind": "unanswerable"}) + "\n"
    evidence = [{"where": "1", "anchor": anchor}]
    return json.dumps({**fields, "kind": "factoid", "references": [], "evidence": evidence}) + "\n"


def given(folder: Path, *subjects: str) -> list[str]:
    """Arguments for sets about the subjects."""
    return [str(part) for subject in subjects for part in ("--set", *written(folder, subject))]


@pytest.mark.slow
def test_command(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three small reviews are stored, asked and fitted on; what is written can be used and says how it came about."""
    arguments = given(tmp_path, "Fern", "Moss", "Ivy")
    assert main(arguments, home, tmp_path) == 0
    shown = capsys.readouterr()
    assert all(measure in shown.out for measure in (*RANKING, *REFUSAL))
    assert "Ivy left out: entry" in shown.err
    ranking = json.loads((tmp_path / "ranking.json").read_text())
    confidence = json.loads((tmp_path / "confidence.json").read_text())
    RankingWeights.model_validate(ranking)
    assert set(ConfidenceModel.model_validate(confidence).weights) == set(NAMES)
    assert list(ranking["left_out"]) == list(confidence["left_out"]) == ["mean", "Fern", "Moss", "Ivy", "all_together"]
    value, low, high = ranking["left_out"]["mean"]["hit@1"]
    assert low <= value <= high
    assert ranking["command"] == command_of([written(tmp_path, name) for name in ("Fern", "Moss", "Ivy")])


@pytest.mark.slow
def test_scored_as_in_use(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One set is enough where nothing is fitted; every measure is told, and nothing is written."""
    assert main([*given(tmp_path, "Fern"), "--in-use"], home, tmp_path) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].split() == ["mean", "Fern", "all_together"]
    assert [line.split()[0] for line in shown[1:]] == [*RANKING, *REFUSAL]
    assert not (tmp_path / "ranking.json").exists()


@pytest.mark.slow
def test_fitted_for_a_model(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --for-model the parameters are kept in the user's home under the model's fingerprint, and found there."""
    own = tmp_path / "own"
    monkeypatch.setenv("EVQA_HOME", str(own))
    assert main([*given(tmp_path, "Fern", "Moss", "Ivy"), "--for-model"], home, tmp_path) == 0
    (folder,) = (own / "fitted").iterdir()
    assert sorted(file.name for file in folder.iterdir()) == ["confidence.json", "ranking.json"]
    assert not (tmp_path / "ranking.json").exists()
    kept = fitted_for_model(own, "any", folder.name)
    assert kept is not None
    assert kept.ranking == RankingWeights.model_validate_json((folder / "ranking.json").read_bytes())


def test_too_few(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two sets are too few: one line says what to do, and nothing is written."""
    assert main(given(tmp_path, "Fern", "Moss"), tmp_path, tmp_path) == 2
    assert capsys.readouterr().err == (
        "--set: a review is left out of two or more others; give --set 3 times or more\n"
    )
    assert not (tmp_path / "ranking.json").exists()


def test_without_texts_nothing_is_fitted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --set the body is fitted on; where its texts aren't there, one line says so, and nothing is written."""
    assert main(["--shared", str(tmp_path / "none")], tmp_path, tmp_path) == 2
    assert "the texts of the body aren't there" in capsys.readouterr().err
    assert not (tmp_path / "ranking.json").exists()


def test_nothing_to_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --in-use there must be a set."""
    assert main(["--in-use"], tmp_path, tmp_path) == 2
    assert capsys.readouterr().err.startswith("--in-use: there is no set to score")


def test_a_table_of_the_body() -> None:
    """One line a measure, one column a split, with its interval."""
    column = dict.fromkeys((*BODY_RANKING, *BODY_REFUSAL), (0.5, 0.4, 0.6))
    head, *rows = body_lines({"left out of fit": column, "choose": column})
    assert head.split() == ["left", "out", "of", "fit", "choose"]
    assert len(rows) == len(column)
    assert rows[0].split() == ["hit@1", *(2 * ["0.500", "[0.400,", "0.600]"])]


def test_readable() -> None:
    """Lists of numbers stand on one line, and nothing is lost."""
    content = {"weights": {"a": 1.5}, "rare": [4.0, 5.5], "command": "x [1]"}
    assert json.loads(readable(content)) == content
    assert '"rare": [4.0, 5.5]' in readable(content)
