"""Faults seeded into lists are named by the audit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.auditing.list_faults import LIST_FAULTS, is_named
from evqa.audit.bookkeeping import bookkeeping
from evqa.audit.cited_statements import cited_statements
from evqa.audit.records import Kind
from tests.evqa.citing import on_topics

COUNT = 12
REVIEW = on_topics(COUNT)
KINDS: tuple[Kind, ...] = tuple(sorted(LIST_FAULTS))
SEED = st.integers(0, 10_000)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@given(seed=SEED)
def test_each_is_named(kind: Kind, seed: int) -> None:
    """Whatever entry or marker it is drawn for, a fault of a list is found, by its numbers."""
    assert is_named(REVIEW, kind, np.random.default_rng(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_fault_none_is_named(kind: Kind) -> None:
    """The list as printed has no such finding, so that naming one rests on the fault."""
    assert kind not in {each.kind for each in bookkeeping(REVIEW)}


@pytest.mark.parametrize("kind", KINDS)
@given(seed=SEED)
def test_the_same_seed_makes_the_same(kind: Kind, seed: int) -> None:
    """A fault depends on the document and the seed alone, and leaves the document given as it was."""
    before = REVIEW.document.model_dump_json()
    one, other = (LIST_FAULTS[kind](REVIEW.document, np.random.default_rng(seed)) for _ in range(2))
    assert one == other
    assert REVIEW.document.model_dump_json() == before


@given(seed=SEED)
def test_an_entry_twice(seed: int) -> None:
    """The list has the next number for an entry that it has already, and its text and citations are as before."""
    document, (first, again) = LIST_FAULTS["duplicate"](REVIEW.document, np.random.default_rng(seed))
    assert (again, len(document.references)) == (COUNT + 1, COUNT + 1)
    assert document.references[-1].title == document.references[first - 1].title
    assert (document.text, document.citations) == (REVIEW.document.text, REVIEW.document.citations)


@given(seed=SEED)
def test_an_entry_left_out(seed: int) -> None:
    """One number is gone, never the last."""
    document, (gone,) = LIST_FAULTS["numbering"](REVIEW.document, np.random.default_rng(seed))
    assert gone < COUNT
    assert [each.number for each in document.references] == [n for n in range(1, COUNT + 1) if n != gone]


@given(seed=SEED)
def test_a_marker_beyond(seed: int) -> None:
    """One marker cites a number that isn't in the list, and its statement cites nothing that is."""
    document, (number,) = LIST_FAULTS["beyond_list"](REVIEW.document, np.random.default_rng(seed))
    assert number > COUNT
    assert len(document.citations) == COUNT - 1
    (unresolved,) = document.integrity.unresolved
    assert unresolved.missing == (number,)
    assert len(cited_statements(document, REVIEW.passages)) == COUNT - 1


def test_a_fault_that_isnt_there_isnt_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers that nothing was done to aren't taken for named."""
    monkeypatch.setitem(LIST_FAULTS, "duplicate", lambda document, draws: (document, (1, 2)))
    assert not is_named(REVIEW, "duplicate", np.random.default_rng(1))
