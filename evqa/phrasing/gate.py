"""The gate that each phrased sentence passes: what is wrong with it, held against the claims that it names."""

import re
from collections.abc import Sequence
from typing import Literal

from evqa.phrasing.alike import Unrelated, WordVectors, has_alike
from evqa.phrasing.company import exchanged, seam
from evqa.phrasing.figures import ORDINALS, PARTS, figure_fault
from evqa.phrasing.hedges import hedge_fault, strength_fault
from evqa.phrasing.orders import is_order
from evqa.phrasing.polarity import direction_fault, negation_fault, same_direction, unprefixed
from evqa.phrasing.reading import Reading, Word, has_word, read_text

Fault = Literal[
    "reference",
    "number",
    "unit",
    "bound",
    "name",
    "word",
    "negation",
    "direction",
    "hedge",
    "strength",
    "exchange",
    "seam",
    "empty",
    "order",
]
# A printed number in brackets or "et al." would look like a citation, which only evqa writes.
_REFERENCE = re.compile(
    r"[\[(]\s*(?:refs?\.?|references?)?\s*\d+(?:\s*[,;–-]\s*\d+)*\s*[\])]|\bet\s+al\b|\brefs?\.?\s*\d|\breferences?\s+\d|"
    r"\b(?:doi|pmid|https?|www)\b|\[\^?\w+\]",
    re.IGNORECASE,
)


NO_VECTORS = Unrelated()


def faults(sentence: str, claims: Sequence[str], vectors: WordVectors = NO_VECTORS) -> tuple[Fault, ...]:
    """All that is wrong with a sentence that is to say what the claims say; () if nothing is.

    `vectors` tell which words mean the same; without them only forms of one word do.
    """
    if any(is_order(claim) for claim in claims):
        return ("order",)
    if _REFERENCE.search(sentence):
        return ("reference",)
    own = read_text(sentence)
    known = [read_text(claim) for claim in claims]
    if not own.content:
        return ("empty",)
    figure = figure_fault(own, known)
    found: dict[Fault, bool] = {
        "number": figure == "number" or _lacks_ordinal(own, known),
        "unit": figure == "unit",
        "bound": figure == "bound",
        "name": any(word.is_name and not _has_name(word, known) for word in own.content),
        "word": any(_is_strange(word, own, known, vectors) for word in own.content),
        "negation": negation_fault(own, known),
        "direction": direction_fault(own, known),
        "hedge": hedge_fault(own, known),
        "strength": strength_fault(own, known),
        "exchange": exchanged(own, known),
        "seam": seam(own, known),
    }
    return tuple(fault for fault, is_found in found.items() if is_found)


def _is_strange(word: Word, sentence: Reading, claims: Sequence[Reading], vectors: WordVectors) -> bool:
    """Whether no claim has the word, nor one that means the same."""
    if word.is_name or _has_counterpart(word, claims) or any(same_direction(word.form, claim) for claim in claims):
        return False
    return not has_alike(word, sentence, claims, vectors)


def _lacks_ordinal(sentence: Reading, claims: Sequence[Reading]) -> bool:
    strict = [word.form for word in sentence.words if word.form in ORDINALS or word.form in PARTS]
    return any(not any(has_word(form, claim.forms) for claim in claims) for form in strict)


def _has_name(word: Word, claims: Sequence[Reading]) -> bool:
    if not word.is_short:
        return _has_counterpart(word, claims)
    return any(_single(each) == _single(word) for claim in claims for each in claim.words)


def _single(word: Word) -> str:
    """An abbreviation without the ending of its plural."""
    is_plural = word.printed.endswith("s") and len(word.printed) > 2 and not word.printed[-2].islower()
    return word.form[:-1] if is_plural else word.form


def _has_counterpart(word: Word, claims: Sequence[Reading]) -> bool:
    if word.form in ORDINALS or word.form in PARTS:
        return True
    return any(has_word(word.form, claim.forms) or _denied(word.form, claim) for claim in claims)


def _denied(word: str, claim: Reading) -> bool:
    """Whether a claim has the word with, or without, a prefix that denies it."""
    root = unprefixed(word)
    return bool(root and has_word(root, claim.forms)) or any(
        has_word(word, (rest,)) for each in claim.words if (rest := unprefixed(each.form))
    )
