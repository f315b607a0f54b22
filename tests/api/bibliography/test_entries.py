"""Keys of exported entries."""

from hypothesis import given
from hypothesis import strategies as st

from api.bibliography.entries import entry_keys
from evqa.model import Reference

entries = st.builds(
    Reference, number=st.integers(1, 3), document=st.sampled_from([None, "d-1", "d-2"]), raw=st.just("x")
)


def test_a_key_is_the_number() -> None:
    """In one bibliography the number is enough."""
    assert entry_keys([Reference(number=38, document="d-1", raw="x")]) == ["ref38"]


@given(st.lists(entries, max_size=8))
def test_keys_are_unique(references: list[Reference]) -> None:
    """Whatever the numbers and documents, no two entries share a key."""
    keys = entry_keys(references)
    assert len(set(keys)) == len(references) == len(keys)
