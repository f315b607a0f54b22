"""Read the markup of Markdown and HTML within lines as styles: emphasis, tags, links, escapes, formulas."""

import html
import re
from collections.abc import Sequence

from ingest.markup.latex import formulas
from ingest.markup.styled import Span, Style, Styled

# While markup is read, private characters stand where styles begin and end; a link's number follows its own.
_STYLES: tuple[Style, ...] = ("raised", "italic", "bold", "formula", "link", "goto", "target")
_ADDRESSED = ("link", "goto", "target")
_OPEN = {style: chr(0xE010 + i) for i, style in enumerate(_STYLES)}
_CLOSE = {style: chr(0xE020 + i) for i, style in enumerate(_STYLES)}
_MARK = "\ue000"
_FIRST_LINK, _LAST_LINK = 0xF0000, 0xFFFFD
_SIGN = re.compile("([\ue000\ue010-\ue016\ue020-\ue026])([\U000f0000-\U000ffffd]?)")
_MARKUP = re.compile(r"[$*<>\[\\^_~&]")
_ESCAPED = 0xE100
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = re.compile("[\ue100-\ue17f]")
_IMAGE = re.compile(r"!\[[^\[\]]{0,1000}\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]]{0,1000})\]\(<?([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)(?:\s+\"[^\"]{0,300}\")?\)"
)
_ENTRY_LINK = re.compile(r"\[\d{1,4}(?:[–,-]\s?\d{1,4})*\]\(#[^()\s]*\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_SUPERSCRIPT = re.compile(r"<sup\b[^<>]{0,200}>([^<>]{0,300})</sup>", re.IGNORECASE)
_CARETS = re.compile(r"(?<!\^)\^([^\s^]{1,40})\^(?!\^)")
_TILDES = re.compile(r"(?<=\w)~([^\s~]{1,12})~(?!~)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NAMES = "a|abbr|b|big|center|cite|code|del|div|em|font|i|img|ins|p|q|s|sc|small|span|strong|sub|sup|tt|u|var"
_TAG = re.compile(rf"<(/?)({_NAMES})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_TAGS: dict[str, Style] = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold"}
_EMPHASIS: dict[str, Style] = {"*": "italic", "_": "italic", "**": "bold", "__": "bold"}
# Pairs within a line come before pairs across lines.
_STARS, _LINES = (
    [
        re.compile(rf"(?<!\*)(?!(?<=[A-Za-z\d])\*\d)(\*{{1,3}})(?=[^\s*])([^*{end}]{{1,2000}}?)(?<=\S)\*{{1,3}}")
        for end in (r"\n", "")
    ],
    [re.compile(rf"(?<!\w)(_{{1,3}})(?=[^\s_])([^_{end}]{{1,1000}}?)(?<=\S)_{{1,3}}(?!\w)") for end in (r"\n", "")],
)
_LOOSE = re.compile(rf"([{_MARK}{''.join(_OPEN.values())}{''.join(_CLOSE.values())}])\s+(?=[,;:)\]]|\.(?!\d))")


def inline(markup: Styled) -> Styled:
    """Read a stretch of Markdown, lines separated by "\\n", as characters and styles; styles that it has stay.

    A space that extraction left between a tag or formula and a punctuation mark is removed.
    """
    if not _MARKUP.search(markup.text):
        return markup
    links: list[str] = []
    text = _with_signs(markup, links)
    text = _with_formulas(text) if "$" in text else text
    text = _ESCAPE.sub(lambda m: chr(_ESCAPED + ord(m[1])), text) if "\\" in text else text
    if "](" in text:
        text = _IMAGE.sub("", text)
        for _ in range(2):
            text = _LINK.sub(lambda m: _linked(m, links), text)
    if "^" in text:
        text = _CARETS.sub(lambda m: _in_style(m[1], "raised"), text)
    text = _TILDES.sub(r"\1", text) if "~" in text else text
    text = _with_emphasis(_with_tags(text))
    text = html.unescape(text) if "&" in text else text
    text = _HIDDEN.sub(_shown, text)
    return _styled(_LOOSE.sub(r"\1", text), links)


def _in_style(text: str, style: Style) -> str:
    return f"{_OPEN[style]}{text}{_CLOSE[style]}"


def _with_signs(printed: Styled, links: list[str]) -> str:
    """Put signs around the spans of a text; the addresses of links are added to `links`."""
    signs: list[tuple[int, int, str]] = []
    for order, span in enumerate(printed.spans):
        if span.style == "raised" and _is_starred(printed.text[span.start : span.end]):
            signs.append((span.end, -1 - order, _MARK))
            continue
        number = ""
        if span.style in _ADDRESSED:
            links.append(span.address)
            number = chr(_FIRST_LINK + len(links) - 1)
        signs += [(span.start, order, _OPEN[span.style] + number), (span.end, -1 - order, _CLOSE[span.style])]
    parts: list[str] = []
    at = 0
    for place, _, sign in sorted(signs):
        parts += [printed.text[at:place], sign]
        at = place
    return "".join([*parts, printed.text[at:]])


def _with_formulas(markup: str) -> str:
    parts: list[str] = []
    at = 0
    for start, end, shown in formulas(markup):
        parts += [markup[at:start], _in_style(_with_signs(shown, []), "formula")]
        at = end
    return "".join(parts) + markup[at:]


def _linked(found: re.Match[str], links: list[str]) -> str:
    """Return a link's words. A bare number that links to an entry on the same page is a marker and gets brackets."""
    words = found[1]
    if _ENTRY_LINK.fullmatch(found[0]):
        before = found.string[max(0, found.start() - 200) : found.start()]
        is_open = any(before.count(a) > before.count(b) for a, b in ("()", "[]", ("<sup", "</sup")))
        words = words if is_open else f"[{words}]"
    if _FIRST_LINK + len(links) > _LAST_LINK:
        return words
    links.append(found[2].rstrip(">"))
    return f"{_OPEN['link']}{chr(_FIRST_LINK + len(links) - 1)}{words}{_CLOSE['link']}"


def _with_tags(text: str) -> str:
    if "<" not in text:
        return text
    text = _AUTOLINK.sub(r"\1", _BREAK.sub(" ", text))
    return _TAG.sub(_tag, _SUPERSCRIPT.sub(_superscript, text))


def _superscript(found: re.Match[str]) -> str:
    content = html.unescape(_HIDDEN.sub(_shown, found[1]))
    return content + _MARK if _is_starred(content) else _in_style(content, "raised")


def _is_starred(content: str) -> bool:
    """Tell whether a superscript holds an author's numbers and a star, which may pair with another star."""
    return "*" in content and any(c.isdecimal() for c in content)


def _shown(found: re.Match[str]) -> str:
    return chr(ord(found[0]) - _ESCAPED)


def _tag(found: re.Match[str]) -> str:
    style = _TAGS.get(found[2].lower())
    return (_CLOSE if found[1] else _OPEN)[style] if style else _MARK


def _with_emphasis(text: str) -> str:
    for stars, lines in zip(_STARS, _LINES, strict=True):
        for _ in range(3):
            marked = stars.sub(_emphasised, text) if "*" in text else text
            marked = lines.sub(_emphasised, marked) if "_" in marked else marked
            if marked == text:
                break
            text = marked
    return text


def _emphasised(found: re.Match[str]) -> str:
    return _in_style(found[2], _EMPHASIS.get(found[1], "italic"))


def _styled(text: str, links: Sequence[str]) -> Styled:
    """Turn the signs in a text into spans; an opening sign without a closing one is dropped."""
    parts: list[str] = []
    spans: list[Span] = []
    opened: list[tuple[Style, int, str]] = []
    at = length = 0
    for found in _SIGN.finditer(text):
        parts.append(text[at : found.start()])
        length += len(parts[-1])
        at = found.end()
        sign = ord(found[1])
        if 0xE010 <= sign < 0xE020:
            number = ord(found[2]) - _FIRST_LINK if found[2] else -1
            opened.append((_STYLES[sign - 0xE010], length, links[number] if 0 <= number < len(links) else ""))
        elif sign >= 0xE020:
            style = _STYLES[sign - 0xE020]
            last = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == style), None)
            if last is not None:
                _, start, address = opened.pop(last)
                spans += [Span(start, length, style, address)] if start < length else []
    if not parts:
        return Styled(text)
    return Styled("".join([*parts, text[at:]]), tuple(sorted(spans, key=lambda s: (s.start, -s.end))))
