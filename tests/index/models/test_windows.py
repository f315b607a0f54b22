"""Windows over long texts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.models.format import Specials
from index.models.windows import batches, bounds, padded, windows_of


@given(length=st.integers(0, 3000), room=st.integers(2, 600))
def test_windows_keep_every_token_once(length: int, room: int) -> None:
    """Kept stretches follow each other from the first token to the last, inside windows that fit."""
    found = list(bounds(length, room))
    assert [first for _, _, first, _ in found] == [0, *(last for _, _, _, last in found[:-1])]
    assert found[-1][3] == length
    for start, stop, first, last in found:
        assert start <= first <= last <= stop <= start + room


@given(ids=st.lists(st.integers(1, 9), max_size=700))
def test_kept_ids_are_the_text(ids: list[int]) -> None:
    """The kept positions of all windows, in order, spell the text's ids; special tokens stand around each window."""
    windows = windows_of(0, ids, Specials((101,), (102,)), 256)
    assert [i for window in windows for i in window.ids[window.first : window.last]] == ids
    assert all(window.ids[0] == 101 and window.ids[-1] == 102 and len(window.ids) <= 256 for window in windows)


@given(lengths=st.lists(st.integers(0, 300), min_size=1, max_size=60))
def test_batches_hold_every_window(lengths: list[int]) -> None:
    """Every window is in exactly one batch, and the mask counts its ids."""
    windows = [w for text, n in enumerate(lengths) for w in windows_of(text, [7] * n, Specials((1,), (2,)), 128)]
    found = list(batches(windows))
    assert sorted((w.text, w.place) for batch in found for w in batch) == sorted((w.text, w.place) for w in windows)
    for batch in found:
        ids, mask = padded(batch)
        assert mask.sum(axis=1).tolist() == [len(w.ids) for w in batch]
        assert np.count_nonzero(ids) == mask.sum()
