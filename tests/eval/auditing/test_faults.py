"""Faults seeded into the citations of invented reviews."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.auditing.faults import ALIKE, FEWEST, MOST, SEEDS, WIDEST, Faulty
from evqa.audit.support import Cited
from tests.evqa.citing import TOPICS, cited, entry, on_topics, statement, table, title

SEED = st.integers(0, 10_000)
KINDS = sorted(SEEDS)
COUNT = 30
LISTED = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]


def several() -> Cited:
    """A review whose statements cite one to four entries each, some of them again, with a table of ten rows."""
    numbers = [[at, *range(at + 2, at + 2 + at % 4)] for at in range(1, 25)]
    said = [statement(TOPICS[own[0] - 1], f"[{', '.join(map(str, own))}]") for own in numbers]
    rows = [(" ".join(TOPICS[place]), f"[{place + 1}]") for place in range(10, 20)]
    return cited("\n\n".join(["## Findings", *said, table("Table 1", rows)]), LISTED)


REVIEWS = {"one each": on_topics(COUNT), "several": several()}


def made(review: str, kind: str, seed: int) -> Faulty:
    """A fault in a review that can bear it."""
    found = SEEDS[kind](REVIEWS[review], np.random.default_rng(seed))
    assert found is not None
    return found


def changed(review: str, faulty: Faulty) -> list[int]:
    """The statements that cite other entries than are printed."""
    return [
        place for place, pair in enumerate(zip(REVIEWS[review].uses, faulty.uses, strict=True)) if pair[0] != pair[1]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@given(seed=SEED)
def test_what_is_said_to_be_wrong_is(kind: str, seed: int) -> None:
    """Every wrong pair is cited with the fault and wasn't printed; every other pair was printed. There are some."""
    review = "several"
    faulty = made(review, kind, seed)
    printed = {(place, entry) for place, entries in enumerate(REVIEWS[review].uses) for entry in entries}
    cites = {(place, entry) for place, entries in enumerate(faulty.uses) for entry in entries}
    assert faulty.wrong
    assert cites - printed == faulty.wrong


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@given(seed=SEED)
def test_all_else_is_untouched(kind: str, seed: int) -> None:
    """Statements without a wrong pair cite what they print, and every statement cites as many entries, each once."""
    review = "several"
    faulty = made(review, kind, seed)
    assert {place for place, _ in faulty.wrong} == set(changed(review, faulty))
    for own, other in zip(REVIEWS[review].uses, faulty.uses, strict=True):
        assert len(own) == len(other) == len(set(other))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@given(seed=SEED)
def test_the_same_seed_makes_the_same(kind: str, seed: int) -> None:
    """A fault depends on the review and the seed alone."""
    assert made("several", kind, seed) == made("several", kind, seed)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_other_seeds_make_others(kind: str) -> None:
    """Of twenty seeds several make different faults."""
    assert len({made("several", kind, seed) for seed in range(20)}) > 3


@given(seed=SEED)
def test_some_numbers_are_replaced(seed: int) -> None:
    """Of thirty pairs two are replaced, each by an entry of the list."""
    faulty = made("one each", "replaced", seed)
    assert len(faulty.wrong) == 2
    assert all(0 <= entry < COUNT for _, entry in faulty.wrong)
    assert (faulty.offset, faulty.shifted) == (0, frozenset())


@given(seed=SEED)
def test_swapped_numbers_are_those_printed(seed: int) -> None:
    """Swapping moves numbers about and brings in none."""
    faulty = made("several", "swapped", seed)
    before, after = (Counter(entry for of in uses for entry in of) for uses in (REVIEWS["several"].uses, faulty.uses))
    assert before == after


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["shifted from a point", "shifted section", "shifted table"])
@given(seed=SEED)
def test_a_shift_is_a_constant(kind: str, seed: int) -> None:
    """In every shifted statement each number and the offset make the printed number; the offset isn't 0 or too wide."""
    review = REVIEWS["several"]
    faulty = made("several", kind, seed)
    numbers = [each.number for each in review.entries]
    assert 0 < abs(faulty.offset) <= WIDEST
    assert len(faulty.shifted) >= FEWEST
    for place, entries in enumerate(review.uses):
        offset = faulty.offset if place in faulty.shifted else 0
        assert [numbers[entry] + offset for entry in faulty.uses[place]] == [numbers[entry] for entry in entries]


