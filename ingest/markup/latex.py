"""LaTeX between dollar signs as characters."""

import re
from functools import lru_cache

_MATH = re.compile(r"(?<!\\)\$\$?([^$\n]{1,400})\$\$?(?!\d)")
_RAISED = re.compile(r"\^\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\?\w|[+*−-]))")
_LOWERED = re.compile(r"_\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\w))")
_DEGREE = re.compile(r"\^\s*\{?\\circ\s*\}?")
_GREEK_NAME = re.compile(r"[α-ωΑ-Ω]{1,2}")
_NAME_END = re.compile(r"(?:[-‐‑/]|\w[-‐‑]\d{1,2}|[A-Z][\w-]*\d|(?<![\w])(?:[\w]+-)?[A-Z]{2,5})\s+$")
_OPEN, _CLOSE = "\ue010", "\ue011"


def without_latex(text: str, mark: str = "") -> str:
    """Text with its formulas as Unicode: "TGF- $\\beta$" is "TGF-β"; `mark` is set where a formula ended.

    A space that stands between a name and the Greek letter that ends it is closed up.
    """
    parts: list[str] = []
    at = 0
    for found in _MATH.finditer(text):
        if not _is_math(found[1]):
            continue
        before, symbol = text[at : found.start()], _converted(found[1])
        if _ends_name(before[-40:], symbol, text[found.end() : found.end() + 2]):
            before = before.rstrip()
        parts += [before, symbol, mark]
        at = found.end()
    return "".join(parts) + text[at:]


def _is_math(content: str) -> bool:
    bare = content.strip()
    return bool(re.search(r"[\\^_=<>±×~]", bare)) or len(bare) <= 3 or not re.search(r"[^\W\d]{2}", bare)


def _ends_name(before: str, symbol: str, after: str) -> bool:
    if not _GREEK_NAME.match(symbol) or not before[-1:].isspace():
        return False
    if re.search(r"\w[-‐‑/]\s+$", before):
        return True
    return bool(_GREEK_NAME.fullmatch(symbol) and _NAME_END.search(before) and not re.match(r"[-‐‑]\w", after))


@lru_cache(maxsize=4096)
def _converted(content: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text

    source = _DEGREE.sub("°", content)
    source = _RAISED.sub(lambda m: f"{_OPEN}{m[1] or m[2]}{_CLOSE}", source)
    source = _LOWERED.sub(lambda m: m[1] or m[2], source)
    text = str(LatexNodes2Text().latex_to_text(source)).strip()
    return text.replace(_OPEN, "<sup>").replace(_CLOSE, "</sup>")
