"""Journals that questions name."""

import pytest
from hypothesis import given, settings

from evqa.model import Reference
from evqa.question.facts.containers import find_containers
from tests.evqa.invented import BREAD_REFERENCES, SLEEP_REFERENCES
from tests.evqa.questions import ANY_TEXT


def titles(question: str) -> list[str]:
    return [each.title for each in find_containers(question, [*BREAD_REFERENCES, *SLEEP_REFERENCES])]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("papers in Cancers", "Cancers"),
        ("Which articles appeared in Nutrients?", "Nutrients"),
        ("articles from Food Microbiol", "Food Microbiol"),
        ("articles in Food Microbiology", "Food Microbiol"),
        ("works in Cereal Chemistry", "Cereal Chem"),
        ("papers in J Cereal Sci", "Journal of Cereal Science"),
        ("papers in the Journal of Cereal Science", "Journal of Cereal Science"),
        ("papers in J. Cereal Sci.", "Journal of Cereal Science"),
        ("papers in Am J Clin Nutr", "The American Journal of Clinical Nutrition"),
        ("papers in the American Journal of Clinical Nutrition", "The American Journal of Clinical Nutrition"),
        ("Articles from the Journal of Pineal Research", "J Pineal Res"),
        ("a paper in Frontiers in Immunology", "Front Immunol"),
        ("the Nature article by Best", "Nature"),
        ("Which paper in Nature is cited?", "Nature"),
        ("published by the journal Sleep", "Sleep"),
    ],
)
def test_named(question: str, title: str) -> None:
    """A journal is known in full or abbreviated, whichever way the bibliography prints it."""
    assert titles(question) == [title]


@pytest.mark.parametrize(
    "question",
    [
        "What role does nature play in baking?",
        "How do cancers spread?",
        "Nature of the effect",
        "papers in Nature Medicine",
        "Sleep loss and cytokines",
        "food microbiology of rye",
        "Which diabetes care helps?",
        "",
    ],
)
def test_everyday_words(question: str) -> None:
    """Names that are also words, or the beginning of another journal's, aren't taken for journals."""
    assert titles(question) == []


def test_longest_wins() -> None:
    """Of journals whose names overlap the longest counts."""
    entries = [Reference(number=n, container_title=t, raw="r") for n, t in enumerate(["Cell", "Cell Death Dis"], 1)]
    assert [each.title for each in find_containers("papers in Cell Death & Disease", entries)] == ["Cell Death Dis"]
    assert [each.title for each in find_containers("papers in Cell", entries)] == ["Cell"]


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, the stretches lie inside it."""
    found = find_containers(question, BREAD_REFERENCES)
    assert all(0 <= each.where[0] < each.where[1] <= len(question) for each in found)