@pytest.mark.slow
@given(seed=SEED)
def test_where_shifts_are(seed: int) -> None:
    """A table's shift has rows alone, a text's none; a section's is bounded, one from a point goes to the end."""
    tables = [place for place, each in enumerate(REVIEWS["several"].statements) if each.where == "table"]
    assert made("several", "shifted table", seed).shifted <= set(tables)
    for kind in ("shifted from a point", "shifted section"):
        assert not made("several", kind, seed).shifted & set(tables)
    section = made("one each", "shifted section", seed).shifted
    assert FEWEST <= max(section) - min(section) + 1 <= MOST
    point = made("one each", "shifted from a point", seed)
    last = COUNT if point.offset > 0 else COUNT + point.offset
    assert point.shifted == set(range(min(point.shifted), last))


def test_what_is_too_small_bears_no_fault() -> None:
    """Fewer statements than a shift needs, no table, one pair or two entries bear no such fault."""
    draws = np.random.default_rng(1)
    small, pair = on_topics(FEWEST - 1), cited("## Findings\n\nMoss [1].", LISTED[:2])
    for kind in ("shifted from a point", "shifted section", "shifted table"):
        assert SEEDS[kind](small, draws) is None
    assert SEEDS["replaced"](pair, draws) is None
    assert SEEDS["swapped"](pair, draws) is None
    assert SEEDS["shifted section"](on_topics(FEWEST), draws) is None


def test_nothing_that_cites_bears_no_fault() -> None:
    """A review without citing statements bears none."""
    nothing = cited("## Findings\n\nMoss.", LISTED)
    assert [SEEDS[kind](nothing, np.random.default_rng(1)) for kind in KINDS] == [None] * len(KINDS)


@pytest.mark.parametrize("kind", ["replaced", "replaced nearby", "swapped"])
def test_a_number_that_comes_back_isnt_wrong(kind: str) -> None:
    """Of statements that cite much of the list, no number is called wrong that was printed at another place in them."""
    bounds = ((1, 15), (8, 17), (3, 15), (1, 12), (5, 17), (2, 14))
    said = [f"Fact [{', '.join(map(str, range(*each)))}]." for each in bounds]
    review = cited("\n\n".join(["## Findings", *said]), LISTED[:16])
    found = [SEEDS[kind](review, np.random.default_rng(seed)) for seed in range(200)]
    assert sum(each is not None for each in found) > 150
    for faulty in filter(None, found):
        assert all(entry in faulty.uses[place] for place, entry in faulty.wrong)
        assert not [pair for pair in faulty.wrong if pair[1] in review.uses[pair[0]]]


def test_where_everything_is_cited_nothing_is_replaced() -> None:
    """A statement that cites the whole list leaves no other entry, and so bears no such fault."""
    review = cited("## Findings\n\nMoss [1, 2, 3, 4].", LISTED[:4])
    assert SEEDS["replaced"](review, np.random.default_rng(1)) is None


def test_nearby_replacements_are_alike() -> None:
    """A work that is mixed up is one of the five whose titles are the most alike, of those not cited there."""
    review = several()
    titles = review.likeness.titles
    faulty = made("several", "replaced nearby", 3)
    for place, entry_there in faulty.wrong:
        lost = next(each for each in review.uses[place] if each not in faulty.uses[place])
        others = [each for each in range(COUNT) if each not in review.uses[place]]
        nearer = [each for each in others if titles[lost][each] > titles[lost][entry_there]]
        assert len(nearer) < ALIKE
