"""Signs by which a printed number looks right or wrong."""

from typing import NamedTuple

import numpy as np
import pytest

from evqa.audit.citation_order import PlaceInOrder
from evqa.audit.likeness import Floats
from evqa.audit.pair_signs import LEAST, MOST, NO_ORDER, SIGNS, WIDTH, PairSigns, log_odds, pair_signs, text_order
from evqa.audit.support import Cited
from evqa.audit.weights import PairWeights
from tests.evqa.citing import TOPICS, cited, entry, on_topics, statement, table, title

NOTHING = dict.fromkeys(("bias", *SIGNS), 0.0)


class Case(NamedTuple):
    """A review with even support."""

    cited: Cited
    support: Floats


@pytest.fixture(scope="module")
def case() -> Case:
    """Six statements on six topics."""
    made = on_topics(6)
    return Case(made, np.zeros((6, 6), dtype=np.float32))


def signs(case: Case, support: Floats | None = None) -> list[PairSigns]:
    """The signs of what is printed."""
    return pair_signs(case.cited, case.cited.uses, case.support if support is None else support)


def test_every_pair_once_in_printed_order() -> None:
    """A statement that prints a number has a pair for it, however often it does."""
    made = cited("## 2 Cold\n\nMoss [2, 1] is dry [2]. Ice [1] melts.", [entry(1, "Moss"), entry(2, "Ice")])
    found = pair_signs(made, [(1, 0, 1), (0,)], np.zeros((2, 2), dtype=np.float32))
    assert [(each.statement, each.entry) for each in found] == [(0, 1), (0, 0), (1, 0)]


def test_support_is_bounded(case: Case) -> None:
    """Support beyond either end tells no more than the end does."""
    support = case.support.copy()
    support[0, 0], support[1, 1], support[2, 2] = 50, -50, 1.5
    assert [each.support for each in signs(case, support)][:3] == [MOST, LEAST, 1.5]


def test_rivals_are_the_mean_odds_of_others(case: Case) -> None:
    """Rivals are the logarithm of the mean odds of those entries that the statement doesn't cite."""
    support = case.support.copy()
    support[0] = [7, 2, 0, 0, 0, 0]
    assert signs(case, support)[0].rivals == pytest.approx(np.log((np.exp(2) + 4) / 5))
    only = cited("## 2 Cold\n\nMoss [1].", [entry(1, "Moss")])
    assert pair_signs(only, only.uses, np.zeros((1, 1), dtype=np.float32))[0].rivals == 0.0


def test_neighbours_share_words_and_authors() -> None:
    """An entry whose title is like one cited nearby, or that shares an author, is borne out by it, a stranger isn't."""
    listed = [
        entry(1, "Moss drinks rain", "Oak A"),
        entry(2, "Rain feeds moss", "Elm B, Oak A"),
        *(
            entry(number, topic[0].capitalize(), f"{topic[1].capitalize()} C")
            for number, topic in enumerate(TOPICS[:6], 3)
        ),
    ]
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:6], start=3)]
    made = cited("## 2 Cold\n\n" + " ".join(["Moss is wet [1].", "Rain too [2].", *said]), listed)
    found = pair_signs(made, made.uses, np.zeros((8, 8), dtype=np.float32))
    assert [each.authors for each in found] == [True, True, *[False] * 6]
    assert min(found[0].neighbours, found[1].neighbours) > 1 > max(each.neighbours for each in found[2:])


def test_only_statements_nearby_are_neighbours() -> None:
    """A statement further away than the width, or in a table, is no neighbour of one in the text."""
    said = [f"Fact {place} [{place + 2}]." for place in range(WIDTH)]
    listed = [entry(1, "Moss", "Oak A"), *(entry(place + 2, f"Untold {place}", "Elm B") for place in range(WIDTH))]
    listed.append(entry(WIDTH + 2, "Slug", "Oak A"))
    last = f"Slugs [{WIDTH + 2}]."

    def shares_author(body: list[str]) -> bool:
        made = cited("## 2 Cold\n\n" + "\n\n".join(body), listed)
        support = np.zeros((len(made.statements), len(listed)), dtype=np.float32)
        return pair_signs(made, made.uses, support)[0].authors

    assert not shares_author(["Moss [1].", *said, last])
    assert shares_author(["Moss [1].", *said[1:], last])
    assert not shares_author(["Moss [1].", table("Table 1", [("slug", f"[{WIDTH + 2}]")])])


def test_order_is_that_of_the_running_text() -> None:
    """A table's rows are out of any order, and tell nothing of the text's."""
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:4], start=1)]
    rows = table("Table 1", [("late", "[4]"), ("early", "[1]")])
    made = cited("\n\n".join(["## 2 Cold", rows, "A [1]. B [2, 3]. C [4]."]), listed)
    order, pairs = text_order(made, made.uses)
    assert order.is_kept
    assert pairs == [(2, 0), (3, 1), (3, 2), (4, 3)]
    found = pair_signs(made, made.uses, np.zeros((5, 4), dtype=np.float32))
    assert [each.placed for each in found] == [NO_ORDER] * 2 + [PlaceInOrder(in_order=True)] * 4


def test_a_list_in_another_order_tells_nothing() -> None:
    """Where numbers don't follow the text no number is in or out of order."""
    made = on_topics(8, [5, 2, 8, 1, 7, 4, 3, 6])
    found = pair_signs(made, made.uses, np.zeros((8, 8), dtype=np.float32))
    assert {each.placed for each in found} == {NO_ORDER}


def test_values_stand_in_the_order_of_their_names() -> None:
    """Values are those of the signs' names, in that order."""
    found = PairSigns(3, 4, 1.5, 2.5, 3.5, True, PlaceInOrder(early=True, gap=(7,)))
    assert dict(zip(SIGNS, found.values, strict=True)) == {
        "support": 1.5,
        "rivals": 2.5,
        "neighbours": 3.5,
        "authors": 1.0,
        "early": 1.0,
        "astray": 0.0,
        "gap": 1.0,
        "in_order": 0.0,
    }


@pytest.mark.parametrize("name", SIGNS)
def test_each_sign_has_its_own_weight(name: str) -> None:
    """Log-odds are the bias and every sign times the weight of its name."""
    found = PairSigns(0, 0, 2.0, 3.0, 5.0, True, PlaceInOrder(True, True, True, (7,)))
    value = dict(zip(SIGNS, found.values, strict=True))[name]
    assert value > 0
    assert log_odds(found, PairWeights(**NOTHING | {"bias": -1.0, name: 0.5})) == pytest.approx(-1 + 0.5 * value)
