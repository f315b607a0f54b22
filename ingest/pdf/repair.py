"""Characters that a font's tables give wrongly: accents printed beside their letters, ligatures given as signs."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.pdf.extract import Page

_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˚": "\u030a"}
_BEHIND = re.compile(r"([A-Za-zı])([´`¨ˆ˜ˇ˚])(?=[^\W\d_]|\s|$)")
_BEFORE = re.compile(r"(?<=[^\W\d_]) ([´`¨ˆ˜ˇ˚]) (?=[A-Za-zı])(.)")
_SIGN = re.compile(r"(?<![\w*#%&+=<>|~$])([*#%&+=<>|~$])([a-z]{1,8})\b")
# What may follow "Th", "Fi" and so on where a font names the ligature after a sign.
_ENDINGS = {
    "Th": frozenset(
        "e is ese ey erefore us eir en ere at an ose rough ough ree ird roughout ereby em eme erapy".split()
    ),
    "Fi": frozenset("gure gures rst nally ve eld ndings fty fteen ber bers sh ne nal lter".split()),
    "Fl": frozenset("ow uorescence uid uids at ask".split()),
}
_FEWEST = 3


def repaired(pages: Sequence[Page]) -> list[Page]:
    """The pages with such characters put right."""
    signs = _ligatures(run.text for page in pages for run in page.runs)
    return [
        replace(page, runs=tuple(replace(run, text=_repaired(run.text, signs)) for run in page.runs)) for page in pages
    ]


def _repaired(text: str, signs: dict[str, str]) -> str:
    if signs:
        text = _SIGN.sub(lambda m: signs.get(m[1], m[1]) + m[2], text)
    return text if text.isascii() and "`" not in text else _accented(text)


def _accented(text: str) -> str:
    text = _BEHIND.sub(lambda m: _composed(m[1], m[2]) or m[0], text)
    return _BEFORE.sub(lambda m: _composed(m[2], m[1]) or m[0], text)


def _composed(letter: str, accent: str) -> str:
    """One character of a letter and an accent; "" if there is none."""
    composed = unicodedata.normalize("NFC", letter.replace("ı", "i") + _ACCENTS[accent])
    return composed if len(composed) == 1 else ""


def _ligatures(texts: Iterable[str]) -> dict[str, str]:
    """Signs that stand for a ligature: often before the rest of words that begin with it, as in "*erefore"."""
    endings: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for found in _SIGN.finditer(text):
            endings[found[1]].append(found[2])
    named: dict[str, str] = {}
    for sign, rests in endings.items():
        best = max(_ENDINGS, key=lambda ligature: sum(rest in _ENDINGS[ligature] for rest in rests))
        fitting = [rest for rest in rests if rest in _ENDINGS[best]]
        if len(fitting) >= _FEWEST and len(set(fitting)) > 1 and len(fitting) * 5 >= len(rests) * 4:
            named[sign] = best
    return named
