"""What is known of a file's fonts: weight, and the characters behind codes that they don't map. Child process only."""

import re
from collections.abc import Mapping

from ingest.pdf.known.glyphnames import OMS

_BOLD = re.compile(r"bold|black|heavy|semibd|demi|[-,]bd|[-.]b$|cmbx|advot.*\.b|medi$", re.IGNORECASE)
_SYMBOL = re.compile(r"symbol", re.IGNORECASE)
# Fonts of signs have their codes from here on in Unicode's private area, a habit of Windows.
_PRIVATE = 0xF000
# Adobe's Symbol encoding from code 32 and from 160 (ISO 32000-2, annex D.5).
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_SYMBOLS = {_PRIVATE + 32 + i: c for i, c in enumerate(_SYMBOL_LOW)} | {
    _PRIVATE + 160 + i: c for i, c in enumerate(_SYMBOL_HIGH)
}
_WINGDINGS = re.compile(r"wingdings", re.IGNORECASE)
_DINGBATS = {
    0xF06C: "●", 0xF06E: "■", 0xF071: "❑", 0xF076: "❖", 0xF0A7: "▪", 0xF0A8: "◻", 0xF0D8: "➢", 0xF0DF: "←",
    0xF0E0: "→", 0xF0E8: "➔", 0xF0FB: "✗", 0xF0FC: "✓",
}  # fmt: skip
# TeX's fonts of signs name some glyphs in their own way: "prime".
_TEX = re.compile(r"CMB?SY\d")
_TEX_SIGNS = dict(enumerate(OMS))
UNKNOWN = "\ufffd"
# Unknown characters go to the parent as one of these for each code of each font.
FIRST_UNKNOWN, CODES = 0xF0000, 256
_MOST = 200


class Font:
    """What is known of a font: whether it is bold, and which of its characters map to nothing."""

    __slots__ = ("_first", "_names", "is_bold", "is_named", "is_partial", "unmapped")

    def __init__(self, name: str, names: Mapping[int, str], first: int) -> None:
        self.is_named, self.is_bold = bool(name), bool(_BOLD.search(name.rsplit("+", maxsplit=1)[-1]))
        self.is_partial = False
        self.unmapped: dict[str, bool] = {}
        self._names, self._first = names, first

    def named(self, character: str) -> str:
        """Return the character of the private area by its font, itself if the font doesn't tell."""
        return self._names.get(ord(character), character)

    def character(self, code: str) -> str:
        """Return what a code without a character shows: by its glyph's name, or else the sign of an unknown one."""
        number = ord(code)
        if number in self._names:
            return self._names[number]
        return chr(self._first + number) if number < CODES and self._first else UNKNOWN


class Fonts:
    """The fonts of a file. `glyphs`: by their names, what the codes of fonts show (`known/glyphnames.py`)."""

    def __init__(self, glyphs: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._names = {
            font: {int(code): character for code, character in codes.items()} for font, codes in (glyphs or {}).items()
        }
        self._indexes: dict[str, int] = {}

    def font(self, name: str) -> Font:
        """Return the font of a name, "" for fonts without one: they count as one font."""
        bare = name.rpartition("+")[2]
        index = self._indexes.setdefault(bare, len(self._indexes))
        names = _signs(bare) | self._names.get(bare, {})
        return Font(name, names, FIRST_UNKNOWN + index * CODES if index < _MOST else 0)


def _signs(name: str) -> dict[int, str]:
    """Return the characters of a well-known font of signs by their codes."""
    known = ((_SYMBOL, _SYMBOLS), (_WINGDINGS, _DINGBATS), (_TEX, _TEX_SIGNS))
    return next((signs for pattern, signs in known if pattern.search(name)), {})
