"""Works that are too broad for their titles to tell."""

import numpy as np
import pytest

from evqa.audit.breadth import breadth, is_broad
from evqa.audit.likeness import Likeness, Nearness
from evqa.model import Reference

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
