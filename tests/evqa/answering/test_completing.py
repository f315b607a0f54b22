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
    return [each.passage.id for each in completed(asked, known[:1], known, shelf(passages)).chosen]


def test_a_finding_takes_the_place_of_its_set_up() -> None:
    """With the set-up as its context, if no number is lost and the judge finds it about as good."""
    passages = running("One study evaluated rye [5]. They found a lower peak [5].")
    known = [ranked(passages[0], 0.8), ranked(passages[1], 0.7)]
    found = completed(ASKED, known[:1], known, shelf(passages))
    assert [each.passage.id for each in found.chosen] == ["p1"]
    assert found.set_ups == {"p1": passages[0]}


def test_no_number_is_lost() -> None:
    """Where the set-up alone prints a number, both are claims, in printed order."""
    passages = running("One study evaluated rye [5]. They found a lower peak.")
    assert ids(passages, {0: 0.8, 1: 0.7}) == ["p0", "p1"]


def test_what_the_judge_finds_worse_stays_away() -> None:
    """A finding far below its set-up isn't what was asked; one that wasn't read must say whose finding it is."""
    theirs = running("One study evaluated rye [5]. They found a lower peak [5].")
    others = running("One study evaluated rye [5]. Wheat caused a higher peak [5].")
    assert ids(theirs, {0: 0.8, 1: 0.2}) == ["p0"]
    assert ids(theirs, {0: 0.8}) == ["p1"]
    assert ids(others, {0: 0.8}) == ["p0"]


def test_announced_passages_come_after_their_sentence() -> None:
    """Each once, in printed order, before what else was chosen."""
    passages = running("Rye keeps for two reasons. First, it is sour. Second, it is dense.", "Rye is dark.")
    known = [ranked(passages[place], score) for place, score in ((0, 0.9), (3, 0.8), (2, 0.7))]
    assert [each.passage.id for each in completed(ASKED, known, known, shelf(passages)).chosen] == [
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
