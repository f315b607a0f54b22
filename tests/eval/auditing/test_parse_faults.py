"""Misreadings of invented articles."""

import numpy as np
import pytest

from eval.auditing.parse_faults import MISREADINGS
from evqa.audit.support import Cited
from tests.evqa.citing import TOPICS, cited, entry, on_topics, statement, table, title

COUNT = 24


def draws(seed: int = 1) -> np.random.Generator:
    """A generator."""
    return np.random.default_rng(seed)


def with_table() -> Cited:
    """A review with a table of eight rows."""
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    rows = [(" ".join(TOPICS[place]), f"[{place + 1}]") for place in range(8, 16)]
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    return cited("\n\n".join(["## Findings", *said, table("Table 1", rows)]), listed)


@pytest.mark.parametrize(("kind", "more"), [("entry lost", -1), ("entry split", 1), ("entries fused", -1)])
def test_a_list_read_wrongly_is_counted_anew(kind: str, more: int) -> None:
    """The entries are counted from 1 without a gap, each with its likeness, and what is cited beyond is unresolved."""
    of = on_topics(COUNT)
    found = MISREADINGS[kind](of, draws())
    assert found is not None
    assert [each.number for each in found.entries] == list(range(1, COUNT + more + 1))
    held = found.likeness
    assert (held.entries.texts, held.pooled.shape[1], held.passages.cosine.shape[1]) == (COUNT + more,) * 3
    assert held.titles.shape == (COUNT + more,) * 2
    assert bool(found.document.integrity.unresolved) == (more < 0)
    assert max(number for each in found.statements for number in each.numbers) <= COUNT + more


def test_behind_a_lost_entry_each_number_leads_to_the_next_work() -> None:
    """The title of a number behind the lost entry is the one that stood under the next number."""
    of = on_topics(COUNT)
    found = MISREADINGS["entry lost"](of, draws())
    assert found is not None
    kept = [each.title for each in of.entries]
    lost = next(at for at, each in enumerate(found.entries) if each.title != kept[at])
    assert [each.title for each in found.entries[lost:]] == kept[lost + 1 :]


def test_halves_of_a_split_entry() -> None:
    """The first half has no title and no words of one, the second no author."""
    found = MISREADINGS["entry split"](on_topics(COUNT), draws())
    assert found is not None
    (first,) = [at for at, each in enumerate(found.entries) if not each.title]
    assert not found.likeness.pooled[:, first].any()
    assert first not in found.likeness.entries.owner
    assert found.entries[first + 1].author == ()


@pytest.mark.parametrize("kind", ["column slipped", "table as section"])
def test_numbers_land_beside_their_statements(kind: str) -> None:
    """Some statements print numbers of others one or two places off; the entries stay as they are."""
    of = with_table()
    found = MISREADINGS[kind](of, draws())
    assert found is not None
    changed = [at for at, each in enumerate(found.statements) if each.numbers != of.statements[at].numbers]
    assert changed
    assert all(abs(found.statements[at].numbers[0] - of.statements[at].numbers[0]) <= 2 for at in changed)
    assert found.entries == of.entries


def test_a_table_read_as_text() -> None:
    """Its rows are no longer a table's."""
    found = MISREADINGS["table as section"](with_table(), draws())
    assert found is not None
    assert {each.where for each in found.statements} == {"text"}
    assert MISREADINGS["table as section"](on_topics(COUNT), draws()) is None


def test_lost_markers_and_fused_rows_leave_fewer_statements() -> None:
    """Statements without their markers don't cite; two rows read as one cite what both cite."""
    of = with_table()
    lost, fused = (MISREADINGS[kind](of, draws()) for kind in ("markers lost", "rows fused"))
    assert lost is not None
    assert fused is not None
    assert set(lost.statements) < set(of.statements)
    assert len(fused.statements) < len(of.statements)
    assert {number for each in fused.statements for number in each.numbers} == set(range(1, COUNT + 1))


def test_the_same_draws_misread_alike() -> None:
    """A misreading depends on the generator alone."""
    for misread in MISREADINGS.values():
        one, other = misread(with_table(), draws(3)), misread(with_table(), draws(3))
        assert one is not None
        assert other is not None
        assert (one.statements, one.entries) == (other.statements, other.entries)
