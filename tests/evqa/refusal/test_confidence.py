"""Features that tell answered questions from others, and the calibrated probability."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from evqa.answering.ranking import Ranked, Ranking, rank
from evqa.corpus.corpus import Candidate, Term
from evqa.question.understanding import understand
from evqa.refusal.confidence import NAMES, SIGNS, features, probability, threshold
from tests.evqa.invented import BOTH, BREAD_PASSAGES, BREAD_SHELF
from tests.evqa.questions import ANY_TEXT


def values(question: str) -> dict[str, float]:
    asked = understand(question, BREAD_SHELF)
    return dict(zip(NAMES, features(asked, rank(asked, BREAD_SHELF)), strict=True))


def measured(matches: Sequence[tuple[str, float, float, float]]) -> dict[str, float]:
    """Features of a ranking in which words have these (text, weight, nearest, match)."""
    terms = tuple(Term(text, text == "bread", weight, nearest) for text, weight, nearest, _ in matches)
    found = tuple(match for *_, match in matches)
    first, second = BREAD_PASSAGES[:2]
    ranked = (
        Ranked(Candidate(first, 0.5, 0.5, 0.5, found), 0.5),
        Ranked(Candidate(second, 0.5, 0.5, 0.5, found), 0.5),
    )
    asked = understand(" ".join(text for text, *_ in matches), BREAD_SHELF)
    return dict(zip(NAMES, features(asked, Ranking(ranked, terms)), strict=True))


def test_signs() -> None:
    """Every feature has a direction."""
    assert len(SIGNS) == len(NAMES)
    assert set(SIGNS) == {-1}


def test_unheard() -> None:
    """The share of topical words that nothing comes near; light words don't count."""
    assert measured([("quasar", 6.9, 0.2, 0.1), ("yeast", 2.0, 0.9, 0.9), ("during", 6.9, 0.2, 0.1)])["unheard"] == 0.5
    assert measured([("yeast", 2.0, 0.9, 0.9)])["unheard"] == 0


def test_odd() -> None:
    """One word lacking among the passage's own words is odd; a paraphrase and a full match are not."""
    own = [("yeast", 3.0, 0.95, 0.95), ("acid", 3.0, 0.95, 0.95)]
    full, one = measured(own)["odd"], measured([*own, ("voltage", 3.0, 0.3, 0.3)])["odd"]
    paraphrase = measured([(text, weight, 0.5, 0.5) for text, weight, *_ in own] + [("voltage", 3.0, 0.3, 0.3)])["odd"]
    assert full == paraphrase == 0
    assert one > 0.5


def test_selected() -> None:
    """Where numbers or facts select, the words say nothing against an answer."""
    found = values("What does reference 7 support?")
    assert found == dict.fromkeys(NAMES, 0.0)
    assert values("How many cited papers date from 2012?") == found


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, every value lies in 0..1."""
    asked = understand(question, BOTH)
    ranking = rank(asked, BOTH)
    if ranking.ranked:
        found = features(asked, ranking)
        assert len(found) == len(NAMES)
        assert all(0 <= value <= 1 for value in found)


VALUES = st.lists(st.floats(0, 1), min_size=len(NAMES), max_size=len(NAMES))


@given(VALUES)
def test_range(values: list[float]) -> None:
    """Any features give a probability, rounded to four places, the same each time."""
    found = probability(values)
    assert 0 <= found <= 1
    assert found == round(found, 4) == probability(values)


@given(st.lists(st.floats(-1e300, 1e300), min_size=len(NAMES), max_size=len(NAMES)))
def test_extremes(values: list[float]) -> None:
    """Not even absurd features leave 0..1."""
    assert 0 <= probability(values) <= 1


@given(VALUES)
def test_every_feature_lowers(values: list[float]) -> None:
    """What speaks against an answer never makes it surer."""
    for place in range(len(NAMES)):
        less, more = [*values], [*values]
        less[place], more[place] = 0.0, 1.0
        assert probability(more) <= probability(less)


def test_threshold() -> None:
    """The threshold lies strictly between never and always."""
    assert 0 < threshold() < 1
