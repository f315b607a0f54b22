"""Printed numbers, judged on invented reviews."""

import numpy as np
import pytest

from evqa.audit.judging import LEAST, JudgedPair, Judging
from evqa.audit.pair_signs import log_odds
from evqa.audit.shifts import Member, Shift
from evqa.audit.support import Cited
from evqa.audit.weights import auditing_with, shipped
from tests.evqa.citing import TOPICS, cited, entry, on_topics, statement, table, title

COUNT = 20
RIGHT = list(range(1, COUNT + 1))
# The tenth statement prints 3.
WRONG = [*RIGHT[:9], 3, *RIGHT[10:]]


def at(judging: Judging, statement: int) -> JudgedPair:
    """The judgement of the only number that a statement prints."""
    (found,) = [each for each in judging.pairs if each.signs.statement == statement]
    return found


def in_a_table(offset: int, rows: int = 8) -> Cited:
    """A review in order, and a table on its topics 9 and following whose numbers are too low by the offset."""
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    printed = [(f"{TOPICS[place][0]} {TOPICS[place][1]}", f"[{place + 1 - offset}]") for place in range(8, 8 + rows)]
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    return cited("\n\n".join(["## Findings", *said, table("Table 1", printed)]), listed)


def test_right_numbers_fit() -> None:
    """Where every statement cites the entry on its topic all fit, and nothing is shifted."""
    judging = Judging(on_topics(COUNT))
    assert [judging.verdict(each) for each in judging.pairs] == ["fits"] * COUNT
    assert judging.shifts == []


def test_a_wrong_number_is_suspect() -> None:
    """One number replaced is suspect with the lowest log-odds of all, and no other one is."""
    judging = Judging(on_topics(COUNT, WRONG))
    assert [judging.verdict(each) for each in judging.pairs] == ["suspect" if n == 9 else "fits" for n in range(COUNT)]
    assert min(judging.pairs, key=lambda each: each.log_odds).signs.statement == 9


def test_given_uses_are_judged_in_place_of_the_printed() -> None:
    """Entries handed over are judged as if they were printed."""
    uses = tuple((number - 1,) for number in WRONG)
    given, printed = Judging(on_topics(COUNT), uses), Judging(on_topics(COUNT, WRONG))
    assert [each.log_odds for each in given.pairs] == pytest.approx([each.log_odds for each in printed.pairs], abs=1e-4)


def test_a_broad_work_isnt_suspect_by_a_rival_alone() -> None:
    """The same number in the same place is judged by its own signs alone where the title is that of an overview."""
    specific, overview = (
        cited(
            "## Findings\n\n"
            + "\n\n".join(statement(topic, f"[{n}]") for n, topic in zip(WRONG, TOPICS, strict=False)),
            [entry(n, told if n == 3 else title(topic)) for n, topic in enumerate(TOPICS[:COUNT], start=1)],
        )
        for told in ("Ancient ceramics", "Current landscape of ceramics: a review")
    )
    assert [Judging(of).is_broad[2] for of in (specific, overview)] == [False, True]
    bounds = shipped().verdict.model_copy(update={"rival": 0.0, "lead": 0.0})
    with auditing_with(shipped().model_copy(update={"verdict": bounds})):
        told, untold = at(Judging(specific), 9), at(Judging(overview), 9)
    assert told.log_odds < log_odds(told.signs, shipped().pair)
    assert untold.log_odds == log_odds(untold.signs, shipped().pair)


def test_the_rival_is_the_best_entry_not_cited_near() -> None:
    """What is cited by the statement or one next to it is no rival; without others there is none."""
    judging = Judging(on_topics(COUNT, WRONG))
    assert judging.cited_near(9) == {8, 2, 10}
    assert at(judging, 9).rival == pytest.approx(float(np.clip(judging.support[9, 9], LEAST, 9.0)))
    alone = Judging(cited("## Findings\n\nMoss [1].", [entry(1, "Moss")]))
    assert at(alone, 0).rival == LEAST


@pytest.mark.parametrize("offset", [5, -4])
def test_a_shifted_table_is_one_run(offset: int) -> None:
    """A table shifted by a constant is found under its label, each row of it suspect with the entry that is meant."""
    judging = Judging(in_a_table(offset))
    ((label, run),) = judging.shifts
    assert label == "Table 1"
    assert [(each.statement, each.offset) for each in run.members] == [(COUNT + row, offset) for row in range(8)]
    for each in judging.pairs:
        is_in = each.signs.statement >= COUNT
        assert judging.verdict(each) == ("suspect" if is_in else "fits")
        assert each.meant == (each.signs.entry + offset if is_in else None)
        assert each.run == (0 if is_in else None)


