"""Cosines of words become likeness of texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evqa.audit.likeness import Floats, Likeness, Nearness, breadth, covered, is_broad, shares, standardised, weights
from evqa.model import Reference

MATRICES = arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(2, 7)),
    elements=st.floats(-4, 4, width=16),
)


@st.composite
def nearnesses(draw: st.DrawFn) -> Nearness:
    """Up to nine words of up to five texts, some without words."""
    texts, others = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    owner = sorted(draw(st.lists(st.integers(0, texts - 1), max_size=9)))
    weight = draw(arrays(np.float32, len(owner), elements=st.floats(0, 3, width=16)))
    cosine = draw(arrays(np.float32, (len(owner), others), elements=st.floats(0, 1, width=16)))
    return Nearness(np.array(owner, dtype=np.int64), weight, cosine, texts)


@given(nearness=nearnesses())
def test_a_text_is_covered_by_the_mean_of_its_words(nearness: Nearness) -> None:
    """Each text has the weighted mean of the cosines of its own words, 0 where its words weigh nothing."""
    found = covered(nearness)
    assert found.shape == (nearness.texts, nearness.cosine.shape[1])
    for text in range(nearness.texts):
        own = nearness.owner == text
        if nearness.weight[own].sum() > 0:
            expected = np.average(nearness.cosine[own], axis=0, weights=nearness.weight[own])
            assert found[text] == pytest.approx(expected, abs=1e-5)
        else:
            assert not found[text].any()


@given(nearness=nearnesses())
def test_weights_lose_nothing(nearness: Nearness) -> None:
    """There is one weight a text, and together they are those of all words."""
    assert weights(nearness).shape == (nearness.texts,)
    assert float(weights(nearness).sum()) == pytest.approx(float(nearness.weight.sum()), rel=1e-5)


def test_other_cosines_of_the_same_words() -> None:
    """Other cosines are weighed as the words are, whatever the nearness holds of its own."""
    nearness = Nearness(
        np.array([1, 1]), np.array([3, 1], dtype=np.float32), np.zeros((2, 1), dtype=np.float32), texts=3
    )
    assert shares(nearness, np.array([[1.0], [0.0]], dtype=np.float32)).tolist() == [[0], [0.75], [0]]


@given(values=MATRICES)
def test_standardised_rows_have_mean_0(values: Floats) -> None:
    """Every row has mean 0 and no more than a standard deviation of 1."""
    found = standardised(values)
    assert found.shape == values.shape
    assert found.mean(axis=1) == pytest.approx(np.zeros(len(values)), abs=2e-3)
    assert (found.std(axis=1) <= 1.001).all()


@given(values=MATRICES, column=st.integers(0, 6), row=st.integers(0, 5), more=st.integers(-8, 8))
def test_what_is_near_to_everything_doesnt_stand_out(values: Floats, column: int, row: int, more: int) -> None:
    """An entry that is nearer to all statements by a constant, or a statement to all entries, changes nothing."""
    raised = values.copy()
    raised[:, column % values.shape[1]] += more
    raised[row % len(values)] += more
    assert standardised(raised) == pytest.approx(standardised(values), abs=0.02)


def test_nothing_is_standardised_to_nothing() -> None:
    """A document that cites nothing, or without entries, has no values and no warning."""
    assert standardised(np.zeros((0, 4), dtype=np.float32)).shape == (0, 4)
    assert standardised(np.zeros((3, 0), dtype=np.float32)).shape == (3, 0)


NEVER = 99.0


def near_to(cosines: list[list[float]]) -> Likeness:
    """Titles of one word each, with their cosines in each passage."""
    cosine = np.array(cosines, dtype=np.float32)
    count = len(cosine)
    nearness = Nearness(np.arange(count), np.ones(count, dtype=np.float32), cosine, count)
    square = np.zeros((count, count), dtype=np.float32)
    return Likeness(nearness, nearness, square, square, square)


def broad(title: str) -> bool:
    """Whether a title alone makes an entry broad."""
    return is_broad([Reference(number=1, title=title, raw="Raw")], near_to([[1.0]]), NEVER)[0]


@pytest.mark.parametrize(
    "title",
    [
        "Extracellular vesicles: a review",
        "The landscape of immunotherapy",
        "Biology and current challenges of exosomes",
        "MISEV guidelines for studies of vesicles",
        "Emerging roles of microRNA",
    ],
)
def test_overviews_are_broad(title: str) -> None:
    """A title that names an overview is broad."""
    assert broad(title)


@pytest.mark.parametrize(
    "title", ["Melanoma vesicles carry PD-L1 to lymph nodes", "Reviewers of manuscripts", "Rolled oats lower glucose"]
)
def test_findings_arent(title: str) -> None:
    """A title that names a finding isn't, though a word in it begins like one of an overview."""
    assert not broad(title)


def test_a_title_near_to_everything_is_broad() -> None:
    """Of four titles only that which is near to all passages stands out as broad."""
    likeness = near_to([[0.9, 0.9, 0.9], [0.9, 0.1, 0.1], [0.1, 0.9, 0.1], [0.1, 0.1, 0.9]])
    entries = [Reference(number=number, title=f"Moss {number}", raw="Raw") for number in range(1, 5)]
    assert is_broad(entries, likeness, 1.0) == [True, False, False, False]
    assert breadth(likeness).mean() == pytest.approx(0, abs=1e-5)


def test_passages_that_arent_looked_at_dont_count() -> None:
    """Passages whose cosines are all 0, as those that an audit has no use for, change nothing."""
    few = near_to([[0.9, 0.9], [0.8, 0.1]])
    more = near_to([[0.9, 0.0, 0.9, 0.0], [0.8, 0.0, 0.1, 0.0]])
    assert breadth(more).tolist() == breadth(few).tolist()


def test_nothing_to_be_near_to() -> None:
    """Where no passage is looked at no title is broad by nearness."""
    assert breadth(near_to([[0.0], [0.0]])).tolist() == [0, 0]
