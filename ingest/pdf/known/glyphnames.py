"""Read which characters a PDF's fonts show by their glyphs' own names, where these aren't Adobe's. Child process only.

PDFium knows the names of the Adobe Glyph List ("alpha", "uni03B1"). Publishers' fonts of signs have others: "C20" is
code 20 of TeX's font of signs (OMS), "H9251" a letter of Linotype's Mathematical Pi.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ingest.pdf.known.values import entry, items, solid

FONTS = 500
_CODES = 256
# TeX's OMS encoding from code 0, The TeXbook, appendix F.
OMS = "−·×∗÷⋄±∓⊕⊖⊗⊘⊙◯∘•≍≡⊆⊇≤≥≼≽∼≈⊂⊃≪≫≺≻←→↑↓↔↗↘≃⇐⇒⇑⇓⇔↖↙∝′∞∈∋△▽"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω"
_FIRST_GREEK = 9251
_PI = {
    11001: "+", 11002: "−", 11003: "×", 11004: "÷", 11005: "=", 11006: "±", 11008: "≈", 11011: "∼", 11021: "<",
    11022: ">", 11032: "′", 11034: "°", 11349: "≤", 11350: "≥",
}  # fmt: skip
_PI |= {_FIRST_GREEK + i: letter for i, letter in enumerate(_GREEK)}
_NAME = re.compile(r"/(C|H)(\d{1,5})")

# By the font's name: the characters of its codes.
Glyphs = dict[str, dict[int, str]]


def glyphs_of(pages: Iterable[Any]) -> Glyphs:
    """Return the characters of codes whose glyphs have publishers' names. Where two fonts of a name differ, none."""
    found: Glyphs = {}
    for font in _fonts(pages):
        name = str(entry(font, "/BaseFont")).removeprefix("/").rpartition("+")[2]
        own = found.setdefault(name, {})
        for code, character in _named(font):
            own[code] = character if own.get(code, character) == character else ""
    return {name: {code: c for code, c in codes.items() if c} for name, codes in found.items() if any(codes.values())}


def _fonts(pages: Iterable[Any]) -> Iterator[Any]:
    """Yield the fonts of the pages, each once."""
    seen = set[int]()
    for page in pages:
        held = entry(entry(page, "/Resources"), "/Font")
        for value in list(held.values()) if isinstance(held, Mapping) else ():
            key = getattr(value, "idnum", None) or id(value)
            if key not in seen and len(seen) < FONTS:
                seen.add(key)
                yield solid(value)


def _named(font: Any) -> Iterator[tuple[int, str]]:
    code = 0
    for value in items(entry(entry(font, "/Encoding"), "/Differences"), 2 * _CODES):
        if isinstance(value, int):
            code = value
        elif 0 <= code < _CODES:
            if character := character_of(str(value)):
                yield code, character
            code += 1


def character_of(name: str) -> str:
    """Return the character that a publisher's name of a glyph means, "" for others."""
    found = _NAME.fullmatch(name)
    if not found:
        return ""
    number = int(found[2])
    if found[1] == "H":
        return _PI.get(number, "")
    return OMS[number] if number < len(OMS) else ""
