"""Crude stems, by which a question's words are compared with titles and captions."""

import re

from evqa.language.words import fold

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset("table which what with from that this their these secti figur about".split())


def stems(text: str) -> set[str]:
    """Crude stems (five letters) of the words that carry meaning; short ones count in capitals or with digits."""
    return {word[:5] for word in meaningful(text)}


def meaningful(text: str) -> list[str]:
    """The folded words that carry meaning, each once, in order."""
    found = dict.fromkeys(fold(word) for word in _WORD.findall(text) if _carries_meaning(word))
    return [word for word in found if word[:5] not in _EMPTY]


def _carries_meaning(word: str) -> bool:
    return len(word) > 3 or (len(word) > 1 and word.isupper()) or any(c.isdigit() for c in word)
