"""Features that tell answered questions from others."""

from hypothesis import given, settings

from evqa.features import NAMES, features
from evqa.ranking import Ranked, Ranking, rank
from evqa.retriever import Candidate
from evqa.understanding import understand
from tests.evqa.invented import BOTH, BREAD_PASSAGES, BREAD_SHELF
from tests.evqa.questions import ANY_TEXT


def values(question: str) -> dict[str, float]:
    asked = understand(question, BREAD_SHELF)
    return dict(zip(NAMES, features(asked, rank(asked, BREAD_SHELF), BREAD_SHELF), strict=True))


def test_answered_and_strange() -> None:
    """A question in the corpus's words is nearer and more familiar than one in foreign words."""
    near, far = values("Why does yeast slow down below pH 4?"), values("quasars emit polarised jets")
    assert near["late"] > far["late"]
    assert near["familiar"] > far["familiar"]
    assert near["rare"] < far["rare"]
    assert far["foreign"] > near["foreign"] == 0


def test_strange_name() -> None:
    """A name that the corpus lacks is noticed by its capital or its digits, not at the start of the question."""
    assert values("How does Zeppelin treat yeast?")["name"] == 1
    assert values("How does xq21 treat yeast?")["name"] == 1
    assert values("Zeppelins treat yeast?")["name"] == 0
    assert values("How does Lactobacillus treat yeast?")["name"] == 0


def missing_quantity(question: str, said: str) -> float:
    asked = understand(question, BREAD_SHELF)
    passage = next(p for p in BREAD_PASSAGES if said in p.text)
    ranking = Ranking((Ranked(Candidate(passage, 0.5, 0.5, 0.5), 0.5),))
    return features(asked, ranking, BREAD_SHELF)[NAMES.index("no_quantity")]


def test_quantity() -> None:
    """A quantity that no leading passage has is missing; a reference number is none."""
    assert missing_quantity("How many bakers have kept cultures?", "Bakers have kept") == 1
    assert missing_quantity("How many records were screened?", "412 records") == 0
    assert missing_quantity("Why have bakers kept cultures?", "Bakers have kept") == 0


def test_conflict() -> None:
    """A passage that points the other way is noticed."""
    assert values("Does sourdough bread raise the peak of glucose in healthy adults?")["conflict"] == 1


def test_selected() -> None:
    """Numbers and facts select."""
    assert values("What does reference 7 support?")["selected"] == 1
    assert values("works by Whiteside")["selected"] == 1
    assert values("Why does yeast slow down?")["selected"] == 0


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, every value lies in 0..1."""
    asked = understand(question, BOTH)
    ranking = rank(asked, BOTH)
    if ranking.ranked:
        found = features(asked, ranking, BOTH)
        assert len(found) == len(NAMES)
        assert all(0 <= value <= 1 for value in found)
