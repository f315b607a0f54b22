"""A question written otherwise: abbreviations written out, long forms shortened, as the documents define them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from evqa.language.contained import Contained
from evqa.language.words import GREEK, squeeze
from evqa.memo import remembered
from evqa.model import Abbreviation, Outline

_PIECE = re.compile(r"[α-ωµ]|[^\W\d_α-ωµ]+|\d+")
# Of so many documents the abbreviations are kept in order.
DOCUMENTS = 1024
_LETTERS = {name: letter for letter, name in GREEK.items()}


def variants(text: str, outlines: Sequence[Outline]) -> tuple[str, ...]:
    """The text with short forms written out, and with long forms shortened; only those that differ."""
    pairs = definitions(outlines)
    written = (written_out(text, pairs), _shortened(text, pairs))
    return tuple(dict.fromkeys(variant for variant in written if variant != text))


def may_vary(text: str, outlines: Sequence[Outline]) -> list[int]:
    """Places of the documents by whose abbreviations the text may be written otherwise, ascending."""
    forms, documents = _forms_of_all(outlines)
    return sorted({documents[place] for place in forms.places(squeeze(text))})


@remembered
def _forms_of_all(outlines: Sequence[Outline]) -> tuple[Contained, list[int]]:
    """The letters of all forms of the documents' abbreviations, and the place of the document of each."""
    pairs = [(place, pair) for place, outline in enumerate(outlines) for pair in outline.abbreviations]
    forms = [(place, _squeezed(form)) for place, pair in pairs for form in (_stem(pair.short), _bare(pair.long))]
    return Contained(form for _, form in forms), [place for place, _ in forms]


def definitions(outlines: Sequence[Outline]) -> tuple[Abbreviation, ...]:
    """The abbreviations that the documents define, each once."""
    return _once(outlines[0].abbreviations) if len(outlines) == 1 else _of_all(outlines)


@remembered
def _of_all(outlines: Sequence[Outline]) -> tuple[Abbreviation, ...]:
    return tuple(dict.fromkeys(pair for outline in outlines for pair in outline.abbreviations))


def written_out(text: str, pairs: Sequence[Abbreviation]) -> str:
    """Short forms replaced by their long forms, in the number (Treg, Tregs) in which they stand."""
    for stem, pair in _by_short(pairs).within(text):
        text = re.sub(_short_pattern(stem), lambda match, p=pair: _in_number(match, p), text)  # type: ignore[misc]
    return text


def _shortened(text: str, pairs: Sequence[Abbreviation]) -> str:
    """Long forms replaced by their short forms."""
    for stem, pair in _by_long(pairs).within(text):
        text = re.sub(rf"(?i)(?<!\w){_loosely(stem)}s?(?!\w)", lambda _, p=pair: p.short, text)  # type: ignore[misc]
    return text


def _unique(pairs: Sequence[Abbreviation]) -> tuple[Abbreviation, ...]:
    return tuple(dict.fromkeys(pairs))


class _Forms:
    """Abbreviations with the stems of one of their forms."""

    def __init__(self, stemmed: Sequence[tuple[str, Abbreviation]]) -> None:
        self._stemmed = stemmed
        # To look for the letters of a form in those of a text is cheaper than to look for the form itself.
        self._letters = Contained(_squeezed(stem) for stem, _ in stemmed)

    def within(self, text: str) -> list[tuple[str, Abbreviation]]:
        """Those whose letters stand in the text, in their order."""
        return [self._stemmed[place] for place in self._letters.places(squeeze(text))]


def _short_forms(pairs: Sequence[Abbreviation]) -> _Forms:
    """The pairs with the stems of their short forms, longest short form first."""
    return _Forms([(_stem(pair.short), pair) for pair in sorted(pairs, key=lambda p: -len(p.short))])


def _long_forms(pairs: Sequence[Abbreviation]) -> _Forms:
    """The same of the long forms."""
    return _Forms([(_bare(pair.long), pair) for pair in sorted(pairs, key=lambda p: -len(p.long))])


_once = remembered(_unique, DOCUMENTS)
_by_short = remembered(_short_forms, DOCUMENTS)
_by_long = remembered(_long_forms, DOCUMENTS)


def _stem(short: str) -> str:
    return short.removesuffix("s") if len(short) > 2 else short


def _bare(long: str) -> str:
    return long.removesuffix("s")


@lru_cache(maxsize=16384)
def _squeezed(form: str) -> str:
    """Its letters alone."""
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
