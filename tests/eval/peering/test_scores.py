"""Scores are means of documents, with intervals that come from drawing documents."""

import pytest

from eval.peering.questions import AskedSet
from eval.peering.scores import PRINTED, document_scores, scored
from eval.runs.gold import GoldQuestion
from eval.runs.run import Hit, Response, SystemRun


def question(name: str, *references: int) -> GoldQuestion:
    """An answerable question whose evidence is its own name."""
    fields = {"id": name, "question": "Which?", "kind": "factoid", "references": references}
    return GoldQuestion.model_validate(fields | {"evidence": [{"anchor": f"anchor {name}"}]})


NOTHING = GoldQuestion(id="u", question="Who?", kind="unanswerable")


def response(name: str, text: str, *references: int, confidence: float = 0.5) -> Response:
    """A response with one passage."""
    return Response(id=name, ms=1, hits=(Hit(score=1, text=text),), references=references, confidence=confidence)


def asked(name: str, *questions: GoldQuestion) -> AskedSet:
    """Questions about a document that isn't looked at."""
    return AskedSet(name, questions, None, None, ())  # type: ignore[arg-type]


def test_each_document_counts_once() -> None:
    """A document with many questions weighs as much as one with a single question."""
    many, single = asked("many", *map(question, "abc")), asked("single", question("d"))
    runs = {
        "many": SystemRun(responses=tuple(response(name, f"anchor {name}") for name in "abc")),
        "single": SystemRun(responses=(response("d", "nothing"),)),
    }
    overall, by_document = scored([many, single], runs)
    assert (overall["hit@1"].value, overall["hit@1"].documents) == (0.5, 2)
    assert (overall["hit@1"].low, overall["hit@1"].high) == (0, 1)
    assert by_document["many"]["hit@1"] == 1


def test_documents_that_do_not_allow_a_measure_are_left_out() -> None:
    """AUROC is that of the documents with both kinds of questions."""
    both, answerable = asked("both", question("a"), NOTHING), asked("answerable", question("b"))
    runs = {
        "both": SystemRun(responses=(response("a", "anchor a"), response("u", "x", confidence=0.1))),
        "answerable": SystemRun(responses=(response("b", "anchor b"),)),
    }
    overall, _ = scored([both, answerable], runs)
    assert (overall["AUROC"].value, overall["AUROC"].documents) == (1, 1)
    assert overall["hit@1"].documents == 2


def test_references_are_measured_where_some_are_printed() -> None:
    """A system that never names a number is right where none is printed, so both figures are given."""
    responses = {"a": response("a", "anchor a", 1), "b": response("b", "anchor b"), "c": response("c", "anchor c")}
    found = document_scores([question("a", 1), question("b", 2), question("c")], responses)
    assert found["reference_F1"] == pytest.approx(2 / 3)
    assert found[PRINTED] == 0.5
