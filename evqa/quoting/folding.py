"""Take a text apart into tokens that word processors leave alone, each with its place in the text.

Folded away: kinds of spaces, dashes, quotation marks and Unicode forms, ligatures, soft hyphens, separators of
thousands. Everything else counts: words with their capitals, numbers, signs and punctuation.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

TokenKind = Literal["word", "number", "raised", "sign", "break", "gap"]

_DASHES = "‐‑‒–—―−﹘﹣－"
_QUOTES = "“”„‟‘’‚‛«»‹›`´′″ʼ＂＇"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ALIKE = str.maketrans({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_QUOTES, "'"), **dict.fromkeys(_SPACES, " ")})
_ALIKE[ord('"')] = "'"
# Soft hyphens with the line end behind them, and marks without width.
_DROPPED = re.compile("\u00ad[ \t]*\r?\n?[ \t]*|[\u200b-\u200d\u2060\ufeff]")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = str.maketrans(_RAISED, "0123456789")
_LETTER = rf"[^\W\d_{_RAISED}]"
_WORD = rf"{_LETTER}(?:[^\W_{_RAISED}]|'(?={_LETTER}))*"
_THOUSANDS = r"\d{1,3}(?:[ ,]\d{3})+(?!\d)(?:\.\d+)?"
_NUMBER = rf"{_THOUSANDS}|\d+(?:\.\d+)*"
_RAISED_POINT = re.compile(r"(?<=\d)·(?=\d)")
_TOKEN = re.compile(
    rf"(?P<gap>\[\s*(?:\.\s*){{3}}\]|\(\s*(?:\.\s*){{3}}\)|\.(?:\s*\.){{2,}})|(?P<word>{_WORD})"
    rf"|(?P<number>{_NUMBER})|(?P<raised>[{_RAISED}]+)"
    rf"|(?P<break>(?<={_LETTER})-\s+(?={_LETTER}))|(?P<dash>-+)|(?P<sign>[^\s'])"
)
_INDEXED = re.compile(rf"{_WORD}|{_NUMBER}")
_IS_THOUSANDS = re.compile(_THOUSANDS)


class Token(NamedTuple):
    """A word, number or sign in its folded form, at `start`..`end` of the text.

    A `break` is a hyphen behind which a line may have ended, a `gap` three dots, `raised` a superscript number.
    `is_free`: it may be missing on the other side. `is_any_case`: its first letter may be a capital or not.
    """

    form: str
    start: int
    end: int
    kind: TokenKind
    is_free: bool = False
    is_any_case: bool = False


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order. Quotation marks make none, and apostrophes belong to their word."""
    folded, starts, ends = _folded(_RAISED_POINT.sub(".", text))
    found = [_token(match, starts, ends) for match in _TOKEN.finditer(folded)]
    return list(_with_markers(found))


def index_forms(text: str) -> set[str]:
    """The words and numbers of a text as an index knows them: folded, in lower case."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", _DROPPED.sub("", _protected(text)))
    forms = set(_INDEXED.findall(_RAISED_POINT.sub(".", plain).translate(_ALIKE).lower()))
    return {_number(form) if form[0].isdigit() else form for form in forms}


def _protected(text: str) -> str:
    """The text with superscript numbers set apart, which the Unicode form would glue to what is before them."""
    return re.sub(f"[{_RAISED}]+", " ", text)


def _token(match: re.Match[str], starts: Sequence[int] | None, ends: Sequence[int] | None) -> Token:
    kind, form = match.lastgroup, match.group()
    first, last = match.span()
    start, end = (starts[first], ends[last - 1]) if starts is not None and ends is not None else (first, last)
    if kind == "number":
        return Token(_number(form), start, end, "number")
    if kind == "raised":
        return Token(form.translate(_LOWERED), start, end, "raised")
    if kind == "break":
        return Token("-", start, end, "break")
    if kind == "gap":
        return Token("…", start, end, "gap")
    if kind == "word":
        return Token(form, start, end, "word")
    return Token("-" if kind == "dash" else form, start, end, "sign")


def _number(form: str) -> str:
    """A number without separators of thousands."""
    return form.replace(",", "").replace(" ", "") if _IS_THOUSANDS.fullmatch(form) else form


def _folded(text: str) -> tuple[str, list[int] | None, list[int] | None]:
    """The folded text, and where each of its characters begins and ends in the text; None where nothing moves."""
    alike = text.translate(_ALIKE)
    if alike.isascii() or (unicodedata.is_normalized("NFKC", alike) and not _DROPPED.search(alike)):
        return alike, None, None
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        cluster = text[start:end]
        form = cluster if cluster in _RAISED else unicodedata.normalize("NFKC", cluster.translate(_ALIKE))
        for character in form.translate(_ALIKE):
            characters.append(character)
            starts.append(start)
            ends.append(end)
    return "".join(characters), starts, ends


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each character with the marks that combine with it; what is dropped is left out."""
    at = 0
    while at < len(text):
        if dropped := _DROPPED.match(text, at):
            at = dropped.end()
            continue
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield at, end
        at = end


_OPENING, _CLOSING = {"(": ")", "[": "]"}, ")]"


def _with_markers(found: Sequence[Token]) -> Iterator[Token]:
    """The tokens, with one form for the brackets of groups that hold nothing but numbers: "(12)" and "[12]"."""
    at = 0
    while at < len(found):
        end = marker_end(found, at)
        group = found[at:end]
        if len(group) > 1 and group[0].form in _OPENING:
            yield group[0]._replace(form="(#")
            yield from group[1:-1]
            yield group[-1]._replace(form="#)")
        else:
            yield from group
        at = end


def marker_end(found: Sequence[Token], at: int) -> int:
    """Index behind the marker that begins at a token: numbers in brackets or superscripts; else behind it."""
    token = found[at]
    if token.kind == "raised":
        end = at + 1
        while end + 1 < len(found) and found[end].form in ("-", ",") and found[end + 1].kind == "raised":
            end += 2
        return end
    if token.form not in ("(", "[", "(#"):
        return at + 1
    end = at + 1
    while end < len(found) and (found[end].kind == "number" or found[end].form in ("-", ",", ";")):
        end += 1
    is_marker = end > at + 1 and end < len(found) and found[end].form in (")", "]", "#)")
    return end + 1 if is_marker else at + 1


def marked_free(found: Sequence[Token], references: frozenset[int]) -> list[Token]:
    """The tokens of a stored text, with the markers of its references free: a quotation may leave them out.

    Superscripts behind "10" or a word of up to two letters are powers: "10⁶", "cm²".
    """
    free: list[Token] = []
    at = 0
    while at < len(found):
        end = marker_end(found, at)
        group = found[at:end]
        is_free = _is_marker(group, references) and not (group[0].kind == "raised" and _is_base(found[at - 1 : at]))
        free.extend(token._replace(is_free=True) if is_free else token for token in group)
        at = end
    return free


def _is_marker(group: Sequence[Token], references: frozenset[int]) -> bool:
    if group[0].form != "(#" and group[0].kind != "raised":
        return False
    numbers = [part for token in group if token.kind in ("number", "raised") for part in token.form.split(",")]
    return all(part.isdigit() and int(part[:9]) in references for part in numbers)


def _is_base(before: Sequence[Token]) -> bool:
    return bool(before) and (before[0].form == "10" or (before[0].kind == "word" and len(before[0].form) <= 2))
