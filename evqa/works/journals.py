"""Tell whether two names of a journal, printed whole or abbreviated, can be those of one journal."""

import re
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from evqa.language.words import FUNCTION_WORDS, squeeze, words

# Letters from which a word of an abbreviation may have a wrong one. Names this much alike differ by misprints only.
MISPRINTED = 5
ALIKE = 0.9
# Words after which the rest of a name may be left out, as of "Biochimica et Biophysica Acta: Molecular Cell Research".
TELLING = 3

_VOWELS = frozenset("aeiouy")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MARK = re.compile(r"\s*[:=/;]\s*|\.\s+(?=(?:[A-Z]\w{2,}))|\s+[-–—]\s+")
_SKIPPED = FUNCTION_WORDS | {
    "et",
    "und",
    "der",
    "die",
    "das",
    "de",
    "la",
    "le",
    "les",
    "des",
    "del",
    "y",
    "part",
    "series",
}


@lru_cache(maxsize=4096)
def is_one_journal(one: str, other: str) -> bool:
    """Whether both can name one journal: "J Natl Cancer Inst" and "Journal of the National Cancer Institute".

    Each word of an abbreviation begins like a word of the name and has its letters in order, and no word that carries
    meaning is left out, but at the end. A group of capitals ("PNAS") may stand for the first letters of several words.
    """
    if not squeeze(one) or not squeeze(other):
        return False
    if fuzz.ratio(squeeze(one), squeeze(other)) >= 100 * ALIKE:
        return True
    return any(
        _abbreviates(short, long)
        for first, second in ((one, other), (other, one))
        for short in {first, _ASIDE.sub(" ", first)}
        for long in _spellings(second)
    )


def is_other_journal(one: str, other: str) -> bool:
    """Whether both surely name different journals. Neither this nor `is_one_journal` holds for names that are near."""
    if not squeeze(one) or not squeeze(other) or is_one_journal(one, other):
        return False
    short, long = sorted((_tokens(one), _tokens(other)), key=len)
    is_initials = len(short) == 1 and len(short[0]) <= MISPRINTED
    return not is_initials and not all(_is_among(word, long) for word in short)


def _is_among(word: str, others: list[str]) -> bool:
    return any(_is_short_for(word, other) or _is_short_for(other, word) for other in others)


def _tokens(name: str) -> list[str]:
    found = words(name)
    return [word for word in found if word not in _SKIPPED] or found


def _spellings(name: str) -> set[str]:
    """A name whole, without what brackets hold, and what stands before and behind its first mark."""
    bare = _ASIDE.sub(" ", name)
    return {part for part in (name, bare, *_MARK.split(bare, maxsplit=1)) if part.strip()}


def _abbreviates(short: str, long: str) -> bool:
    tokens, whole = _tokens(short), _tokens(long)
    return _fits(tuple(tokens), tuple(whole)) or squeeze(short) == "".join(word[0] for word in words(long))


def _fits(tokens: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the tokens abbreviate the words in order: a token one word, or the first letters of several."""
    ends = {(0, 0)}
    while ends:
        at, word = ends.pop()
        if at == len(tokens):
            if word == len(whole) or at >= TELLING:
                return True
            continue
        if word == len(whole):
            if at >= TELLING:
                return True
            continue
        token = tokens[at]
        if _is_short_for(token, whole[word]):
            ends.add((at + 1, word + 1))
        first_letters = "".join(each[0] for each in whole[word : word + len(token)])
        if len(token) > 1 and token == first_letters:
            ends.add((at + 1, word + len(token)))
    return False


def _is_short_for(token: str, word: str) -> bool:
    """Whether a word is cut ("immunol") or contracted ("natl", "jpn"); a longer one may have a wrong letter."""
    if token[0] != word[0] or len(token) > len(word) + 1:
        return False
    letters = iter(word)
    is_inside = all(letter in letters for letter in token)
    is_contracted = token[-1] == word[-1] or not _VOWELS.intersection(token[1:])
    if word.startswith(token) or (is_inside and is_contracted):
        return True
    return len(token) >= MISPRINTED and Levenshtein.distance(token, word[: len(token)], score_cutoff=1) <= 1
