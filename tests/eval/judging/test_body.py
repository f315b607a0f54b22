"""The body of documents: its split, its questions, and the grades of passages."""

from pathlib import Path

import pytest

from eval.judging.body import BodyQuestion, documents, drills, passage_key, splits
from eval.sets import GOLD
from evqa.errors import InputError
from evqa.language.words import squeeze

NAMES = [f"PMC{number}" for number in range(50)]


def test_the_split_hangs_on_names_alone() -> None:
    """The order of the files doesn't matter, and a document more moves only few others."""
    split = splits(NAMES, 10, 8)
    assert splits(NAMES[::-1], 10, 8) == split
    assert [list(split.values()).count(part) for part in ("report", "choose", "fit")] == [10, 8, 32]
    more = splits([*NAMES, "PMC9999"], 10, 8)
    assert sum(more[name] != part for name, part in split.items()) <= 2


def test_a_passage_is_graded_by_its_letters() -> None:
    """A reader's grade follows the passage through other spacing, marks and brackets; evidence counts as an answer."""
    question = BodyQuestion(
        id="q",
        question="How much water?",
        kind="factoid",
        anchors=(squeeze("twenty times their weight"),),
        grades={2: frozenset({passage_key("Moss holds water (3).")}), 1: frozenset({passage_key("Moss is green.")})},
    )
    assert question.grade("Cushions hold twenty times their weight in water.") == 3
    assert question.grade("Moss  holds water [3]") == 2
    assert question.grade("MOSS is green") == 1
    assert question.grade("Slugs eat moss.") == 0


def test_without_the_texts_nothing_is_loaded(tmp_path: Path) -> None:
    """The texts lie outside the project; where they are missing, that is said."""
    with pytest.raises(InputError, match="the texts of the body aren't there"):
        documents(tmp_path / "none")


def test_every_question_has_grades_and_every_file_one_place(shared: Path) -> None:
    """The whole body: each document in one part of the split, each question graded, each drill about a fitted one."""
    body = documents(shared)
    assert len({each.name for each in body}) == len(body) > 100
    parts = {part: [each for each in body if each.split == part] for part in ("fit", "choose", "report")}
    assert all(len(part) >= 18 for part in parts.values())
    questions = [question for each in body for question in each.questions]
    assert len(questions) > 3_000
    assert all(question.grades is not None for question in questions)
    assert 0.3 < sum(not question.is_answerable for question in questions) / len(questions) < 0.4
    drilled = {file.stem for file in (GOLD / "drill").glob("*.jsonl")}
    fitted = {each.name for each in parts["fit"]}
    assert {name for name in drilled if not name.startswith("abstracts-")} <= fitted
    assert sum(len(drills(name)) for name in drilled) > 6_000
