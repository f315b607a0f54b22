"""A corpus that hands everything on."""

from evqa.corpus.corpus import Filter, Query, Wrapped
from tests.evqa.invented import BREAD_OUTLINE, BREAD_PASSAGES, BREAD_REFERENCES
from tests.evqa.shelf import Shelf


def test_everything_is_handed_on() -> None:
    """What the other corpus says, this one says."""
    whole = Shelf([BREAD_OUTLINE], BREAD_PASSAGES, BREAD_REFERENCES)
    found = Wrapped(whole)
    assert (found.state, found.outlines(), found.references()) == (whole.state, whole.outlines(), whole.references())
    assert found.passages(Filter()) == whole.passages(Filter())
    assert (found.frequency("yeast"), found.is_common("bread")) == (whole.frequency("yeast"), True)
    assert found.vocabulary(papers=True) == whole.vocabulary(papers=True)
    assert found.retrieve(Query("yeast")) == whole.retrieve(Query("yeast"))
