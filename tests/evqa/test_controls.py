"""Characters that steer what shows a text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from evqa.controls import STEERING, TURNING, marked


def test_what_would_turn_a_text_is_shown() -> None:
    """A sign stands for it, and a blank for what would steer a terminal; line breaks and tabs stay."""
    assert marked("a\u202ed.c\u2069\x1b[2J\n\tb") == "a[U+202E]d.c[U+2069] [2J\n\tb"


def test_they_are_unicodes() -> None:
    """The characters are those that Unicode calls controls, and those of its algorithm for two directions."""
    assert {code for code in range(0x110000) if unicodedata.category(chr(code)) == "Cc"} == STEERING
    names = {unicodedata.name(chr(code)) for code in TURNING}
    assert all(name.endswith(("MARK", "EMBEDDING", "OVERRIDE", "FORMATTING", "ISOLATE")) for name in names), names


@given(st.text())
def test_nothing_is_left(text: str) -> None:
    """No text has any of them afterwards, but for its layout, and one without them stays as it is."""
    left = {ord(character) for character in marked(text)} & (STEERING | TURNING)
    assert left <= {9, 10}
    if not {ord(character) for character in text} & (STEERING | TURNING):
        assert marked(text) == text
