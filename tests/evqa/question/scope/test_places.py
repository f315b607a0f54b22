"""Parts named by where they lie."""

import pytest

from evqa.question.scope.places import by_place
from tests.evqa.invented import BREAD_OUTLINE, TEXTS

BREAD = TEXTS["d-bread"]


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("Early in the article, what do bakers keep?", "1 Introduction"),
        ("What is mentioned right at the start?", "1 Introduction"),
        ("At the very beginning, which cereals are named?", "1 Introduction"),
        ("What do the authors recommend towards the end?", "5 Conclusions"),
        ("Late in the paper, what is debated?", "5 Conclusions"),
        ("How does this review end?", "5 Conclusions"),
    ],
)
def test_place(question: str, head: str) -> None:
    """The beginning and the end of a text are its introduction and its closing part."""
    [part] = by_place(question, [BREAD_OUTLINE])
    assert BREAD[part.spans[0].start :].startswith(head)


def test_halves() -> None:
    """The two halves of the body lie next to each other and hold all of it."""
    [first] = by_place("in the first half of the article", [BREAD_OUTLINE])
    [second] = by_place("What is said in the second half?", [BREAD_OUTLINE])
    assert first.spans[0].end == second.spans[0].start
    assert BREAD[first.spans[0].start :].startswith("1 Introduction")
    assert BREAD[: second.spans[0].end].rstrip().endswith("debate [11, 12].")


@pytest.mark.parametrize(
    "question",
    [
        "Is acid formed early in fermentation?",
        "What happens at the start of proofing?",
        "Towards the end of baking, does colour change?",
        "Is glucose low at the end?",
        "What is said about the end of the fermentation?",
        "the first half of the dough",
        "Early signs of staling?",
    ],
)
def test_time_of_something_else(question: str) -> None:
    """The beginning or end of a process is no place in the text."""
    assert list(by_place(question, [BREAD_OUTLINE])) == []
