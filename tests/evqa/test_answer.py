"""Answers and refusals."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings

from evqa.answer import LONGEST, ask, search
from evqa.corpus.corpus import Filter
from evqa.corpus.judge import Judge, Shown, Verdict
from evqa.errors import UsageError
from evqa.model import Answer, Home, JudgeName
from tests.evqa.invented import BOTH, BREAD_REFERENCES, BREAD_SHELF, TEXTS, review
from tests.evqa.questions import ANY_TEXT
from tests.evqa.shelf import Shelf

QUESTIONS = [
    "What does reference 7 support?",
    "Which cited works appeared in 2025?",
    "How many references?",
    "works by Whiteside",
    "What is the oldest reference?",
    "What does the abstract say?",
    "Which rows of Table 1 share reference 8?",
    "Why does yeast slow down below pH 4?",
    "Lactobacilli (LAB) produce lactic acid within 8 h",
]


def check(answer: Answer) -> None:
    """What holds for every answer."""
    texts = {passage.id: passage for passage in BOTH.passages(Filter())}
    assert 0 <= answer.confidence <= 1
    for claim in answer.claims:
        document = TEXTS[texts[claim.passage].document.id]
        assert claim.text == document[claim.start : claim.end]
    used = {number for claim in answer.claims for number in (*claim.references, *claim.carried)}
    assert {entry.number for entry in answer.references} <= used
    assert {claim.passage for claim in answer.claims} <= {passage.id for passage in answer.passages}
    assert [passage.rank for passage in answer.passages] == list(range(1, len(answer.passages) + 1))
    if answer.status == "insufficient_evidence":
        assert (answer.answer, answer.claims, answer.references) == ("", (), ())
    else:
        assert answer.claims
        assert all(claim.text in answer.answer for claim in answer.claims)


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer(question: str) -> None:
    """Claims are slices of the canonical text, references stand in them, and a repetition has the same bytes."""
    answer = ask(question, BREAD_SHELF)
    check(answer)
    assert ask(question, BREAD_SHELF).model_dump_json() == answer.model_dump_json()


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Which cited works appeared in 2025?", [9, 12]),
        ("Which works by Whiteside are cited?", [9, 12]),
        ("What is the oldest reference?", [3]),
        ("What does reference 7 support?", [7]),
        ("Which rows of Table 1 share reference 8?", [8]),
        ("papers in Cancers", [12]),
    ],
)
def test_references(question: str, numbers: list[int]) -> None:
    """The entries that an answer rests on are resolved in full, each once."""
    answer = ask(question, BREAD_SHELF)
    assert answer.status == "answered"
    assert [entry.number for entry in answer.references] == numbers
    assert all(entry.title and entry.author for entry in answer.references)


def test_quoted_with_numbers() -> None:
    """The answer quotes the sentence with its numbers behind it."""
    answer = ask("What does reference 6 support?", BREAD_SHELF)
    assert answer.answer.startswith("Yeast slows down below pH 4 [6]. [6]")


def test_count() -> None:
    """How many entries there are is counted, in all or of those that match."""
    assert ask("How many references?", BREAD_SHELF).note == "the bibliography has 12 entries, 1 to 12"
    assert (
        ask("How many papers by Lindqvist are there?", BREAD_SHELF).note == "2 of 12 entries of the bibliography match"
    )
    assert ask("What does reference 6 support?", BREAD_SHELF).note is None


@pytest.mark.parametrize(
    "question",
    [
        "What does Table 7 show?",
        "What does reference 97 support?",
        "What does section 9 say?",
        "Which works by Einstein are cited?",
        "Which works of 1850 are cited?",
        "How many papers by Einstein are cited?",
        "?!",
    ],
)
def test_refusal(question: str) -> None:
    """What the corpus hasn't got is refused with no confidence, and said where it was named."""
    answer = ask(question, BREAD_SHELF)
    check(answer)
    assert answer.status == "insufficient_evidence"
    assert answer.confidence == 0
    assert answer.warnings or question in ("?!", "Which works of 1850 are cited?")


