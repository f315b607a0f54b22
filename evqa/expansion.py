"""A question written otherwise: abbreviations written out, long forms shortened, as the documents define them."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from evqa.model import Abbreviation, Outline
from evqa.words import GREEK, squeeze

_PIECE = re.compile(r"[α-ωµ]|[^\W\d_α-ωµ]+|\d+")
_LETTERS = {name: letter for letter, name in GREEK.items()}


def variants(text: str, outlines: Sequence[Outline]) -> tuple[str, ...]:
    """The text with short forms written out, and with long forms shortened; only those that differ."""
    pairs = definitions(outlines)
    written = (written_out(text, pairs), _shortened(text, pairs))
    return tuple(dict.fromkeys(variant for variant in written if variant != text))


def definitions(outlines: Sequence[Outline]) -> list[Abbreviation]:
    """The abbreviations that the documents define, each once."""
    return list(dict.fromkeys(pair for outline in outlines for pair in outline.abbreviations))


def written_out(text: str, pairs: Iterable[Abbreviation]) -> str:
    """Short forms replaced by their long forms, in the number (Treg, Tregs) in which they stand."""
    letters = squeeze(text)
    for pair in sorted(pairs, key=lambda p: -len(p.short)):
        if _may_hold(letters, _stem(pair.short)):
            text = re.sub(_short_pattern(_stem(pair.short)), lambda match, p=pair: _in_number(match, p), text)  # type: ignore[misc]
    return text


def _shortened(text: str, pairs: Iterable[Abbreviation]) -> str:
    """Long forms replaced by their short forms."""
    letters = squeeze(text)
    for pair in sorted(pairs, key=lambda p: -len(p.long)):
        stem = pair.long.removesuffix("s")
        if _may_hold(letters, stem):
            text = re.sub(rf"(?i)(?<!\w){_loosely(stem)}s?(?!\w)", lambda _, p=pair: p.short, text)  # type: ignore[misc]
    return text


def _stem(short: str) -> str:
    return short.removesuffix("s") if len(short) > 2 else short


def _may_hold(letters: str, form: str) -> bool:
    """Whether the letters of a text hold those of the form: cheaper than to look for the form itself."""
    return bool(_squeezed(form)) and _squeezed(form) in letters


@lru_cache(maxsize=4096)
def _squeezed(form: str) -> str:
    return squeeze(form)


def _short_pattern(stem: str) -> str:
    """The short form as a word, singular or plural; capitals that may spell a word ("LAB") count as printed."""
    flags = "" if stem.isupper() and len(stem) < 4 else "i"
    return rf"(?<![\w-])(?{flags}:{_loosely(stem)})([sS]?)(?!\w)"


def _loosely(form: str) -> str:
    """A pattern for the form with or without its hyphens and blanks, Greek as letters or by name."""
    return r"[\s-]?".join(_either(piece) for piece in _PIECE.findall(form))


def _either(piece: str) -> str:
    """A Greek letter or its name, whichever is printed."""
    other = GREEK.get(piece.lower()) or _LETTERS.get(piece.lower())
    return f"(?:{re.escape(piece)}|{other})" if other else re.escape(piece)


def _in_number(match: re.Match[str], pair: Abbreviation) -> str:
    """The long form, plural when the short form found is."""
    singular = pair.long.removesuffix("s") if pair.short.endswith("s") else pair.long
    return singular + match[1].lower()
