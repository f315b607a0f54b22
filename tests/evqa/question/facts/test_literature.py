"""Bibliographic facts in questions."""

import time

import pytest
from hypothesis import given, settings

from evqa.language.framing import blanked
from evqa.question.facts.literature import Facts, extreme, find_facts, matching
from tests.evqa.invented import BREAD_REFERENCES
from tests.evqa.questions import ANY_TEXT, LONG_TEXTS


def selected(question: str) -> list[int] | None:
    """Numbers of the entries that the question selects; None when its facts select none by themselves."""
    facts = find_facts(question, BREAD_REFERENCES)
    found = matching(facts, BREAD_REFERENCES)
    if facts.order:
        found = extreme(facts.order, found)
    return [entry.number for entry in found] if facts.selects else None


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Which cited works appeared in 2025?", [9, 12]),
        ("Which references are from 2025?", [9, 12]),
        ("references from 2012", [2, 7]),
        ("list all 2012 papers", [2, 7]),
        ("What was published in 2012?", [2, 7]),
        ("papers published before 1997", [3, 6]),
        ("Which papers are older than 1990?", [3]),
        ("papers no older than 2018", [8, 9, 11, 12]),
        ("works published between 2010 and 2015", [2, 5, 7, 10]),
        ("Which publications date from the nineties?", [1, 6]),
        ("papers in the 1980s", [3]),
        ("publications since 2021", [9, 11, 12]),
        ("Which works by Whiteside are cited?", [9, 12]),
        ("works by Whiteside", [9, 12]),
        ("What has Whiteside published?", [9, 12]),
        ("Which cited works list Han Y among the authors?", [8, 9]),
        ("Which references have Han as first author?", [9]),
        ("papers with Long as last author", [3, 6]),
        ("papers by Best and Long", [6]),
        ("papers by Whiteside and Okafor", [8, 9, 12]),
        ("papers in Cancers", [12]),
        ("articles in Food Microbiology", [1, 5]),
        ("papers by Lindqvist in Nutrients", [7]),
        ("the 2025 paper by Whiteside in Cancers", [12]),
        ("Which paper has the DOI 10.1000/AJCN.12?", [2]),
        ("https://doi.org/10.1000/ajcn.12", [2]),
        ("What is the oldest publication in the list?", [3]),
        ("What is the oldest reference?", [3]),
        ("Which reference is the oldest?", [3]),
        ("Which of the references here was the earliest one?", [3]),
        ("Which cited paper is the earliest?", [3]),
        ("the most recent reference", [9, 12]),
        ("the newest work by Lindqvist", [2, 7]),
        ("oldest paper by Han", [8]),
        ("Which paper appeared first of those listed?", [3]),
        ("Which of the cited works came out last?", [9, 12]),
        ("What is the youngest entry?", [9, 12]),
        ("Is anything from Cancers or Nutrients cited?", [7, 9, 12]),
        ("Oldest of the references?", [3]),
        ("How many references?", list(range(1, 13))),
        ("How many papers by Lindqvist are there?", [2, 7]),
        ("How many works from 2012 are cited?", [2, 7]),
        ("papers from 1850", []),
    ],
)
def test_selected(question: str, numbers: list[int]) -> None:
    """Year, author, journal, DOI and age pick exactly the entries of which they are true."""
    assert selected(question) == numbers


@pytest.mark.parametrize(
    "question",
    [
        "What did Whiteside et al. report about rye?",
        "Why did the dough sour in the study by Whiteside et al.?",
        "What does the paper by Whiteside say about rye?",
        "How long is the fermentation?",
        "What role does nature play in baking?",
        "In 2012, what was found?",
        "How many trials were done?",
        "How many studies found lower glucose?",
        "What lowers the peak of glucose?",
        "the latest findings on yeast",
        "How is viral entry blocked?",
        "What does the reference say about rye?",
        "Are the oldest loaves the sourest?",
        "Which paper is the oldest evidence of sourdough?",
        "Is hexanal listed as safe?",
        "",
    ],
)
def test_text_is_asked(question: str) -> None:
    """A question about the matter selects no entries."""
    assert selected(question) is None


@pytest.mark.parametrize("question", ["How many references are there?", "number of cited works", "how many sources"])
def test_count(question: str) -> None:
    """A count is asked for in various ways, and narrows nothing."""
    facts = find_facts(question, BREAD_REFERENCES)
    assert facts.count
    assert not facts.narrows


@pytest.mark.parametrize("question", ["Which works by Einstein are cited?", "works by Einstein", "papers by Curie"])
def test_stranger(question: str) -> None:
    """An author whom the bibliography lacks is noted, in questions about works."""
    assert find_facts(question, BREAD_REFERENCES).stranger in ("Einstein", "Curie")
    assert find_facts("eaten by Einstein", BREAD_REFERENCES).stranger is None


def test_sought() -> None:
    """A question for a work is told from one that speaks of the bibliography."""
    facts = find_facts("Which paper is on pentosans?", BREAD_REFERENCES)
    assert (facts.sought, facts.explicit) == (True, False)
    assert find_facts("glycaemia papers in the bibliography", BREAD_REFERENCES).explicit
    for question in ("Is there a listed study about rye?", "Whose guideline is cited?", "A thesis is cited, on what?"):
        assert find_facts(question, BREAD_REFERENCES).explicit, question
    assert not find_facts("Whose claim is cited for rye?", BREAD_REFERENCES).explicit


def test_kinds() -> None:
    """A kind of work picks its entries, and its word leaves the question."""
    book = BREAD_REFERENCES[4].model_copy(update={"type": "book"})
    entries = [*BREAD_REFERENCES[:4], book, *BREAD_REFERENCES[5:]]
    facts = find_facts("Which books are in the reference list?", entries)
    assert (facts.selects, facts.narrows) == (True, True)
    assert matching(facts, entries) == (book,)
    assert "books" not in blanked("Which books are in the reference list?", facts.taken)
    assert find_facts("Which books do bakers read?", entries).kinds == ()


def test_taken() -> None:
    """What states the facts is taken out of the question, the topic is left."""
    question = "all references from 2012 on glucose"
    facts = find_facts(question, BREAD_REFERENCES)
    assert blanked(question, facts.taken).split() == ["all", "references", "on", "glucose"]


def test_extreme_without_years() -> None:
    """Entries without a year are neither oldest nor newest."""
    bare = [entry.model_copy(update={"issued": None}) for entry in BREAD_REFERENCES]
    assert extreme("oldest", bare) == ()
    assert [entry.number for entry in extreme("oldest", [*bare, BREAD_REFERENCES[5]])] == [6]


def test_no_facts() -> None:
    """Without facts every entry fits."""
    assert matching(Facts(), BREAD_REFERENCES) == BREAD_REFERENCES


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, the taken stretches lie inside it."""
    facts = find_facts(question, BREAD_REFERENCES)
    assert all(0 <= start <= end <= len(question) for start, end in facts.taken)
    assert set(matching(facts, BREAD_REFERENCES)) <= set(BREAD_REFERENCES)


@pytest.mark.slow
def test_no_slow_question() -> None:
    """Degenerate questions of full length take moments."""
    began = time.process_time()
    for question in LONG_TEXTS:
        find_facts(question, BREAD_REFERENCES)
    assert time.process_time() - began < 5
