"""Runs of shifted numbers, from made support."""

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evqa.audit.likeness import Floats
from evqa.audit.shifts import (
    LOOSER,
    STEP,
    WIDEST,
    NumberedStatements,
    OffsetPath,
    OffsetPaths,
    Shift,
    shifts,
    whole_shift,
)
from evqa.audit.weights import ShiftWeights

PATH_WEIGHTS = ShiftWeights(
    damping=1.0, turn=2.5, again=0.3, jump=-8.0, opening=5.0, stepping=3.0, closing=2.0, least=6.0, whole=6.0
)
PATH_ENTRIES = 5


def cost(offsets: Sequence[int], is_ordered: bool) -> float:
    """What the changes of offset cost, from 0 before the first statement on."""
    stepping = PATH_WEIGHTS.stepping * (1.0 if is_ordered else LOOSER)
    total = 0.0
    for before, after in pairwise([0, *offsets]):
        if before == after:
            continue
        if 0 in (before, after):
            total += PATH_WEIGHTS.opening if before == 0 else PATH_WEIGHTS.closing
        else:
            total += stepping if abs(before - after) <= STEP else PATH_WEIGHTS.opening + PATH_WEIGHTS.closing
    return total


def worth(path: OffsetPath, is_ordered: bool) -> float:
    """Log-odds of a path, costs included."""
    return float(path.gains.sum()) - cost(path.offsets.tolist(), is_ordered)


@st.composite
def few(draw: st.DrawFn) -> NumberedStatements:
    """Three statements of one or two numbers each, of five entries, with support at random."""
    cited = st.lists(st.integers(0, PATH_ENTRIES - 1), min_size=1, max_size=2, unique=True)
    uses = draw(st.lists(cited, min_size=3, max_size=3))
    support = np.random.default_rng(draw(st.integers(0, 999))).normal(0, 3, (3, PATH_ENTRIES)).astype(np.float32)
    return NumberedStatements(uses, support, range(1, PATH_ENTRIES + 1), draw(st.booleans()))


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(of=few())
def test_no_other_path_is_likelier(of: NumberedStatements) -> None:
    """The path found is worth as much as the best of all paths, each followed by itself."""
    paths = OffsetPaths(of, PATH_WEIGHTS)
    every = product(paths.states.tolist(), repeat=3)
    best = max(worth(paths.followed(range(3), offsets), of.is_ordered) for offsets in every)
    assert worth(paths.likeliest(range(3)), of.is_ordered) == pytest.approx(best)


def test_what_a_path_gains() -> None:
    """A number whose turn it is, one cited before, one that leaves others out, and the end of the list each count."""
    of = NumberedStatements(
        [(0,), (1,), (0,), (3,)], np.zeros((4, PATH_ENTRIES), dtype=np.float32), range(1, PATH_ENTRIES + 1), True
    )
    path = OffsetPaths(of, PATH_WEIGHTS).followed(range(4), [0, 0, 0, 0])
    left_out = 2 * PATH_WEIGHTS.jump
    assert path.gains.tolist() == [PATH_WEIGHTS.turn, PATH_WEIGHTS.turn, PATH_WEIGHTS.again, left_out]
    to_the_end = OffsetPaths(of, PATH_WEIGHTS).followed(range(4), [0, 0, 0, 1])
    assert to_the_end.gains.tolist()[-1] == PATH_WEIGHTS.jump


def test_below_the_list_nothing_was_cited_before() -> None:
    """An offset that makes a number less than 1 costs what leaving numbers out costs, and has the least support."""
    of = NumberedStatements([(0,), (1,)], np.zeros((2, 2), dtype=np.float32), [1, 2], True)
    path = OffsetPaths(of, PATH_WEIGHTS).followed(range(2), [0, -2])
    assert path.gains[1] - path.supports[1] == 2 * PATH_WEIGHTS.jump
    assert path.supports[1] < 0


def test_a_turn_kept_for_later_isnt_forgotten() -> None:
    """Statements whose support speaks for another offset for a while don't hide a shift that the order shows."""
    meant = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    printed = [0, 1, *(entry - 1 for entry in meant[2:])]
    support = np.full((10, 10), -1.0, dtype=np.float32)
    support[np.arange(2, 5), np.array(printed[2:5])] = 1.5
    support[np.arange(5, 10), meant[5:]] = 3.0
    of = NumberedStatements([(entry,) for entry in printed], support, range(1, 11), True)
    found = OffsetPaths(of, PATH_WEIGHTS).likeliest(range(10))
    assert found.offsets.tolist() == [0, 0, *[1] * 8]


# Those of the product are fitted anew now and then.
WEIGHTS = ShiftWeights(
    damping=1.0, turn=2.5, again=0.0, jump=-8.0, opening=8.0, stepping=6.0, closing=4.0, least=10.0, whole=8.0
)
ENTRIES = 40
# Support of the entry that is meant.
MEANT = 4.0


