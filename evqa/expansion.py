"""A question written otherwise: abbreviations written out, long forms shortened, as the documents define them."""

import re
from collections.abc import Iterable, Sequence

from evqa.model import Abbreviation, Outline
from evqa.words import fold


def variants(text: str, outlines: Sequence[Outline]) -> tuple[str, ...]:
    """The text with short forms written out, and with long forms shortened; only those that differ."""
    pairs = list(dict.fromkeys(pair for outline in outlines for pair in outline.abbreviations))
    written = (written_out(text, pairs), _shortened(text, pairs))
    return tuple(dict.fromkeys(variant for variant in written if variant != text))


def written_out(text: str, pairs: Iterable[Abbreviation]) -> str:
    """Short forms replaced by their long forms, in the number (Treg, Tregs) in which they stand."""
    for pair in sorted(pairs, key=lambda p: -len(p.short)):
        if pair.short.rstrip("s") in text or pair.short.lower() in text.lower():
            text = re.sub(_short_pattern(pair.short), lambda match, p=pair: _in_number(match, p), text)  # type: ignore[misc]
    return text


def _short_pattern(short: str) -> str:
    """The short form as a word, singular or plural; one of mixed or lower case may be capitalised otherwise."""
    stem = short.removesuffix("s") if len(short) > 2 else short
    flags = "" if stem.isupper() and len(stem) < 4 else "(?i:"
    return rf"(?<![\w-]){flags}{re.escape(stem)}{')' if flags else ''}(s?)(?![\w])"


def _in_number(match: re.Match[str], pair: Abbreviation) -> str:
    """The long form, plural when the short form found is."""
    singular = pair.long.removesuffix("s") if pair.short.endswith("s") else pair.long
    return singular + match[1]


def _shortened(text: str, pairs: Iterable[Abbreviation]) -> str:
    """Long forms replaced by their short forms."""
    for pair in sorted(pairs, key=lambda p: -len(p.long)):
        stem = fold(pair.long).removesuffix("s")
        if stem in fold(text):
            text = re.sub(rf"(?i)(?<!\w){re.escape(pair.long.removesuffix('s'))}s?(?!\w)", pair.short, text)
    return text
