"""Gold sets are loaded strictly and their anchors found exactly once."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from eval.runs.gold import GoldQuestion, check_anchors, load_gold
from evqa.errors import InputError

ANSWERABLE = {
    "id": "q1",
    "question": "Which cargo is carried?",
    "kind": "factoid",
    "references": [3],
    "evidence": [{"where": "2", "anchor": "TGF-β is the cargo"}],
    "answer": "TGF-β.",
    "overlap": "high",
}
UNANSWERABLE = {"id": "q2", "question": "Who won?", "kind": "unanswerable", "why": "Sport.", "near": "off-topic"}


def gold_file(folder: Path, *questions: dict[str, Any]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    return path


def changed(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in (ANSWERABLE | fields).items() if value is not None}


def test_questions_are_loaded_in_order(tmp_path: Path) -> None:
    """Both sorts of question are read, with what the file says of them."""
    answerable, unanswerable = load_gold(gold_file(tmp_path, ANSWERABLE, UNANSWERABLE))
    assert (answerable.references, answerable.is_answerable) == ((3,), True)
    assert answerable.anchors == ("tgfbetaisthecargo",)
    assert (unanswerable.near, unanswerable.is_answerable) == ("off-topic", False)


def test_gold_questions_are_frozen_and_extensible(tmp_path: Path) -> None:
    """A loaded question can't be altered; fields that later sets add are passed over."""
    question = load_gold(gold_file(tmp_path, ANSWERABLE | {"author": "someone"}))[0]
    with pytest.raises(ValidationError, match="frozen"):
        question.id = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (changed(kind="opinion"), "line 2: kind: Input should be .*, not 'opinion'"),
        (changed(evidence=[]), "line 2: .*q1 is of kind factoid and needs references"),
        (changed(references=None), "line 2: .*q1 is of kind factoid and needs references"),
        (changed(references=[0]), "line 2: references.0: .*, not 0"),
        (changed(question=""), "line 2: question"),
        (changed(id=None), "line 2: id: Field required"),
        (changed(overlap="middling"), "line 2: overlap"),
        (changed(evidence=[{"where": "1", "anchor": "– ."}]), "line 2: evidence.0.anchor: .* no letter or digit"),
        (changed(kind="unanswerable"), "line 2: .*q1 is unanswerable and can't have"),
        (UNANSWERABLE, "the id 'q2' occurs more than once"),
    ],
)
def test_a_question_that_is_none_is_refused(tmp_path: Path, question: dict[str, Any], message: str) -> None:
    """Unknown kinds, incomplete and contradictory questions are refused with their line."""
    with pytest.raises(InputError, match=message):
        load_gold(gold_file(tmp_path, UNANSWERABLE, question))


def test_an_uncited_answer_is_answerable(tmp_path: Path) -> None:
    """[] with evidence means answerable but uncited there."""
    assert load_gold(gold_file(tmp_path, changed(references=[])))[0].is_answerable


def test_anchors_are_found_whatever_the_print() -> None:
    """Case, Greek spelling, punctuation, line breaks and hyphens don't hinder an anchor."""
    check_anchors([GoldQuestion.model_validate(ANSWERABLE)], "Here TGF-\nbeta is,\nthe “Car-go”.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Nothing of the kind.", "q1: the anchor 'TGF-β is the cargo' occurs nowhere in the document, not once"),
        ("TGF-β is the cargo. TGFβ is the cargo.", "q1: the anchor 'TGF-β is the cargo' occurs more than once"),
    ],
)
def test_an_anchor_that_is_not_unique_is_refused(text: str, message: str) -> None:
    """The message names the question and the anchor."""
    with pytest.raises(InputError, match=message):
        check_anchors([GoldQuestion.model_validate(ANSWERABLE)], text)


def test_every_wrong_anchor_is_told() -> None:
    """The first is named with its words, the others by their questions; several documents may be given."""
    gold = [GoldQuestion.model_validate(ANSWERABLE | {"id": name}) for name in ("q1", "q2", "q3")]
    with pytest.raises(InputError, match=r"q1: the anchor 'TGF-β is the cargo' .* \(2 more: q2, q3\)$"):
        check_anchors(gold, "Nothing.", "Nor here.")
    check_anchors(gold, "TGF-β is the cargo. TGFβ is the cargo.", "The TGF-β is the cargo.")


def test_the_development_sets_load(shared: Path) -> None:
    """All development gold sets are valid, and the review's anchors occur once in its text."""
    sets = {path.name: load_gold(path) for path in (shared / "gold").glob("*.jsonl")}
    assert {name: len(gold) for name, gold in sets.items()} == {
        "ev-review.dev.jsonl": 130,
        "PMC5376420.dev.jsonl": 70,
        "PMC5545592.dev.jsonl": 70,
        "PMC6182669.dev.jsonl": 60,
    }
    check_anchors(sets["ev-review.dev.jsonl"], (shared / "review/ev-review.md").read_text(encoding="utf-8"))
