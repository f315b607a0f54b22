"""The confidence model is fitted on sets and judged on the set left out."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.calibrate import Table, command_of, fit, fitted, main, readable, terminal
from evqa.errors import UsageError
from evqa.features import NAMES, SIGNS

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


def table(name: str, informative: bool = True, count: int = 60, seed: int = 0) -> Table:
    """Made-up values; informative ones part the two kinds of question as `SIGNS` says."""
    answerable = (np.arange(count) % 3 > 0).astype(float)
    noise = np.random.default_rng(seed).random((count, len(NAMES)))
    shift = 0.4 * np.outer(answerable - 0.5, SIGNS) if informative else 0
    return Table(name, noise + shift, answerable, np.zeros(count, dtype=bool))


def test_left_out() -> None:
    """A set's score comes from the other sets alone: its own labels, turned round, don't save it."""
    lawful = [table("a", seed=1), table("b", seed=2)]
    contrary = table("c", seed=3)
    contrary = contrary._replace(answerable=1 - contrary.answerable)
    report = fitted([*lawful, contrary])["left_out"]
    assert report["c"]["auroc"][0] < 0.2
    assert report["mean"]["auroc"] == pytest.approx(
        np.mean([report[name]["auroc"][0] for name in ("a", "b", "c")]), abs=1e-3
    )


def test_good_features() -> None:
    """What parts the questions in every set parts those of the set left out, at the threshold chosen."""
    report = fitted([table(name, seed=seed) for seed, name in enumerate("abc")])["left_out"]
    assert report["mean"]["auroc"] > 0.9
    assert report["all_together"]["false_refusals"][0] <= 0.06
    value, low, high = report["a"]["auroc"]
    assert low <= value <= high


@given(st.integers(0, 20))
def test_signs(seed: int) -> None:
    """No weight takes the direction that sense forbids, whatever the data."""
    weights = fit([table("noise", informative=False, seed=seed)]).weights
    assert all(weight * sign >= 0 for weight, sign in zip(weights, SIGNS, strict=True))


def test_least_loss() -> None:
    """The fit is scikit-learn's where no sign is in the way."""
    from sklearn.linear_model import LogisticRegression

    data = table("a", count=200)
    spread = data.values.std(axis=0)
    expected = LogisticRegression(C=1.0, max_iter=1000, tol=1e-9).fit(data.values / spread, data.answerable)
    found = fit([data])
    assert found.weights * spread == pytest.approx(expected.coef_[0], abs=1e-3)


def test_rules() -> None:
    """What a rule refuses has no confidence and isn't fitted on."""
    data = table("a")
    refused = data._replace(refused=np.arange(60) % 6 == 0)
    model = fit([refused])
    assert (model.confidence(refused)[refused.refused] == 0).all()
    spoilt = refused._replace(values=np.where(refused.refused[:, None], 9.0, refused.values))
    assert fit([spoilt]).weights == pytest.approx(model.weights)


def test_too_little() -> None:
    """One set alone, or one without unanswerable questions, is refused with the next step."""
    with pytest.raises(UsageError, match="--set twice"):
        fitted([table("a")])
    answered = table("b")
    with pytest.raises(UsageError, match="b needs both"):
        fitted([table("a"), answered._replace(answerable=np.ones(60))])


def test_readable() -> None:
    """Lists of numbers stand on one line, and nothing is lost."""
    model = {**fitted([table("a"), table("b", seed=1)]), "command": "x [1]"}
    text = readable(model)
    assert json.loads(text) == model
    assert text.count("\n") < 60
    assert "all_together" in terminal(model)


@pytest.fixture
def home(_home: Path) -> Path:
    """The tests' home, where the model is exported once."""
    return _home


def test_command(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two small reviews and their questions are stored, asked and fitted on; a dry run writes nothing."""
    sets = [_written(tmp_path, subject) for subject in ("Fern", "Moss")]
    given = [part for gold, document in sets for part in ("--set", str(gold), str(document))]
    assert main([*given, "--dry-run"], home) == 0
    shown = capsys.readouterr().out
    assert "Fern.jsonl" in shown
    assert "written" not in shown
    assert command_of(sets).endswith(f"--set {sets[1][0]} {sets[1][1]}")


def _written(folder: Path, subject: str) -> tuple[Path, Path]:
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
