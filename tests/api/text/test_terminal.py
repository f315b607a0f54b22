"""Text as a terminal shows it."""

from hypothesis import given
from hypothesis import strategies as st

from api.text.terminal import bold, printable, width, wrapped

ADDRESS = "https://doi.org/10.3389/fimmu.2025.1601266-and-a-very-long-rest-of-it-that-fits-no-line"


def test_a_file_gets_a_fixed_width_and_no_colour() -> None:
    """Without a terminal lines have 100 columns and nothing is bold."""
    assert (width(), bold("x")) == (100, "x")


@given(st.text())
def test_wrapping_loses_no_word(text: str) -> None:
    """All words are kept, in order, and no line with more than one word is too long."""
    lines = wrapped(text, 80)
    assert [word for line in lines for word in line.split()] == printable(text).split()
    assert all(len(line) <= 80 or " " not in line.strip() for line in lines)


@given(st.integers(1, 30), st.lists(st.integers(1, 99), min_size=1, max_size=5))
def test_numbers_do_not_begin_a_line(words: int, numbers: list[int]) -> None:
    """Wherever the text ends, what stands behind it begins on the line of its last word, and nothing is lost."""
    text, tail = " ".join(["word"] * words) + " end", str(numbers)
    lines = wrapped(text, 40, "  ", "    ", tail)
    assert " ".join(line.strip() for line in lines) == f"{text} {tail}"
    assert any(f"end {tail.split(maxsplit=1)[0]}" in line for line in lines)


def test_addresses_are_not_broken() -> None:
    """An address longer than the line stays in one piece, hyphens or not."""
    assert ADDRESS in wrapped(f"see {ADDRESS} there", 80)


def test_a_text_cannot_steer_the_terminal() -> None:
    """Escape sequences, bells and line breaks of a file are not printed."""
    assert printable("a\x1b[31mred\x07\r\nb\x9bc") == "a [31mred b c"
    assert printable("a\u202edm.exe\u2066b\u2028c") == "a dm.exe b c"
