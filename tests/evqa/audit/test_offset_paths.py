"""The likeliest offsets, against all paths tried one by one."""

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evqa.audit.offset_paths import LOOSER, STEP, NumberedStatements, OffsetPath, OffsetPaths
from evqa.audit.weights import ShiftWeights

WEIGHTS = ShiftWeights(
    damping=1.0, turn=2.5, again=0.3, jump=-8.0, opening=5.0, stepping=3.0, closing=2.0, least=6.0, whole=6.0
)
ENTRIES = 5


def cost(offsets: Sequence[int], is_ordered: bool) -> float:
    """What the changes of offset cost, from 0 before the first statement on."""
    stepping = WEIGHTS.stepping * (1.0 if is_ordered else LOOSER)
    total = 0.0
    for before, after in pairwise([0, *offsets]):
        if before == after:
            continue
        if 0 in (before, after):
            total += WEIGHTS.opening if before == 0 else WEIGHTS.closing
        else:
            total += stepping if abs(before - after) <= STEP else WEIGHTS.opening + WEIGHTS.closing
    return total


def worth(path: OffsetPath, is_ordered: bool) -> float:
    """Log-odds of a path, costs included."""
    return float(path.gains.sum()) - cost(path.offsets.tolist(), is_ordered)


@st.composite
def few(draw: st.DrawFn) -> NumberedStatements:
    """Three statements of one or two numbers each, of five entries, with support at random."""
    cited = st.lists(st.integers(0, ENTRIES - 1), min_size=1, max_size=2, unique=True)
    uses = draw(st.lists(cited, min_size=3, max_size=3))
    support = np.random.default_rng(draw(st.integers(0, 999))).normal(0, 3, (3, ENTRIES)).astype(np.float32)
    return NumberedStatements(uses, support, range(1, ENTRIES + 1), draw(st.booleans()))


@settings(deadline=None, max_examples=60)
@given(of=few())
def test_no_other_path_is_likelier(of: NumberedStatements) -> None:
    """The path found is worth as much as the best of all paths, each followed by itself."""
    paths = OffsetPaths(of, WEIGHTS)
    every = product(paths.states.tolist(), repeat=3)
    best = max(worth(paths.followed(range(3), offsets), of.is_ordered) for offsets in every)
    assert worth(paths.likeliest(range(3)), of.is_ordered) == pytest.approx(best)


def test_what_a_path_gains() -> None:
    """A number whose turn it is, one cited before, one that leaves others out, and the end of the list each count."""
    of = NumberedStatements(
        [(0,), (1,), (0,), (3,)], np.zeros((4, ENTRIES), dtype=np.float32), range(1, ENTRIES + 1), True
    )
    path = OffsetPaths(of, WEIGHTS).followed(range(4), [0, 0, 0, 0])
    left_out = 2 * WEIGHTS.jump
    assert path.gains.tolist() == [WEIGHTS.turn, WEIGHTS.turn, WEIGHTS.again, left_out]
    to_the_end = OffsetPaths(of, WEIGHTS).followed(range(4), [0, 0, 0, 1])
    assert to_the_end.gains.tolist()[-1] == WEIGHTS.jump


def test_below_the_list_nothing_was_cited_before() -> None:
    """An offset that makes a number less than 1 costs what leaving numbers out costs, and has the least support."""
    of = NumberedStatements([(0,), (1,)], np.zeros((2, 2), dtype=np.float32), [1, 2], True)
    path = OffsetPaths(of, WEIGHTS).followed(range(2), [0, -2])
    assert path.gains[1] - path.supports[1] == 2 * WEIGHTS.jump
    assert path.supports[1] < 0


def test_a_turn_kept_for_later_isnt_forgotten() -> None:
    """Statements whose support speaks for another offset for a while don't hide a shift that the order shows."""
    meant = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    printed = [0, 1, *(entry - 1 for entry in meant[2:])]
    support = np.full((10, 10), -1.0, dtype=np.float32)
    support[np.arange(2, 5), np.array(printed[2:5])] = 1.5
    support[np.arange(5, 10), meant[5:]] = 3.0
    of = NumberedStatements([(entry,) for entry in printed], support, range(1, 11), True)
    found = OffsetPaths(of, WEIGHTS).likeliest(range(10))
    assert found.offsets.tolist() == [0, 0, *[1] * 8]
