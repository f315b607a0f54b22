"""Write a text with abbreviations written out or long forms shortened, as the documents define them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from evqa.derived import derived
from evqa.language.words import GREEK, Contained, squeeze
from evqa.model import Abbreviation, Outline

_PIECE = re.compile(r"[α-ωµ]|[^\W\d_α-ωµ]+|\d+")
_LETTERS = {name: letter for letter, name in GREEK.items()}


class Abbreviations:
    """A set of abbreviations, in order of definition."""

    def __init__(self, pairs: Iterable[Abbreviation]) -> None:
        self.pairs = tuple(dict.fromkeys(pairs))

    def variants(self, text: str) -> tuple[str, ...]:
        """The text with short forms written out, and with long forms shortened; only those that differ."""
        written = (self.written_out(text), self._shortened(text))
        return tuple(dict.fromkeys(variant for variant in written if variant != text))

    def written_out(self, text: str) -> str:
        """Short forms replaced by their long forms, in the number (Treg, Tregs) in which they stand."""
        for stem, pair in self._short_forms.within(text):
            text = re.sub(_short_pattern(stem), lambda match, p=pair: _in_number(match, p), text)  # type: ignore[misc]
        return text

    def _shortened(self, text: str) -> str:
        """Long forms replaced by their short forms."""
        for stem, pair in self._long_forms.within(text):
            text = re.sub(rf"(?i)(?<!\w){_loosely(stem)}s?(?!\w)", lambda _, p=pair: p.short, text)  # type: ignore[misc]
        return text

    def of_term(self, term: str) -> list[Abbreviation]:
        """The abbreviations that have the term as short or long form, in singular or plural."""
        return self._by_form.get(_singular(term), [])

    @cached_property
    def _short_forms(self) -> "_Forms":
        return _Forms([(_stem(pair.short), pair) for pair in sorted(self.pairs, key=lambda p: -len(p.short))])

    @cached_property
    def _long_forms(self) -> "_Forms":
        return _Forms([(_bare(pair.long), pair) for pair in sorted(self.pairs, key=lambda p: -len(p.long))])

    @cached_property
    def _by_form(self) -> dict[str, list[Abbreviation]]:
        """By either form in the singular."""
        found: dict[str, list[Abbreviation]] = {}
        for pair in self.pairs:
            for form in {_singular(pair.short), _singular(pair.long)}:
                found.setdefault(form, []).append(pair)
        return found


class _Forms:
    """Abbreviations with the stems of one of their forms, longest first."""

    def __init__(self, stemmed: Sequence[tuple[str, Abbreviation]]) -> None:
        self._stemmed = stemmed
        # Searching for the letters of all forms at once is cheaper than searching for each form.
        self._letters = Contained(_squeezed(stem) for stem, _ in stemmed)

    def within(self, text: str) -> list[tuple[str, Abbreviation]]:
        """Those whose letters occur in the text, in their order."""
        return [self._stemmed[place] for place in self._letters.places(squeeze(text))]


@derived
def abbreviations_of(outlines: Sequence[Outline]) -> Abbreviations:
    """The abbreviations that the documents define."""
    return Abbreviations(pair for outline in outlines for pair in outline.abbreviations)


def variants_by_document(text: str, outlines: Sequence[Outline]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Places of the documents that abbreviate something in the text, and the text's variants by their abbreviations."""
    forms, documents, own = _by_document(outlines)
    for place in sorted({documents[place] for place in forms.places(squeeze(text))}):
        yield place, own[place].variants(text)


@derived
def _by_document(outlines: Sequence[Outline]) -> tuple[Contained, list[int], list[Abbreviations]]:
    """The letters of all forms of the documents' abbreviations, the document of each, and each document's own."""
    own = [Abbreviations(outline.abbreviations) for outline in outlines]
    forms = [
        (place, _squeezed(form))
        for place, abbreviations in enumerate(own)
        for pair in abbreviations.pairs
        for form in (_stem(pair.short), _bare(pair.long))
    ]
    return Contained(form for _, form in forms), [place for place, _ in forms], own


def _stem(short: str) -> str:
    return short.removesuffix("s") if len(short) > 2 else short


def _bare(long: str) -> str:
    return long.removesuffix("s")


def _singular(form: str) -> str:
    return squeeze(form).removesuffix("s")


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
