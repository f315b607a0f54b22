"""What runs of shifted numbers rest on, in invented reviews."""

from collections.abc import Sequence

import pytest

from evqa.audit.audit import audit
from evqa.audit.grounds import SIGNS, Grounds, confidence
from evqa.audit.judging import JudgedRun, Judging
from evqa.audit.support import Cited
from evqa.audit.weights import auditing_with, shipped
from tests.evqa.citing import TOPICS, cited, entry, on_topics, statement, table, title

COUNT = 24


def listed(places: Sequence[int], **changed: str) -> list[str]:
    """A list of the entries that stood at these places, counted anew; `changed`: other titles by "n" and number."""
    return [
        entry(number, changed.get(f"n{number}", title(TOPICS[place]))) for number, place in enumerate(places, start=1)
    ]


def said(first: int = 0) -> str:
    """Statements that print their numbers in order."""
    return "\n\n".join(statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[first:COUNT], first + 1))


def with_an_entry_lost() -> Cited:
    """A review whose seventh entry wasn't read, so that all numbers behind it lead one too far."""
    return cited(f"## Findings\n\n{said()}", listed([place for place in range(COUNT) if place != 6]))


def with_a_shifted_table() -> Cited:
    """A review in order, and a table on its topics 9 to 16 whose numbers are too low by 5."""
    rows = [(" ".join(TOPICS[place]), f"[{place + 1 - 5}]") for place in range(8, 16)]
    return cited(f"## Findings\n\n{said()}\n\n{table('Table 1', rows)}", listed(range(COUNT)))


def only(of: Cited) -> JudgedRun:
    """Its only candidate."""
    (found,) = Judging(of).candidates
    return found


def test_a_lost_entry_isnt_held_against_the_authors() -> None:
    """Where all numbers from one on are off to the end of the list, no run is told, and no number called suspect."""
    found = audit(with_an_entry_lost())
    assert only(with_an_entry_lost()).grounds.list >= 0.5
    assert found.runs == ()
    assert "suspect" not in {each.verdict for each in found.pairs}
    (misread,) = [each for each in found.bookkeeping if each.kind == "misread"]
    assert "perhaps read wrongly" in misread.detail


def test_a_shifted_table_is_told_with_what_it_rests_on() -> None:
    """Where the text prints the same numbers for what the list has under them, the table's are wrong."""
    found = audit(with_a_shifted_table())
    (run,) = found.runs
    assert run.confidence >= shipped().run.told
    assert any("others that print these numbers are right" in each for each in run.rests_on)
    assert [each for each in found.bookkeeping if each.kind == "misread"] == []


def test_others_that_print_the_numbers_rightly_speak_against_the_list() -> None:
    """The list as a whole explains the lost entry better than the shifted table."""
    assert only(with_an_entry_lost()).grounds.list > only(with_a_shifted_table()).grounds.list


def test_a_broken_entry_is_seen_where_the_shift_begins() -> None:
    """An entry without a year in the place of the lost one is named."""
    places = [place for place in range(COUNT) if place != 6]
    entries = listed(places)
    entries[6] = "7. Oak A."
    of = cited(f"## Findings\n\n{said()}", entries)
    judging = Judging(of)
    assert [judging.broken_at(each) for each in judging.candidates] == [(7,)]
    assert only(with_an_entry_lost()).grounds.broken == 0


def test_confidence_follows_the_weights() -> None:
    """A sign with a weight above 0 makes a run surer, one below 0 less sure, and the rest changes nothing."""
    nothing = Grounds(*[0.0] * len(SIGNS))
    weights = shipped().run.model_copy(update=dict.fromkeys(SIGNS, 0.0) | {"bias": 0.0, "gain": 2.0, "list": -1.0})
    assert confidence(nothing, weights) == pytest.approx(0.5)
    assert confidence(nothing._replace(gain=1.0), weights) > 0.5 > confidence(nothing._replace(list=1.0), weights)
    assert confidence(nothing._replace(loose=1.0), weights) == pytest.approx(0.5)


def test_the_bound_decides_what_is_told() -> None:
    """A candidate below the confidence from which runs are told is a doubt about the reading, with the same pairs."""
    of = with_a_shifted_table()
    high = shipped().model_copy(update={"run": shipped().run.model_copy(update={"told": 1.0})})
    with auditing_with(high):
        judging = Judging(of)
        assert (judging.runs, len(judging.misread)) == ([], 1)
        assert "suspect" not in {judging.verdict(each) for each in judging.pairs}
    assert len(Judging(of).runs) == 1


def test_no_candidate_in_a_right_review() -> None:
    """A review whose numbers are right has nothing to be sure of."""
    assert Judging(on_topics(COUNT)).candidates == []