def test_a_right_table_is_no_run() -> None:
    """The same table with the right numbers shows no run and no suspect."""
    judging = Judging(in_a_table(0))
    assert judging.shifts == []
    assert {judging.verdict(each) for each in judging.pairs} == {"fits"}


def test_a_run_leaves_out_right_rows() -> None:
    """A row whose number lies outside those of the run and fits isn't drawn into it."""
    of = in_a_table(5)
    uses = list(of.uses)
    uses[COUNT] = (8,)
    judging = Judging(of, uses)
    ((_, run),) = judging.shifts
    assert COUNT not in [each.statement for each in run.members]
    assert judging.verdict(at(judging, COUNT)) == "fits"


def test_a_run_is_trimmed_to_its_numbers() -> None:
    """Of rows that gain little those stay whose numbers lie between those that gain; such rows alone are none."""
    judging = Judging(in_a_table(5))
    gains = (0.5, 4.0, 0.5, 4.0, 0.5)
    members = tuple(Member(COUNT + row, 5, gain) for row, gain in enumerate(gains))
    assert [each.statement for each in judging._trimmed(Shift(members, 9.0)).members] == [
        COUNT + 1,
        COUNT + 2,
        COUNT + 3,
    ]
    assert judging._trimmed(Shift(members[::2], 9.0)).members == ()


def test_another_entry_in_its_place() -> None:
    """The score in 0..1 that the right entry would have is higher than that of any other."""
    judging = Judging(on_topics(COUNT, WRONG))
    judged = at(judging, 9)
    scores = [judging.score_if(judged, entry) for entry in range(COUNT)]
    assert all(0 <= score <= 1 for score in scores)
    assert scores.index(max(scores)) == 9
    assert scores[9] > scores[2]


def test_other_weights_judge_otherwise() -> None:
    """The weights in use when it is made decide what is suspect, and not later."""
    bounds = shipped().verdict.model_copy(update={"suspect": 99.0})
    with auditing_with(shipped().model_copy(update={"verdict": bounds})):
        strict = Judging(on_topics(4))
    assert {strict.verdict(each) for each in strict.pairs} == {"suspect"}


def test_nothing_that_cites() -> None:
    """A review without citing statements has no pair and no run."""
    judging = Judging(cited("## Findings\n\nMoss.", [entry(1, "Moss")]))
    assert (judging.pairs, judging.shifts) == ([], [])


def test_a_table_of_few_numbers_is_no_run() -> None:
    """Eight rows that cite two entries, each four times, show no run: they might fit any entry of their topic."""
    of = in_a_table(5)
    uses = list(of.uses)
    uses[COUNT:] = [(3,) if row < 4 else (4,) for row in range(8)]
    assert Judging(of, uses).shifts == []


def test_a_table_that_would_mean_one_entry_is_no_run() -> None:
    """Rows with ascending numbers on one topic aren't a run in which all of them mean the entry on that topic."""
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    rows = [(f"{TOPICS[12][0]} {TOPICS[12][1]}", f"[{number}]") for number in range(11, 19)]
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    assert Judging(cited("\n\n".join(["## Findings", *said, table("Table 1", rows)]), listed)).shifts == []


def test_a_table_off_as_a_whole() -> None:
    """Rows that cite three entries alone are a run where all of them fit best with one offset, and none if right."""
    ((label, run),) = Judging(in_a_table(4, rows=3)).shifts
    assert label == "Table 1"
    assert [each.offset for each in run.members] == [4] * 3
    assert Judging(in_a_table(0, rows=3)).shifts == []


def test_in_order_a_run_keeps_what_fits_little() -> None:
    """A statement in the middle of a run whose own words say nothing belongs to it in a list in order."""
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    numbers = [number if number < 9 else number - 5 for number in RIGHT]
    said = [
        f"Trade was slow [{number}]." if place == 13 else statement(TOPICS[place], f"[{number}]")
        for place, number in enumerate(numbers)
    ]
    ((_, run),) = Judging(cited("\n\n".join(["## Findings", *said]), listed)).shifts
    assert [(each.statement, each.offset) for each in run.members] == [(place, 5) for place in range(8, COUNT)]