def test_foreign_question() -> None:
    """A question on another matter is refused, the nearest passages are still given."""
    answer = ask("Why do Zeppelin quasars emit 21cm jets?", BREAD_SHELF)
    check(answer)
    assert answer.status == "insufficient_evidence"


@pytest.mark.parametrize("question", ["", " \n\t"])
def test_empty(question: str) -> None:
    """An empty question is a mistake of use, with an example of a good one."""
    with pytest.raises(UsageError, match="the question is empty; ask something"):
        ask(question, BREAD_SHELF)


def test_too_long() -> None:
    """A question beyond 2,000 characters is refused by length, one of 2,000 isn't."""
    with pytest.raises(UsageError, match="2,001 characters; ask in at most 2,000"):
        search("x" * (LONGEST + 1), BREAD_SHELF)
    check(ask("yeast " * 333, BREAD_SHELF))


def test_how_many_passages() -> None:
    """`k` passages are given, or as many as the claims stand in."""
    assert len(ask("Why does yeast slow down?", BREAD_SHELF, k=3).passages) == 3
    assert len(search("Why does yeast slow down?", BREAD_SHELF, k=4)) == 4
    assert len(ask("Which cited works appeared in 2025?", BREAD_SHELF, k=1).passages) == 2


def test_empty_corpus() -> None:
    """A corpus without a document answers nothing."""
    answer = ask("What lowers glucose?", Shelf([], [], []))
    assert (answer.status, answer.confidence, answer.passages) == ("insufficient_evidence", 0, ())


@settings(deadline=None)
@given(ANY_TEXT.filter(str.strip))
def test_any_question(question: str) -> None:
    """Whatever is asked, of two reviews at once, all of this holds."""
    check(ask(question, BOTH))


@pytest.mark.parametrize(
    "question", ["a", "the", "x", "-k", "[a-", "how?", "엑" * 50, "표적 치료란 무엇인가?", "qzx " * 20]
)
def test_nothing_understood(question: str) -> None:
    """A question without any word that the corpus or general English knows is refused outright."""
    answer = ask(question, BOTH)
    assert answer.status == "insufficient_evidence"
    assert answer.confidence == 0.0


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Which papers did Whiteside write?", {9, 12}),
        ("Which articles come from Nutrients?", {7, 9}),
        ("Which works predate 1990?", {3}),
        ("What's the newest paper cited?", {9, 12}),
        ("Is there a paper on yeasts among the references?", {6}),
        ("How many cited papers date from 2012?", {2, 7}),
    ],
)
def test_entries_as_asked(question: str, numbers: set[int]) -> None:
    """Facts about entries are understood in the words that people use for them, and nothing else is left to seek."""
    assert {entry.number for entry in ask(question, BREAD_SHELF).references} == numbers


def test_nothing_as_asked() -> None:
    """Where no entry is as asked, that is said, and the nearest passages are still given."""
    answer = ask("Which papers were published in 1871?", BREAD_SHELF)
    assert answer.status == "insufficient_evidence"
    assert answer.passages
    assert any("no entry" in warning for warning in answer.warnings)


@pytest.mark.parametrize("question", ["Which journal is cited most often?", "Who is the most frequent author?"])
def test_no_tally(question: str) -> None:
    """What only a tally of the bibliography would tell is refused, and said."""
    answer = ask(question, BREAD_SHELF)
    assert answer.status == "insufficient_evidence"
    assert any("isn't counted" in warning for warning in answer.warnings)


def test_what_an_author_is_cited_for() -> None:
    """Asked what an author's work supports, the statements that cite it answer, under its number alone."""
    answer = ask("Which statement is backed by Long 1987?", BREAD_SHELF)
    assert [entry.number for entry in answer.references] == [3]
    assert answer.claims
    assert all(3 in (*claim.references, *claim.carried) for claim in answer.claims)


