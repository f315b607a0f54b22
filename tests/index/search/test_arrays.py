"""Arrays written and read a stretch at a time."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.arrays import ArrayWriter, stretches


@given(parts=st.lists(st.integers(0, 5), max_size=8), rows=st.integers(1, 7))
def test_what_is_appended_is_the_array(tmp_path_factory: pytest.TempPathFactory, parts: list[int], rows: int) -> None:
    """Rows appended in any parts make the file that NumPy itself reads, and come back in stretches of any length."""
    path = tmp_path_factory.mktemp("arrays") / "rows.npy"
    whole = np.arange(sum(parts) * 3, dtype=np.float32).reshape(-1, 3)
    with ArrayWriter(path, np.float32, (3,)) as writer:
        first = 0
        for part in parts:
            writer.put(whole[first : first + part])
            first += part
    assert np.array_equal(np.load(path), whole)
    found = list(stretches(path, rows))
    assert all(len(stretch) <= rows for stretch in found)
    assert np.array_equal(np.concatenate([np.zeros((0, 3)), *found]), whole)


def test_numbers_without_a_shape(tmp_path: Path) -> None:
    """An array of plain numbers is written and read too, with its type."""
    with ArrayWriter(tmp_path / "counts.npy", np.int64) as writer:
        writer.put(np.array([3, 1]))
        writer.put(np.array([2]))
    assert np.load(tmp_path / "counts.npy").tolist() == [3, 1, 2]
    assert next(stretches(tmp_path / "counts.npy", 9)).dtype == np.int64


def test_an_array_that_was_not_finished_is_empty(tmp_path: Path) -> None:
    """Where an error ends the writing, the header doesn't promise rows."""
    path = tmp_path / "rows.npy"

    def written(values: tuple[str, ...]) -> None:
        with ArrayWriter(path, np.int64) as writer:
            for value in values:
                writer.put(np.array([int(value)]))

    with pytest.raises(ValueError, match="invalid literal"):
        written(("3", "one"))
    assert list(stretches(path, 9)) == []
