"""Characters that steer what shows a text instead of being shown: a document's may not.

The directional formatting characters are those of the Unicode bidirectional algorithm, UAX #9, section 2.
"""

TURNING = frozenset((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# ASCII's and Latin-1's control characters.
STEERING = frozenset((*range(32), *range(127, 160)))
_LAYOUT = frozenset(map(ord, "\t\n"))
_MARKED = dict.fromkeys(STEERING - _LAYOUT, " ") | {code: f"[U+{code:04X}]" for code in TURNING}


def marked(text: str) -> str:
    """The text with a sign for each character that would turn its direction, and a blank for each other control."""
    return text.translate(_MARKED)
