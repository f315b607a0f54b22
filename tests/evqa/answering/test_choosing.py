"""Choice of the passages that answer, and their claims."""

from hypothesis import given
from hypothesis import strategies as st

from evqa.answering.choosing import MOST, choose, claims_of, listed, numbers_of
from evqa.answering.ranking import Ranked
from evqa.corpus.corpus import Candidate
from evqa.fitted import shipped
from evqa.model import Claim, Passage, Statement
from evqa.question.understanding import understand
from tests.evqa.invented import BREAD_PASSAGES, BREAD_SHELF

TEXT = tuple(passage for passage in BREAD_PASSAGES if passage.kind == "prose")
ENTRIES = tuple(passage for passage in BREAD_PASSAGES if passage.kind == "reference")


def ranked(passages: tuple[Passage, ...], scores: list[float]) -> list[Ranked]:
    return [Ranked(Candidate(p, s, s, s), s) for p, s in zip(passages, scores, strict=False)]


def chosen(question: str, of: list[Ranked]) -> list[float]:
    return [each.score for each in choose(understand(question, BREAD_SHELF), of)]


def test_nothing() -> None:
    """Nothing ranked, nothing chosen."""
    assert choose(understand("What is rye?", BREAD_SHELF), []) == []


def test_one_answer() -> None:
    """A question for one fact gets the best and what scores alike."""
    assert chosen("Why does yeast slow down?", ranked(TEXT, [0.9, 0.6, 0.59])) == [0.9]
    assert chosen("Why does yeast slow down?", ranked(TEXT, [0.9, 0.9, 0.5])) == [0.9, 0.9]


def test_list_ends_at_largest_drop() -> None:
    """A list ends where the score drops most."""
    assert chosen("Which acids are formed?", ranked(TEXT, [0.9, 0.88, 0.87, 0.5, 0.49])) == [0.9, 0.88, 0.87]


def test_text_and_entries_apart() -> None:
    """Entries don't join an answer of text, nor text one of entries."""
    mixed = [*ranked(TEXT[:1], [0.9]), *ranked(ENTRIES[:1], [0.9]), *ranked(TEXT[1:2], [0.9])]
    kinds = {each.passage.kind for each in choose(understand("Why does yeast slow down?", BREAD_SHELF), mixed)}
    assert kinds == {"prose"}


def test_all_that_facts_select() -> None:
    """Facts and numbers without a topic choose all that they select."""
    every = ranked(ENTRIES, [1.0] * len(ENTRIES))
    assert len(chosen("Which works are cited since 1900?", every)) == len(ENTRIES)
    assert len(chosen("What do references 1-12 support?", every)) == len(ENTRIES)


@given(st.lists(st.floats(0, 1), max_size=40).map(lambda scores: sorted(scores, reverse=True)))
def test_any_scores(scores: list[float]) -> None:
    """Whatever the scores, the best is chosen, few follow, none far below it, in order."""
    many = [TEXT[n % len(TEXT)] for n in range(len(scores))]
    found = chosen("Which acids are formed?", ranked(tuple(many), scores))
    assert found[:1] == scores[:1]
    assert len(found) <= MOST
    assert found == sorted(found, reverse=True)
    assert all(score >= scores[0] - shipped().ranking.list_margin for score in found)


def test_claims_are_sentences() -> None:
    """Each statement of a passage is a claim with its own slice and numbers."""
    home = TEXT[0].document
    passage = Passage(
        id="p-1",
        kind="prose",
        document=home,
        start=100,
        end=120,
        text="Rye binds. It does 1.",
        sentences=(Statement(start=100, end=110, carried=(4,)), Statement(start=111, end=121, references=(4,))),
    )
    first, second = claims_of(passage)
    assert (first.text, first.references, first.carried) == ("Rye binds.", (), (4,))
    assert (second.text, second.start, second.references) == ("It does 1.", 111, (4,))


def test_claim_without_sentences() -> None:
    """A passage without sentences is one claim as a whole."""
    [claim] = claims_of(ENTRIES[0].model_copy(update={"sentences": ()}))
    assert (claim.text, claim.references) == (ENTRIES[0].text, (1,))


def test_numbers() -> None:
    """Numbers come in order of use, each once; of a question by number only those asked for."""
    claims = [
        Claim(text="a", passage="p", start=0, end=1, references=(7, 2), carried=(9,)),
        Claim(text="b", passage="p", start=1, end=2, references=(2, 1)),
    ]
    assert numbers_of(understand("Why is rye sour?", BREAD_SHELF), claims) == [7, 2, 9, 1]
    assert numbers_of(understand("What do references 1 and 2 support?", BREAD_SHELF), claims) == [2, 1]


def test_what_two_documents_say_alike_is_said_once() -> None:
    """A work held twice, as a PDF and as text, doesn't answer twice; what one document repeats stays."""
    first = TEXT[0]
    home = first.document.model_copy(update={"id": "d-other"})
    copy = first.model_copy(update={"id": "p-copy", "document": home})
    again = first.model_copy(update={"id": "p-again"})
    found = choose(understand("Why does yeast slow down?", BREAD_SHELF), ranked((first, copy, again), [0.9, 0.9, 0.9]))
    assert [each.passage.id for each in found] == [first.id, "p-again"]


def test_equally_good_passages_of_a_list_all_answer() -> None:
    """A judge may find many members equally good; none of them is cut off."""
    ranked = [Ranked(Candidate(each, 0.0, 0.0, 0.9), 0.9, 0.9) for each in (*BREAD_PASSAGES, *BREAD_PASSAGES)[:9]]
    assert listed(ranked) == ranked
