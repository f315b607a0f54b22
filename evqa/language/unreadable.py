"""Characters that a file shows and doesn't tell: fonts without a map, codes of a private area."""

import re

_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]+")


def unreadable_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of each stretch of unreadable characters."""
    return [] if text.isascii() else [found.span() for found in _UNREADABLE.finditer(text)]
