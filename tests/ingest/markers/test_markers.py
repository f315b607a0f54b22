"""Printed markers and the numbers they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.errors import MarkerError
from ingest.markers.markers import expand, format_numbers


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("(11–13)", (11, 12, 13)),
        ("3, 4", (3, 4)),
        ("[1,3-5]", (1, 3, 4, 5)),
        ("60—62", (60, 61, 62)),
        ("60‐61", (60, 61)),
        ("(1 to 3)", (1, 2, 3)),
        ("[1]–[3]", (1, 2, 3)),
        ("¹²,¹⁴–¹⁵", (12, 14, 15)),
        ("(2; 7 and 9)", (2, 7, 9)),
        ("(reviewed in 5)", (5,)),
        ("[refs. 5, 6]", (5, 6)),
        ("4, 4", (4,)),
    ],
)
def test_markers_expand(printed: str, numbers: tuple[int, ...]) -> None:
    """Lists, ranges with any dash, superscripts and leading words give their numbers in printed order, each once."""
    assert expand(printed) == numbers


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("(13–11)", "runs backwards"),
        ("(1–41)", "spans more than 40"),
        ("(30–150 nm)", "isn't a number"),
        ("()", "isn't a number"),
        ("(1–2–3)", "isn't a number"),
        ("(0)", "isn't a number"),
        ("(1,000)", "isn't a number"),
    ],
)
def test_what_is_no_marker_is_refused(printed: str, words: str) -> None:
    """A range backwards or too wide, and anything but numbers, raises MarkerError that says why."""
    with pytest.raises(MarkerError, match=words):
        expand(printed)


@given(st.sets(st.integers(1, 999), min_size=1, max_size=60))
def test_format_is_the_inverse_of_expand(numbers: set[int]) -> None:
    """Formatting a set and expanding it again gives the set, ascending."""
    assert expand(format_numbers(numbers)) == tuple(sorted(numbers))


def test_runs_are_written_as_ranges() -> None:
    """Three or more in a row are a range, two are not."""
    assert format_numbers([13, 11, 12, 15, 16]) == "11–13, 15, 16"


@given(st.text(max_size=60))
def test_any_text_expands_or_is_refused(text: str) -> None:
    """No text makes expand fail otherwise than by MarkerError."""
    try:
        numbers = expand(text)
    except MarkerError:
        numbers = (1,)
    assert all(number > 0 for number in numbers)
