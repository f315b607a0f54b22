"""Passages chosen, with what belongs to them."""

from dataclasses import replace

from evqa.answering.completing import completed
from evqa.answering.ranking import Ranked
from evqa.corpus.corpus import Candidate
from evqa.model import Passage
from evqa.question.understanding import QuestionKind, Understanding
from tests.evqa.answering.running import running, shelf

ASKED = Understanding("Does rye help?", "rye help", kind=QuestionKind(has_topic=True))


def ranked(passage: Passage, relevance: float | None) -> Ranked:
    score = relevance or 0.5
    return Ranked(Candidate(passage, score, score, score), score, relevance)


def ids(passages: list[Passage], relevances: dict[int, float | None], asked: Understanding = ASKED) -> list[str]:
    """What the first passage, chosen alone, is completed to."""
    known = [ranked(passages[place], relevance) for place, relevance in relevances.items()]
    return [each.passage.id for each in completed(asked, known[:1], known, shelf(passages))]


def test_announced_passages_come_after_their_sentence() -> None:
    """Each once, in printed order, before what else was chosen."""
    passages = running("Rye keeps for two reasons. First, it is sour. Second, it is dense.", "Rye is dark.")
    known = [ranked(passages[place], score) for place, score in ((0, 0.9), (3, 0.8), (2, 0.7))]
    assert [each.passage.id for each in completed(ASKED, known, known, shelf(passages))] == [
        "p0",
        "p1",
        "p2",
        "p3",
    ]


def test_parts_and_numbers_are_left_alone() -> None:
    """Where numbers, facts or places pick the passages, nothing is added."""
    passages = running("Rye keeps for two reasons. First, it is sour. Second, it is dense.")
    assert ids(passages, {0: None}, replace(ASKED, kind=QuestionKind(by="printed"))) == ["p0"]
    assert ids(passages, {0: None}) == ["p0", "p1", "p2"]
