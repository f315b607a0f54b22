"""The question's words as the corpus spells them: British or American, slips of the keyboard mended."""

import re

from evqa.library import Library
from evqa.words import fold, words

# British and American forms of the same word, tried both ways.
_FORMS = [("our", "or"), ("ae", "e"), ("oe", "e"), ("is", "iz"), ("ys", "yz"), ("re", "er"), ("ll", "l"), ("ph", "f")]


def respelled(text: str, library: Library) -> str:
    """The text with each word that the corpus lacks put as the corpus spells it, where it plainly has it."""
    known = library.vocabulary()
    return re.sub(r"[^\W\d_]{5,}", lambda match: _respelled(match[0], known, library), text)


def _respelled(word: str, known: frozenset[str], library: Library) -> str:
    folded = fold(word)
    if folded in known:
        return word
    variant = next((v for v in _variants(folded) if _is_known(v, known)), None)
    return variant or _nearest(folded, known, library) or word


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Whether the corpus has the word in the singular or the plural."""
    return word in known or word.removesuffix("s") in known or word + "s" in known


def _variants(word: str) -> list[str]:
    """The word in the other spelling of English, one change or all."""
    single = [word.replace(a, b) for a, b in _FORMS if a in word] + [word.replace(b, a) for a, b in _FORMS if b in word]
    american = word
    for british, other in _FORMS[:5]:
        american = american.replace(british, other)
    return [variant for variant in [*single, american] if variant != word]


def _nearest(word: str, known: frozenset[str], library: Library) -> str | None:
    """The corpus word of which this most likely is a slip, None if it isn't plainly one.

    One edit (a swap of neighbours counts as one) from six letters on, two from nine; the first
    letter stands; an inflection of a known word is no slip. The more frequent word wins.
    """
    if len(word) < 6:
        return None
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 20 ms that most questions don't need

    limit = 2 if len(word) >= 9 else 1
    near = [w for w in known if w[:1] == word[:1] and abs(len(w) - len(word)) <= limit and w.isalpha()]
    scored = [(distance, -library.frequency(w), w) for w in near if (distance := OSA.distance(word, w)) <= limit]
    best = min(scored, default=None)
    return best[2] if best and not _is_inflection(word, best[2]) else None


def _is_inflection(word: str, other: str) -> bool:
    """Whether the two differ only by an English ending."""
    short, long = sorted((word, other), key=len)
    stem = short.removesuffix("e")
    return long.startswith(stem) and long[len(stem) :] in ("s", "es", "d", "ed", "e", "r", "er", "ing", "ly", "al", "y")


def unknown_words(text: str, library: Library) -> list[str]:
    """Words of the text of which the corpus has not even a relative (the first five letters)."""
    known = library.vocabulary()
    stems = {word[:5] for word in known}
    return [w for w in dict.fromkeys(words(text)) if w not in known and (len(w) < 5 or w[:5] not in stems)]