def test_a_claim_that_leans_brings_the_sentence_before() -> None:
    """Its context is the sentence before, whose numbers stay its own; references are those of the claims."""
    body = "# 1|Results\nRye bread was eaten by 20 adults [1]. This lowered the peak of glucose after breakfast [2]."
    entries = BREAD_REFERENCES[:2]
    outline, passages, _ = review(Home(id="d-bread", title="Rye"), body, entries, {})
    answer = ask("What lowered the peak of glucose after breakfast?", Shelf([outline], passages, entries))
    claim = answer.claims[0]
    assert claim.context is not None
    assert (claim.context.text, claim.context.references) == ("Rye bread was eaten by 20 adults [1].", (1,))
    assert [entry.number for entry in answer.references] == [2]
    assert claim.context.text not in answer.answer


def test_both_parts_of_a_question_are_answered() -> None:
    """Claims of each part, each once; a part that nothing answers is named as it was asked."""
    both = ask("Why does yeast slow down below pH 4 and what have bakers kept for five thousand years?", BREAD_SHELF)
    one = ask("Why does yeast slow down below pH 4 and who sells hops?", BREAD_SHELF)
    check(both)
    check(one)
    assert both.missing == ()
    assert any("Yeast slows" in claim.text for claim in both.claims)
    assert any("five thousand years" in claim.text for claim in both.claims)
    assert len({claim.passage for claim in both.claims}) == len(both.claims)
    assert (one.status, one.missing) == ("answered", ("who sells hops",))


WHOLE = "When was the rye bread baked and when was it sold?"


PARTS = ("When was the rye bread baked?", "when was rye bread baked sold?")
RYE, WHEAT = "The rye bread was baked on Monday and sold on Tuesday.", "Wheat was sold for a coin."


class Believing:
    """A judge that believes, for each question, one sentence as far as it was told to; it tells a problem with each."""

    def __init__(self, beliefs: Mapping[str, tuple[str, float]], problem: str = "") -> None:
        self._beliefs = beliefs
        self._problem = problem

    def verdict(self, question: str, shown: Sequence[Shown]) -> Verdict:
        """The belief for its sentence, next to none for others."""
        text, belief = self._beliefs[question]
        relevances = tuple(belief if each.passage.text == text else 0.01 for each in shown)
        problem = self._problem if question in PARTS else ""
        return Verdict(relevances, JudgeName(name="test", version="1"), problem, is_calibrated=True)


class Judged(Shelf):
    """A shelf with that judge."""

    believing: Judge

    @property
    def judge(self) -> Judge:
        return self.believing


def asked_of_judge(judge: Judge) -> Answer:
    """The answer to WHOLE from both sentences."""
    outline, passages, _ = review(Home(id="d-bread", title="Rye"), f"# 1|Results\n{RYE} {WHEAT}", (), {})
    shelf = Judged([outline], passages, ())
    shelf.believing = judge
    return ask(WHOLE, shelf)


@pytest.mark.parametrize(
    ("first", "second", "missing"),
    [
        ((RYE, 0.1), (RYE, 0.1), ()),
        ((RYE, 0.9), (RYE, 0.1), ()),
        ((RYE, 0.9), (WHEAT, 0.1), ("when was it sold",)),
        ((RYE, 0.1), (WHEAT, 0.1), ("when was it sold",)),
        ((WHEAT, 0.1), (WHEAT, 0.1), ()),
    ],
)
def test_what_one_sentence_answers_isnt_missing(
    first: tuple[str, float], second: tuple[str, float], missing: tuple[str, ...]
) -> None:
    """A part that would be refused by itself is answered if its best passage is quoted; all parts are never missing."""
    answer = asked_of_judge(Believing({WHOLE: (RYE, 0.9), PARTS[0]: first, PARTS[1]: second}))
    assert answer.status == "answered"
    assert [claim.text for claim in answer.claims] == [RYE]
    assert answer.missing == missing


def test_problems_of_the_judge_with_a_part_are_told() -> None:
    """Each once, as those with the whole question are."""
    answer = asked_of_judge(Believing(dict.fromkeys((WHOLE, *PARTS), (RYE, 0.9)), "it was away"))
    assert answer.warnings == ("it was away",)


def test_rows_name_their_columns() -> None:
    """A claim of a table row has its cells under the heads of their columns."""
    answer = ask("Which rows of Table 1 share reference 8?", BREAD_SHELF)
    assert {cell.column for cell in answer.claims[0].cells} == {"Trial", "Participants", "Effect", "Reference"}
