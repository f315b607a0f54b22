"""Markup within a line, taken off: emphasis, tags, links, escapes, formulas."""

import html
import re
import unicodedata

from ingest.markup.latex import without_latex
from ingest.markup.superscript import is_attached, raised

_MARK = "\ue000"
_ESCAPED = 0xE100
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = re.compile("[\ue100-\ue17f]")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,1000}\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{0,1000})\]\(<?[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?(?:\s+\"[^\"\n]{0,300}\")?\)"
)
_ENTRY_LINK = re.compile(r"\[\d{1,4}(?:[–,-]\s?\d{1,4})*\]\(#[^()\s]*\)")
_TARGET = re.compile(r"\]\(<?([^()\s<>]{1,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_NEIGHBOURS = re.compile(r"</sup>(\s*)<sup>", re.IGNORECASE)
_SUPERSCRIPT = re.compile(r"(?<!\s)(\s*)<sup\b[^<>]{0,200}>([^<>]{0,300})</sup>", re.IGNORECASE)
_CARETS = re.compile(r"(?<!\^)\^([^\s^]{1,40})\^(?!\^)")
_TILDES = re.compile(r"(?<=\w)~([^\s~]{1,12})~(?!~)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NAMES = "a|abbr|b|big|center|cite|code|del|div|em|font|i|img|ins|p|q|s|sc|small|span|strong|sub|sup|tt|u|var"
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_STARS = re.compile(r"(?<!\*)(?!(?<=[A-Za-z\d])\*\d)\*{1,3}(?=[^\s*])([^*\n]{1,2000}?)(?<=\S)\*{1,3}")
_LINES = re.compile(r"(?<!\w)_{1,3}(?=[^\s_])([^_\n]{1,1000}?)(?<=\S)_{1,3}(?!\w)")
_LOOSE = re.compile(rf"{_MARK}\s+(?=[,;:)\]]|\.(?!\d))")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": None, "\u200b": None, "\ufeff": None}
)
_BROKEN_GREEK = re.compile(r"(?<=[A-Za-z\d][-‐‑]) (?=[α-ω])")


def plain(markup: str) -> str:
    """The characters of a line of Markdown: NFC, one space between words, superscript numbers as "¹²".

    A space that extraction left between a removed tag or formula and a punctuation mark is closed up.
    """
    text = without_latex(markup, _MARK) if "$" in markup else markup
    text = _ESCAPE.sub(lambda m: chr(_ESCAPED + ord(m[1])), text) if "\\" in text else text
    if "](" in text:
        text = _LINK.sub(_linked, _LINK.sub(_linked, _IMAGE.sub("", text)))
    text = _without_tags(_with_tags(text))
    text = _without_emphasis(text)
    text = html.unescape(text) if "&" in text else text
    text = _HIDDEN.sub(lambda m: chr(ord(m[0]) - _ESCAPED), text)
    return tidy(_LOOSE.sub("", text).replace(_MARK, ""))


def _linked(found: re.Match[str]) -> str:
    """A link's words; a bare number that leads to an entry on the same page is a marker and gets brackets."""
    if not _ENTRY_LINK.fullmatch(found[0]):
        return found[1]
    before = found.string[max(0, found.start() - 200) : found.start()]
    is_open = any(before.count(a) > before.count(b) for a, b in ("()", "[]", ("<sup", "</sup")))
    return found[1] if is_open else f"[{found[1]}]"


def tidy(text: str) -> str:
    """NFC, ligatures apart, invisible characters dropped, every run of white space one space."""
    text = unicodedata.normalize("NFC", " ".join(text.translate(_LIGATURES).split()))
    return _BROKEN_GREEK.sub("", text)


def targets(markup: str) -> list[str]:
    """The addresses that a line links to."""
    return _TARGET.findall(markup)


def _with_tags(text: str) -> str:
    if "^" in text:
        text = _CARETS.sub(r"<sup>\1</sup>", text)
    return _TILDES.sub(r"\1", text) if "~" in text else text


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    text = _AUTOLINK.sub(r"\1", _BREAK.sub(" ", text))
    text = _NEIGHBOURS.sub(r"\1", text)
    text = _SUPERSCRIPT.sub(_superscript, text)
    return _TAG.sub(_MARK, text)


def _superscript(found: re.Match[str]) -> str:
    space, content = found[1], html.unescape(_HIDDEN.sub(lambda m: chr(ord(m[0]) - _ESCAPED), found[2]))
    follower = found.string[found.end() : found.end() + 1]
    attached = is_attached(content) and not follower.isalpha()
    return ("" if attached else space) + raised(content) + _MARK


def _without_emphasis(text: str) -> str:
    for _ in range(3):
        bare = _STARS.sub(rf"\1{_MARK}", text) if "*" in text else text
        bare = _LINES.sub(rf"\1{_MARK}", bare) if "_" in bare else bare
        if bare == text:
            break
        text = bare
    return text
