"""Convert LaTeX between dollar signs to characters."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.markup.styled import Span, Styled

_MATH = re.compile(r"(?<!\\)\$\$?([^$]{1,400})\$\$?(?!\d)")
_RAISED = re.compile(r"\^\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\?\w|[+*−-]))")
_LOWERED = re.compile(r"_\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\w))")
_DEGREE = re.compile(r"\^\s*\{?\\circ\s*\}?")
_GREEK_NAME = re.compile(r"[α-ωΑ-Ω]{1,2}")
_NAME_END = re.compile(r"(?:[-‐‑/]|\w[-‐‑]\d{1,2}|[A-Z][\w-]*\d|(?<![\w])(?:[\w]+-)?[A-Z]{2,5})\s+$")
_OPEN, _CLOSE = "\ue010", "\ue011"


def formulas(text: str) -> Iterator[tuple[int, int, Styled]]:
    """Yield start, end and Unicode form of each formula in a text: "TGF- $\beta$" is "TGF-β".

    If a Greek letter ends a name, the start is before the space between them, which is dropped.
    """
    at = 0
    for found in _MATH.finditer(text):
        if not _is_math(found[1]):
            continue
        shown, start = formula(found[1]), found.start()
        if _ends_name(text[max(at, start - 40) : start], shown.text, text[found.end() : found.end() + 2]):
            while start > at and text[start - 1].isspace():
                start -= 1
        at = found.end()
        yield start, at, shown


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
def formula(source: str) -> Styled:
    """Convert a formula, given without dollar signs, to characters with raised superscripts."""
    from pylatexenc.latex2text import LatexNodes2Text

    source = _DEGREE.sub("°", source)
    source = _RAISED.sub(lambda m: f"{_OPEN}{m[1] or m[2]}{_CLOSE}", source)
    source = _LOWERED.sub(lambda m: m[1] or m[2], source)
    return _styled(str(LatexNodes2Text().latex_to_text(source)).strip())


def _styled(text: str) -> Styled:
    """Turn the signs around superscripts into spans; of nested superscripts only the outer one counts."""
    parts: list[str] = []
    spans: list[Span] = []
    opened: list[int] = []
    length = 0
    for part in re.split(f"([{_OPEN}{_CLOSE}])", text):
        if part == _OPEN:
            opened.append(length)
        elif part == _CLOSE:
            start = opened.pop() if opened else length
            spans += [Span(start, length, "raised")] if not opened and start < length else []
        else:
            parts.append(part)
            length += len(part)
    return Styled("".join(parts), tuple(spans))
