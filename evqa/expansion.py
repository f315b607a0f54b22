"""A question written otherwise: abbreviations written out, long forms shortened, as the documents define them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from evqa.model import Abbreviation, Outline
from evqa.remembered import remembered
from evqa.words import GREEK, squeeze

_PIECE = re.compile(r"[α-ωµ]|[^\W\d_α-ωµ]+|\d+")
# Of so many documents the abbreviations are kept in order.
DOCUMENTS = 1024
_LETTERS = {name: letter for letter, name in GREEK.items()}


def variants(text: str, outlines: Sequence[Outline]) -> tuple[str, ...]:
    """The text with short forms written out, and with long forms shortened; only those that differ."""
    pairs = definitions(outlines)
    written = (written_out(text, pairs), _shortened(text, pairs))
    return tuple(dict.fromkeys(variant for variant in written if variant != text))


def definitions(outlines: Sequence[Outline]) -> tuple[Abbreviation, ...]:
    """The abbreviations that the documents define, each once."""
    return _once(outlines[0].abbreviations) if len(outlines) == 1 else _of_all(outlines)


@remembered
def _of_all(outlines: Sequence[Outline]) -> tuple[Abbreviation, ...]:
    return tuple(dict.fromkeys(pair for outline in outlines for pair in outline.abbreviations))


def written_out(text: str, pairs: Sequence[Abbreviation]) -> str:
    """Short forms replaced by their long forms, in the number (Treg, Tregs) in which they stand."""
    letters = squeeze(text)
    for squeezed, stem, pair in _by_short(pairs):
        if squeezed in letters:
            text = re.sub(_short_pattern(stem), lambda match, p=pair: _in_number(match, p), text)  # type: ignore[misc]
    return text


def _shortened(text: str, pairs: Sequence[Abbreviation]) -> str:
    """Long forms replaced by their short forms."""
    letters = squeeze(text)
    for squeezed, stem, pair in _by_long(pairs):
        if squeezed in letters:
            text = re.sub(rf"(?i)(?<!\w){_loosely(stem)}s?(?!\w)", lambda _, p=pair: p.short, text)  # type: ignore[misc]
    return text


def _unique(pairs: Sequence[Abbreviation]) -> tuple[Abbreviation, ...]:
    return tuple(dict.fromkeys(pairs))


def _short_forms(pairs: Sequence[Abbreviation]) -> list[tuple[str, str, Abbreviation]]:
    """The pairs with the stems of their short forms and the letters of these, longest short form first."""
    stems = ((_stem(pair.short), pair) for pair in sorted(pairs, key=lambda p: -len(p.short)))
    return [(_squeezed(stem), stem, pair) for stem, pair in stems if _squeezed(stem)]


def _long_forms(pairs: Sequence[Abbreviation]) -> list[tuple[str, str, Abbreviation]]:
    """The same of the long forms."""
    stems = ((pair.long.removesuffix("s"), pair) for pair in sorted(pairs, key=lambda p: -len(p.long)))
    return [(_squeezed(stem), stem, pair) for stem, pair in stems if _squeezed(stem)]


_once = remembered(_unique, DOCUMENTS)
_by_short = remembered(_short_forms, DOCUMENTS)
_by_long = remembered(_long_forms, DOCUMENTS)


def _stem(short: str) -> str:
    return short.removesuffix("s") if len(short) > 2 else short


@lru_cache(maxsize=16384)
def _squeezed(form: str) -> str:
    """The letters of a form: to look for them in those of a text is cheaper than to look for the form itself."""
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
