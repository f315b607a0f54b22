"""Spell a question's words as the corpus and the rules do: British or American, typing errors corrected."""

import re
from bisect import bisect_left

from evqa.corpus.corpus import Corpus
from evqa.derived import derived
from evqa.language.words import fold, words

# Letters that differ between British and American English, tried both ways.
_FORMS = [("our", "or"), ("ae", "e"), ("oe", "e"), ("is", "iz"), ("ys", "yz"), ("re", "er"), ("ll", "l"), ("ph", "f")]


def respelled(text: str, corpus: Corpus) -> str:
    """The text with unknown words replaced by the corpus's spelling of them, where there is a clear one."""
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
    """The word in the other spelling of English, with one change or with all."""
    single = [word.replace(a, b) for a, b in _FORMS if a in word] + [word.replace(b, a) for a, b in _FORMS if b in word]
    american = word
    for british, other in _FORMS[:5]:
        american = american.replace(british, other)
    return [variant for variant in [*single, american] if variant != word]


def _nearest(word: str, corpus: Corpus) -> str | None:
    """The corpus word that was most likely meant; None unless this is clearly a typing error.

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
    """Whether a known word begins with this word less an English ending."""
    stems = [word.removesuffix(ending) for ending in _INFLECTIONS if word.endswith(ending)]
    return any(len(stem) > 3 and _begins(stem, known) for stem in stems)


def _begins(stem: str, known: frozenset[str]) -> bool:
    ordered = _ordered(known)
    place = bisect_left(ordered, stem)
    return place < len(ordered) and ordered[place].startswith(stem)


@derived
def _ordered(known: frozenset[str]) -> list[str]:
    return sorted(known)


@derived
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
    """Words of the text that the corpus lacks in any form: no word shares the first five letters, or all but two."""
    known = corpus.vocabulary()
    relatives = _relatives(known)
    return [w for w in dict.fromkeys(words(text)) if w not in known and (w[:5] if len(w) > 5 else w) not in relatives]


@derived
def _relatives(known: frozenset[str]) -> frozenset[str]:
    """Beginnings of the known words. A word that has one of them counts as related."""
    return frozenset(part for word in known for part in (word[:5], word[:-1], word[:-2]))


_RULES = frozenset(
    """abbreviation abbreviations abstract acknowledgement acknowledgements according appendix article articles author
    authors background bibliography bibliographic caption captions chapter chapters citation citations cited column
    conclusion conclusions conclude discussion earliest entries entry figure figures footnote footnotes funding
    glossary guideline guidelines highlights introduction journal journals latest legend limitations literature
    method methods newest oldest paper papers paragraph paragraphs passage publication publications published
    publisher reference references result results section sections sentence source sources statement studies
    subsection summary table tables theses thesis title written""".split()
)
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
# Words of this many letters may have two errors.
_LONG = 9


def mended(question: str, corpus: Corpus) -> str:
    """The question with misspelt words of the rules ("tabel", "refrence") corrected.

    Only words that neither the corpus nor general English knows are changed.

    Names are left alone: capitalised words within the question, unless a number follows ("Tabel 2").
    """
    return _LONG_WORD.sub(lambda match: _mended(match, corpus), question)


def _mended(match: re.Match[str], corpus: Corpus) -> str:
    word, folded = match[0], fold(match[0])
    if folded in _RULES or _is_name(match) or folded in corpus.vocabulary() or corpus.is_common(folded):
        return word
    near = _nearest_of_rules(folded)
    return word if near is None else near.capitalize() if word[0].isupper() else near


def _is_name(match: re.Match[str]) -> bool:
    within = match.string[: match.start()].strip()
    return match[0][0].isupper() and bool(within) and not re.match(r"\s*\d|\s*:", match.string[match.end() :])


def _nearest_of_rules(word: str) -> str | None:
    """The rules' nearest word, one edit away (two for long words) and with the same first letter; None if none is."""
    from rapidfuzz.distance import OSA

    most = 2 if len(word) >= _LONG else 1
    near = [known for known in _RULES if known[0] == word[0] and abs(len(known) - len(word)) <= most]
    scored = sorted((OSA.distance(word, known, score_cutoff=most), known) for known in near)
    best = scored[0] if scored and scored[0][0] <= most else None
    return best[1] if best and not is_inflection(word, best[1]) else None
