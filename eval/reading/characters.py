"""Measure which special characters of an article's XML survive in what a reader makes of its PDF, by kind.

A special stretch is a Greek or accented letter, a sign, a word's ligature, a superscript, a subscript or a formula of a
paragraph. It is found in the read text by the letters and digits before and behind it, and kept if the same
characters stand between these. Superscripts that link to entries are left out. None of these rules is shared with a
reader.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lxml import etree

from eval.reading.jatstruth import article_of
from evqa.model import Document

Kind = Literal["Greek", "sign", "accent", "ligature", "superscript", "subscript", "formula"]
KINDS: tuple[Kind, ...] = ("Greek", "sign", "accent", "ligature", "superscript", "subscript", "formula")
BEFORE, AFTER = 14, 8
_ELEMENTS: dict[str, Kind] = {
    "sup": "superscript",
    "sub": "subscript",
    "inline-formula": "formula",
    "disp-formula": "formula",
    "math": "formula",
}
_LEFT_OUT = frozenset(
    "table-wrap table-wrap-foot ref-list tex-math annotation object-id alt-text graphic sub-article response fn".split()
)
_LIGATURE = re.compile(r"ff[il]?|f[il]|(?<![A-Za-z])Th")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−﹣－"), "-")
_EQUAL = str.maketrans(
    {"∆": "Δ", "∑": "Σ", "∏": "Π", "∼": "~", "˜": "~", "⋅": "·", "∙": "·", "‘": "'", "’": "'", "º": "°"}
    | {"∗": "*", "ϕ": "φ", "ϵ": "ε", "⩽": "≤", "⩾": "≥"}
)
_NUMBER = re.compile(r"-?\d+")
_BULLETS = "▪■◦•►◆▫□●○"
_SILENT = frozenset("'\"“”„«»…•´`")


@dataclass(frozen=True)
class Special:
    """A stretch of special characters, with the folded letters and digits before and behind it."""

    kind: Kind
    text: str
    before: str
    after: str


@dataclass(frozen=True)
class Survival:
    """What became of a stretch: "kept", "lost" or "unfound" if the words around it aren't found.

    `is_raised`: a superscript number is still written as one. `is_marker`: it was taken for a citation marker.
    """

    special: Special
    outcome: Literal["kept", "lost", "unfound"]
    found: str = ""
    is_raised: bool = True
    is_marker: bool = False


def specials(path: Path) -> list[Special]:
    """Return the special stretches of the paragraphs of a JATS file. Raises InputError if it can't be read."""
    article = article_of(path)
    found: list[Special] = []
    for paragraph in article.iter("p", "{*}p"):
        if not any(_name(above) in _LEFT_OUT or _name(above) in ("p", "back") for above in paragraph.iterancestors()):
            found += _specials(list(_characters(paragraph, None)))
    return found


def survivals(wanted: list[Special], document: Document) -> Iterator[Survival]:
    """Yield what became of each stretch in a document, in order."""
    text = _Text(document.text)
    markers = [(citation.start, citation.end) for citation in document.citations]
    for special in wanted:
        yield text.survival(special, markers)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _characters(element: etree._Element, kind: Kind | None) -> Iterator[tuple[str, Kind | None]]:
    """Yield the characters of an element, each with the kind that its elements give it; NUL where it cites."""
    yield from ((c, kind) for c in element.text or "")
    for child in element:
        name = _name(child)
        if name == "xref" and child.get("ref-type") == "bibr":
            yield "\0", None
        elif name == "p":
            yield " ", None
            yield from _characters(child, kind)
            yield " ", None
        elif name and name not in _LEFT_OUT and name not in ("fig", "media"):
            cites = name == "sup" and any(_name(e) == "xref" for e in child.iter())
            inner = kind if kind == "formula" else _ELEMENTS.get(name, kind)
            yield from [("\0", None)] if cites else _characters(child, inner)
        yield from ((c, kind) for c in child.tail or "")


def _specials(characters: list[tuple[str, Kind | None]]) -> Iterator[Special]:
    text = "".join(c for c, _ in characters)
    ligatures = {at for found in _LIGATURE.finditer(text) for at in range(*found.span())}
    kinds = [kind or _kind(c) or ("ligature" if i in ligatures else None) for i, (c, kind) in enumerate(characters)]
    start = 0
    for end in range(1, len(kinds) + 1):
        if end < len(kinds) and kinds[end] == kinds[start]:
            continue
        if (kind := kinds[start]) and folded(text[start:end]):
            # What a citation interrupts can't be compared.
            before, after = text[:start].rpartition("\0")[2], text[end:].partition("\0")[0]
            yield Special(kind, text[start:end], _letters(before)[-BEFORE:], _letters(after)[:AFTER])
        start = end


def _kind(character: str) -> Kind | None:
    if character.isascii():
        return None
    name = unicodedata.name(character, "")
    if "GREEK" in name or character in "µ∆":
        return "Greek"
    if unicodedata.category(character)[0] == "L":
        return "accent" if "LATIN" in name else None
    if character in _BULLETS:
        return None
    return "sign" if unicodedata.category(character) in ("Sm", "So", "No") or character in "°′″‰·" else None


def is_number(text: str) -> bool:
    """Tell whether a superscript is a number, as "2" and "−6" are and "2+" isn't: readers raise its digits."""
    return bool(_NUMBER.fullmatch(folded(text)))


def folded(text: str) -> str:
    """Return a text as it is compared: compatible characters and dashes equal, without blanks and quotation marks."""
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES).translate(_EQUAL)
    return "".join(c for c in plain if not c.isspace() and c not in _SILENT and unicodedata.category(c) != "Cf")


def _letters(text: str) -> str:
    return "".join(c for c in folded(text).lower() if c.isascii() and c.isalnum())


class _Text:
    """A read text, to be searched by its letters and digits."""

    def __init__(self, text: str) -> None:
        self._text = text
        pairs = [(letter, at) for at, c in enumerate(text) for letter in _letters(c)]
        self._letters, self._places = "".join(letter for letter, _ in pairs), [at for _, at in pairs]

    def survival(self, special: Special, markers: list[tuple[int, int]]) -> Survival:
        within = len(_letters(special.text))
        most = max(within + 3, 3 * within if special.kind == "formula" else 0)
        best = Survival(special, "unfound")
        if len(special.before) < BEFORE or len(special.after) < AFTER:
            return best
        at = self._letters.find(special.before)
        while at >= 0:
            start = at + len(special.before)
            end = self._letters.find(special.after, start, start + most + len(special.after))
            if end >= 0:
                best = self._compared(special, self._places[start - 1] + 1, self._places[end], markers)
                if best.outcome == "kept":
                    return best
            at = self._letters.find(special.before, at + 1)
        return best

    def _compared(self, special: Special, start: int, end: int, markers: list[tuple[int, int]]) -> Survival:
        printed = self._text[start:end]
        true, found = folded(special.text), folded(printed)
        is_kept = not Counter(true) - Counter(found) if special.kind == "formula" else true in found
        numbers = [(start + i, c) for i, c in enumerate(printed) if unicodedata.category(c) in ("No", "Nd")]
        is_raised = not is_number(special.text) or all(unicodedata.category(c) == "No" for _, c in numbers)
        is_marker = any(a <= at < b for at, _ in numbers for a, b in markers)
        return Survival(special, "kept" if is_kept else "lost", printed, is_raised, is_marker)
