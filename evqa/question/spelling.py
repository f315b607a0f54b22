"""The question's words as the corpus spells them: British or American, slips of the keyboard mended."""

import re
from bisect import bisect_left
from functools import lru_cache

from evqa.corpus.corpus import Corpus
from evqa.language.words import fold, words

# British and American forms of the same word, tried both ways.
_FORMS = [("our", "or"), ("ae", "e"), ("oe", "e"), ("is", "iz"), ("ys", "yz"), ("re", "er"), ("ll", "l"), ("ph", "f")]


def respelled(text: str, corpus: Corpus) -> str:
    """The text with each word that the corpus lacks put as the corpus spells it, where it plainly has it."""
    return re.sub(r"[^\W\d_]{5,}", lambda match: _respelled(match[0], corpus), text)


def _respelled(word: str, corpus: Corpus) -> str:
    folded, known = fold(word), corpus.vocabulary()
    if folded in known:
        return word
    variant = next((v for v in _variants(folded) if _is_known(v, known)), None)
    return variant or _nearest(folded, corpus) or word


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


def _nearest(word: str, corpus: Corpus) -> str | None:
    """The corpus word of which this most likely is a slip, None if it isn't plainly one.

    A slip is one edit away (a swap of neighbours counts as one) in a word of six letters or more, the
    first letter right; a word of general English and a relative of a known word are none.
    """
    if len(word) < 6 or corpus.is_common(word) or _has_relative(word, corpus.vocabulary()):
        return None
    from rapidfuzz.distance import OSA

    spellings = [word, *_variants(word)]
    alike = _by_look(corpus.vocabulary())
    near = [w for length in range(len(word) - 2, len(word) + 3) for w in alike.get((word[0], length), ())]
    slips = [(-corpus.frequency(w), w) for w in near if any(OSA.distance(s, w, score_cutoff=1) <= 1 for s in spellings)]
    best = min(slips, default=None)
    return best[1] if best and not is_inflection(word, best[1]) else None


_INFLECTIONS = ("ied", "ies", "ing", "ings", "ers", "er", "ed", "es", "s")


def _has_relative(word: str, known: frozenset[str]) -> bool:
    """Whether a known word begins with what is left of the word without an English ending."""
    stems = [word.removesuffix(ending) for ending in _INFLECTIONS if word.endswith(ending)]
    return any(len(stem) > 3 and _begins(stem, known) for stem in stems)


def _begins(stem: str, known: frozenset[str]) -> bool:
    ordered = _ordered(known)
    place = bisect_left(ordered, stem)
    return place < len(ordered) and ordered[place].startswith(stem)


@lru_cache(maxsize=8)
def _ordered(known: frozenset[str]) -> list[str]:
    return sorted(known)


@lru_cache(maxsize=8)
def _by_look(known: frozenset[str]) -> dict[tuple[str, int], list[str]]:
    """Words of letters by the first letter and the length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in known:
        if word.isalpha():
            found.setdefault((word[0], len(word)), []).append(word)
    return found


def is_inflection(word: str, other: str) -> bool:
    """Whether the two differ only by an English ending."""
    short, long = sorted((word, other), key=len)
    stem = short.removesuffix("e")
    return long.startswith(stem) and long[len(stem) :] in ("s", "es", "d", "ed", "e", "r", "er", "ing", "ly", "al", "y")


def unknown_words(text: str, corpus: Corpus) -> list[str]:
    """Words of the text of which the corpus has not even a relative: the first five letters, or two letters more."""
    known = corpus.vocabulary()
    relatives = _relatives(known)
    return [w for w in dict.fromkeys(words(text)) if w not in known and (w[:5] if len(w) > 5 else w) not in relatives]


@lru_cache(maxsize=8)
def _relatives(known: frozenset[str]) -> frozenset[str]:
    """Beginnings by which a word counts as related to a known one."""
    return frozenset(part for word in known for part in (word[:5], word[:-1], word[:-2]))
