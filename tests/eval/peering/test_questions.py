"""Training questions become gold questions with the numbers that the document prints."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from eval.peering.questions import named_sets, training_questions, training_sets
from evqa.errors import InputError
from tests.eval.peering.fakes import QUESTIONS, REVIEW, asked_set


def written(path: Path, *lines: Mapping[str, object]) -> Path:
    """A file with one JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def line(*anchors: str, **fields: object) -> dict[str, object]:
    """A line of a training file."""
    evidence = [{"anchor": anchor} for anchor in anchors]
    return {"id": "t1", "question": "Which?", "kind": "factoid", "evidence": evidence, "overlap": "medium"} | fields


@pytest.mark.parametrize(
    ("anchors", "references"),
    [
        (["Green lamps calm"], (1,)),
        (["Green lamps calm", "wake sparrows before"], (1, 2, 3)),
        (["blue lamps do to moths"], ()),
        (["Sparrows at dawn. J Light"], (2,)),
        (["nowhere in the text"], ()),
    ],
)
def test_references_are_those_printed_at_the_anchors(
    tmp_path: Path, anchors: list[str], references: tuple[int, ...]
) -> None:
    """A sentence's numbers, those of several sentences, none where none is printed, an entry's own."""
    (question,) = training_questions(written(tmp_path / "t.jsonl", line(*anchors)), asked_set(tmp_path).passages)
    assert question.references == references
    assert question.overlap == "medium"


def test_unanswerable_questions_keep_their_reason(tmp_path: Path) -> None:
    """A question without evidence is unanswerable and says why."""
    unanswerable = {"id": "u", "question": "Who?", "kind": "unanswerable", "why": "off-topic"}
    (question,) = training_questions(written(tmp_path / "t.jsonl", unanswerable), ())
    assert (question.is_answerable, question.why) == (False, "off-topic")


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    """An unknown kind is an error that names the question."""
    with pytest.raises(InputError, match=r"t\.jsonl t1"):
        training_questions(written(tmp_path / "t.jsonl", line("Green lamps", kind="riddle")), ())


def test_no_training_questions_is_an_error(tmp_path: Path) -> None:
    """Where the folder of articles is missing, the error names the option that works without it."""
    with pytest.raises(InputError, match="--set GOLD DOCUMENT"):
        training_sets(3, tmp_path)


def test_sets_are_named_by_questions_and_document(tmp_path: Path) -> None:
    """A set named on the command line is read with its document; the same pair twice is an error."""
    document = tmp_path / "lamps.md"
    document.write_text(REVIEW, encoding="utf-8")
    pair = [written(tmp_path / "gold.jsonl", *QUESTIONS), document]
    (found,) = named_sets([pair])
    assert (found.name, len(found.questions)) == ("gold-lamps", 3)
    assert found.passages
    with pytest.raises(InputError, match="'gold-lamps' occurs more than once"):
        named_sets([pair, pair])
