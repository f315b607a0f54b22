"""Restore ligatures that a font doesn't map to letters, by the document's own words."""

import re
from collections.abc import Iterable

_UNKNOWN = "\ufffd"
_WORD = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(r"(?<![^\W_])([^\W\d_]*)\ufffd([^\W\d_]+)(?![\ufffd\d])")
_LIGATURES = ("Th", "ffi", "ffl", "fi", "fl", "ff", "ft", "tt")
_FEWEST = 4
_COMMON = frozenset("than that the their them then there therefore these they this those three through thus".split())


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words without unknown characters, and common ones that begin with "th", in lower case."""
    return _COMMON.union(word.lower() for text in texts for word in _WORD.findall(text))


def with_ligatures(text: str, words: frozenset[str]) -> str:
    """Words with one unknown character as the one ligature has them that makes a word of the document.

    "�is" is "This" where "this" occurs; a word that none makes, or two, stays. Other than "Th", which begins a
    word, a ligature needs four letters around it: "�g" is no "fig".
    """
    if _UNKNOWN not in text:
        return text
    return _BROKEN.sub(lambda found: _whole(found, words), text)


def _whole(found: re.Match[str], words: frozenset[str]) -> str:
    before, after = found.groups()
    fitting = [one for one in _LIGATURES if _fits(one, before, after) and (before + one + after).lower() in words]
    return before + fitting[0] + after if len(fitting) == 1 else found[0]


def _fits(ligature: str, before: str, after: str) -> bool:
    if ligature == "Th":
        return not before and after.islower()
    return len(before + after) >= _FEWEST