def supporting(meant: Sequence[int], entries: int = ENTRIES, seed: int = 0) -> Floats:
    """Support in which each statement's entry stands out, with noise: by more than what the end of a run costs, as a
    run would rightly hold on to a last statement that fits its offset all but as well."""
    noise = np.random.default_rng(seed).normal(-1.5, 0.7, (len(meant), entries))
    found = np.minimum(noise, MEANT - WEIGHTS.closing - 0.1)
    found[np.arange(len(meant)), meant] = MEANT
    return found.astype(np.float32)


def numbered(printed: Sequence[int], support: Floats, is_ordered: bool = True) -> NumberedStatements:
    """Statements that cite one entry each."""
    return NumberedStatements([(entry,) for entry in printed], support, range(1, support.shape[1] + 1), is_ordered)


def found_in(of: NumberedStatements) -> list[Shift]:
    """The runs among all statements."""
    return shifts(range(len(of.uses)), of, WEIGHTS)


@st.composite
def runs(draw: st.DrawFn) -> tuple[int, int, int]:
    """First and last statement of a run of at least six, and an offset by which all of its numbers can be moved."""
    first = draw(st.integers(0, 24))
    last = draw(st.integers(first + 6, 30))
    lowest, highest = max(last - ENTRIES, -WIDEST), min(first, WIDEST)
    offset = draw(st.integers(lowest, highest).filter(bool))
    return first, last, offset


# By chance another entry fits the statement right behind these runs all but as well as the one that is meant.
@example(run=(23, 29, -4), is_ordered=False, seed=40)
@example(run=(13, 29, -1), is_ordered=False, seed=36)
@given(run=runs(), is_ordered=st.booleans(), seed=st.integers(0, 99))
def test_a_run_is_decoded(run: tuple[int, int, int], is_ordered: bool, seed: int) -> None:
    """Six or more numbers shifted by a constant are one run with those statements and that offset."""
    first, last, offset = run
    meant = list(range(30))
    printed = [entry - offset if first <= entry < last else entry for entry in meant]
    found = found_in(numbered(printed, supporting(meant, seed=seed), is_ordered))
    assert [[(each.statement, each.offset) for each in shift.members] for shift in found] == [
        [(statement, offset) for statement in range(first, last)]
    ]
    assert found[0].gain >= WEIGHTS.least


@given(seed=st.integers(0, 99), is_ordered=st.booleans(), again=st.lists(st.integers(0, 29), max_size=10))
def test_right_numbers_are_no_run(seed: int, is_ordered: bool, again: list[int]) -> None:
    """Numbers that fit, in order or cited again later, show none."""
    meant = [*range(30), *again]
    assert found_in(numbered(meant, supporting(meant, seed=seed), is_ordered)) == []


@given(seed=st.integers(0, 99))
def test_whatever_is_told_is_a_run(seed: int) -> None:
    """Of numbers at random a run is told only with enough gain, in statements one after the other, inside the list."""
    draws = np.random.default_rng(seed)
    meant, printed = draws.permutation(ENTRIES)[:12].tolist(), draws.permutation(ENTRIES)[:12].tolist()
    for shift in found_in(numbered(printed, supporting(meant, seed=seed), is_ordered=False)):
        places = [each.statement for each in shift.members]
        assert places == list(range(places[0], places[0] + len(places)))
        assert all(0 < abs(each.offset) <= WIDEST for each in shift.members)
        assert shift.gain >= WEIGHTS.least


def test_a_run_may_be_in_pieces() -> None:
    """Numbers shifted by 5 and further on by 6, as where one was left out, are one run with both offsets."""
    meant = list(range(10, 26))
    printed = [entry - 5 for entry in meant[:8]] + [entry - 6 for entry in meant[8:]]
    (found,) = found_in(numbered(printed, supporting(meant), is_ordered=False))
    assert [each.offset for each in found.members] == [5] * 8 + [6] * 8


def test_only_the_statements_asked_for() -> None:
    """A run is told by the places of its statements among all, and others aren't looked at."""
    meant = list(range(30))
    printed = [entry - 4 if 10 <= entry < 20 else entry for entry in meant]
    of = numbered(printed, supporting(meant), is_ordered=False)
    (found,) = shifts(range(8, 25), of, WEIGHTS)
    assert [each.statement for each in found.members] == list(range(10, 20))
    assert shifts(range(20, 30), of, WEIGHTS) == []


def test_statements_that_cite_the_same_speak_once() -> None:
    """Rows that cite three entries again and again gain as three rows do, not as fifteen."""
    again, different = [10, 11, 12] * 5, list(range(10, 25))
    (few,), (many,) = (
        found_in(numbered([entry - 5 for entry in meant], supporting(meant), is_ordered=False))
        for meant in (again, different)
    )
    assert few.gain < many.gain / 3


def test_numbers_with_gaps() -> None:
    """Offsets are of numbers, not of places in the list: in a list numbered 2, 4, 6 … a shift by one entry is 2."""
    meant = list(range(5, 20))
    uses = [(entry - 1,) for entry in meant]
    numbers = [2 * (place + 1) for place in range(ENTRIES)]
    (found,) = found_in(NumberedStatements(uses, supporting(meant), numbers, is_ordered=False))
    assert {each.offset for each in found.members} == {2}


