"""Crude stems, by which a question's words are compared with titles and captions."""

from evqa.words import words


def stems(text: str) -> set[str]:
    """Crude stems (five letters) of the words that carry meaning."""
    return {word[:5] for word in words(text) if len(word) > 3 or any(c.isdigit() for c in word)} - _EMPTY


_EMPTY = {"table", "which", "what", "with", "from", "that", "this", "their", "these", "secti", "figur", "about"}
