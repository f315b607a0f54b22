"""Whether a citation stands where the truth has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.reading.context import agrees, is_exact, most_pairs, words_before
from eval.reading.jatstruth import TrueEntry

ENTRY = TrueEntry(position=1, label=1, title=None, doi=None, families=frozenset({"oak", "elm"}), year="2001")
TRUE = ("bends", "slowly", "under", "the", "ice")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quartz bends slowly, under the β-ice (", ("slowly", "under", "the", "beta", "ice")),
        ("the ice, as found by Oak and Elm (", ("the", "ice", "as", "found", "by")),
        ("bends (see ref. ", ("bends",)),
        ("Oak et al. ", ()),
    ],
)
def test_words_before(text: str, expected: tuple[str, ...]) -> None:
    """The last five folded words, without the authors and what introduces a marker."""
    assert words_before(text, ENTRY) == expected


@pytest.mark.parametrize(
    ("found", "exact", "agreeing"),
    [
        ("quartz bends slowly under the ice", True, True),
        ("quartz be nds slow ly under theice", True, True),
        ("quartz bends slowly beneath the ice", False, True),
        ("quartz bends slowly undar the icc", False, True),
        ("quartz bends beneath that ice", False, False),
        ("the ice", False, False),
        ("", False, False),
    ],
)
def test_agreement(found: str, exact: bool, agreeing: bool) -> None:
    """Blanks don't count; one word, or a tenth of the letters, may differ."""
    assert is_exact(TRUE, found.split()) is exact
    assert agrees(TRUE, found.split()) is agreeing


def test_a_single_word_must_be_right() -> None:
    """Where the cell has one word before the marker, another word doesn't agree."""
    assert agrees(("ice",), ("cold", "ice"))
    assert not agrees(("ice",), ("ice", "cold"))


@given(st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=5))
def test_most_pairs_is_the_largest_matching(edges: list[list[int]]) -> None:
    """As many pairs as trying all ways gives."""

    def best(left: int, free: frozenset[int]) -> int:
        if left == len(edges):
            return 0
        taken = (1 + best(left + 1, free - {right}) for right in set(edges[left]) & free)
        return max([best(left + 1, free), *taken])

    assert most_pairs(edges) == best(0, frozenset(range(5)))