def test_statements_of_several_numbers() -> None:
    """A statement that cites several entries is moved as a whole, by what fits all of them."""
    support = supporting(range(10, 20))
    support[np.arange(10), np.arange(11, 21)] = 4.0
    uses = [(entry - 3, entry - 2) for entry in range(10, 20)]
    (found,) = found_in(NumberedStatements(uses, support, range(1, ENTRIES + 1), is_ordered=False))
    assert {each.offset for each in found.members} == {3}
    assert len(found.members) == 10


def test_order_bears_out_weak_support() -> None:
    """Where titles tell little, numbers that take their turns again once shifted back make the run."""
    meant = list(range(24))
    printed = [entry - 3 if entry >= 8 else entry for entry in meant]
    support = np.full((24, ENTRIES), -1.0, dtype=np.float32)
    support[np.arange(24), meant] = -0.5
    (found,) = found_in(numbered(printed, support))
    assert {each.offset for each in found.members} == {3}
    assert found_in(numbered(printed, support, is_ordered=False)) == []


def test_beyond_the_list_nothing_is_meant() -> None:
    """An entry that supports every statement isn't taken for what numbers beyond the list mean."""
    support = np.full((10, ENTRIES), -1.5, dtype=np.float32)
    support[:, 0] = 4.0
    printed = [place * 7 % ENTRIES for place in range(10)]
    assert found_in(numbered(printed, support, is_ordered=False)) == []


def test_a_dearer_run_isnt_told() -> None:
    """A run that gains less than the least isn't told."""
    meant = list(range(10, 20))
    of = numbered([entry - 4 for entry in meant], supporting(meant), is_ordered=False)
    (found,) = found_in(of)
    assert shifts(range(10), of, WEIGHTS.model_copy(update={"least": found.gain + 0.01})) == []
    assert shifts(range(10), of, WEIGHTS.model_copy(update={"least": found.gain - 0.01})) == [found]


@pytest.mark.parametrize("statements", [[], [0]])
def test_nothing_to_look_at(statements: list[int]) -> None:
    """Without statements or without entries there is no run."""
    nothing = np.zeros((1, 0), dtype=np.float32)
    assert shifts(statements, NumberedStatements([()], nothing, [], True), WEIGHTS) == []
    assert shifts([], numbered([0], supporting([0])), WEIGHTS) == []


@pytest.mark.parametrize("is_ordered", [True, False])
@given(noise=st.integers(0, 99))
def test_of_offsets_that_fit_alike_the_nearest_is_told(is_ordered: bool, noise: int) -> None:
    """In a list that has its works twice a shift fits two entries alike: whatever a processor makes of the last digits,
    the nearer one is told, of a run and of a whole."""
    half, rows = ENTRIES // 2, range(8, 16)
    support = np.full((len(rows), ENTRIES), -1.5, dtype=np.float32)
    for place, entry in enumerate(rows):
        support[place, [entry, entry + half]] = MEANT
    last_digits = np.random.default_rng(noise).normal(0, 1e-7, support.shape).astype(np.float32)
    of = numbered([entry - 5 for entry in rows], support + last_digits, is_ordered)
    assert [{each.offset for each in shift.members} for shift in found_in(of)] == [{5}]
    whole = whole_shift(range(len(rows)), of, WEIGHTS)
    assert whole is not None
    assert {each.offset for each in whole.members} == {5}


@given(run=runs(), seed=st.integers(0, 99))
def test_a_whole_with_one_offset(run: tuple[int, int, int], seed: int) -> None:
    """Numbers all shifted by a constant are found as a whole with it, and right ones gain nothing by any."""
    first, last, offset = run
    meant, support = list(range(first, last)), supporting(range(first, last), seed=seed)
    whole = whole_shift(range(len(meant)), numbered([entry - offset for entry in meant], support), WEIGHTS)
    assert whole is not None
    assert [(each.statement, each.offset) for each in whole.members] == [(place, offset) for place in range(len(meant))]
    right = whole_shift(range(len(meant)), numbered(meant, support), WEIGHTS)
    assert right is not None
    assert right.gain < 0 < WEIGHTS.whole < whole.gain


def test_as_a_whole_those_that_cite_the_same_speak_once() -> None:
    """Rows that cite three entries again and again gain as a whole as three rows do."""
    few, again = [10, 11, 12], [10, 11, 12] * 5
    gains = []
    for meant in (few, again):
        support = np.full((len(meant), ENTRIES), -1.5, dtype=np.float32)
        support[np.arange(len(meant)), meant] = 4.0
        whole = whole_shift(range(len(meant)), numbered([entry - 5 for entry in meant], support), WEIGHTS)
        gains.append(0.0 if whole is None else whole.gain)
    assert gains[0] == pytest.approx(gains[1]) == pytest.approx(3 * 5.5)


def test_no_statements_are_no_whole() -> None:
    """Nothing is found of no statements."""
    assert whole_shift([], numbered([], supporting([1])[:0]), WEIGHTS) is None
