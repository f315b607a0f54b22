"""Slips of the keyboard in the words by which a question says where to look: "tabel", "refrence", "publicaton"."""

import re

from evqa.corpus.corpus import Corpus
from evqa.language.words import fold
from evqa.question.spelling import is_inflection

_KNOWN = frozenset(
    """abbreviation abbreviations abstract acknowledgement acknowledgements according appendix article articles author
    authors background bibliography bibliographic caption captions chapter chapters citation citations cited column
    conclusion conclusions conclude discussion earliest entries entry figure figures footnote footnotes funding
    glossary guideline guidelines highlights introduction journal journals latest legend limitations literature
    method methods newest oldest paper papers paragraph paragraphs passage publication publications published
    publisher reference references result results section sections sentence source sources statement studies
    subsection summary table tables theses thesis title written""".split()
)
_WORD = re.compile(r"[^\W\d_]{5,}")
# Words this long may have two slips.
_LONG = 9


def mended(question: str, corpus: Corpus) -> str:
    """The question with each word that neither the corpus nor general English knows put as such a word, if it is near.

    Names are left alone: capitalised words within the question, unless a number follows ("Tabel 2").
    """
    return _WORD.sub(lambda match: _mended(match, corpus), question)


def _mended(match: re.Match[str], corpus: Corpus) -> str:
    word, folded = match[0], fold(match[0])
    if folded in _KNOWN or _is_name(match) or folded in corpus.vocabulary() or corpus.is_common(folded):
        return word
    near = _nearest(folded)
    return word if near is None else near.capitalize() if word[0].isupper() else near


def _is_name(match: re.Match[str]) -> bool:
    within = match.string[: match.start()].strip()
    return match[0][0].isupper() and bool(within) and not re.match(r"\s*\d|\s*:", match.string[match.end() :])


def _nearest(word: str) -> str | None:
    """The one word of the rules that is one edit away (two if it is long), the first letter right; None if none is."""
    from rapidfuzz.distance import OSA

    most = 2 if len(word) >= _LONG else 1
    near = [known for known in _KNOWN if known[0] == word[0] and abs(len(known) - len(word)) <= most]
    scored = sorted((OSA.distance(word, known, score_cutoff=most), known) for known in near)
    best = scored[0] if scored and scored[0][0] <= most else None
    return best[1] if best and not is_inflection(word, best[1]) else None
