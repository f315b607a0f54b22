"""Values of a reply that anyone may have written: taken if they have the right type, bounded, and made plain text."""

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from evqa.controls import STEERING, TURNING
from evqa.errors import InputError
from evqa.model import Date, Name

# Most characters of an abstract and of any other field, and most names and other items of a list.
ABSTRACT, FIELD, NAMES, ITEMS = 50_000, 2_000, 200, 5_000
# Deeper than any source nests.
DEEPEST = 60
Json = Mapping[str, Any]
_CONTROLS = dict.fromkeys(STEERING | TURNING | {0xFEFF}, " ")
# What stands between these is no text; nor is what stands between the second, but a heading.
_DROPPED = frozenset(("tex-math", "script", "style"))
_HEADINGS = frozenset(("title", "label", "h1", "h2", "h3", "h4", "h5", "h6"))
_BREAKS = frozenset("p sec div br li list list-item ul ol abstract disp-formula".split())
# Of what looks like a tag only known names are taken out: "p<0.05 and x>y" is text.
_INLINE = frozenset(
    """i b u em strong sub sup span a scp sc tt font small bold italic underline monospace named-content styled-content
    inline-formula alternatives ext-link xref inline-graphic graphic img math mi mn mo mrow ms msub msup mfrac mtext
    html body head""".split()
)
_PREFIXES = frozenset(("jats", "mml", "ali", "xlink"))
_PIECES = re.compile(r"(<[^<>]*>)")
_TAG = re.compile(r"<(/?)(?:(\w+):)?([A-Za-z][\w-]*)(?:\s+[\w:.-]+\s*=[^<>]*)?\s*/?>")
_REMARK = re.compile(r"<!(?:--[^<>]*|\[CDATA\[[^<>]*)>")
# Parts paragraphs; line breaks of the source are only spaces.
_CUT = "\x1e"


def json_in(data: bytes, subject: str) -> Any:
    """The JSON in some bytes. Raises InputError, in one line, for a web page or anything else that isn't JSON."""
    head = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise InputError(
            subject, "a web page instead of JSON", "check the address, and whether a login stands before it"
        )
    if head.startswith(b"<"):
        raise InputError(subject, "XML instead of JSON", "give the JSON form of the reply")
    try:
        found = json.loads(data)
        check_depth(found)
    except (ValueError, RecursionError) as error:
        raise InputError(subject, "no JSON, or cut off", "get it again") from error
    return found


def check_depth(value: Any) -> None:
    """Raise ValueError if lists and objects are nested more than DEEPEST deep."""
    level = [value]
    for _ in range(DEEPEST):
        level = [one for each in level for one in _children(each)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _children(value: Any) -> list[Any]:
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in found if isinstance(each, (dict, list))]


def mapping(value: Any) -> Json:
    """The object itself; an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> Iterator[Json]:
    """The objects in a list, at most ITEMS; none if it isn't a list."""
    yield from (each for each in (value[:ITEMS] if isinstance(value, list) else ()) if isinstance(each, dict))


def first(value: Any) -> Any:
    """The first of a list; None for an empty one and for anything else."""
    return value[0] if isinstance(value, list) and value else None


def text(value: Any, most: int = FIELD) -> str | None:
    """A field as plain text of at most so many characters; a number as text; None for anything else and for ""."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)[:40]
    if not isinstance(value, str):
        return None
    return plain(value[: most * 4], most) or None


def plain(markup: str, most: int = FIELD) -> str:
    """Text without JATS or HTML markup, entities and control characters, on one line of at most so many characters."""
    return " ".join(paragraphs(markup, most))[:most]


def paragraphs(markup: str, most: int = ABSTRACT) -> list[str]:
    """The same by paragraph, without the heading "Abstract". Other headings go before their paragraph: "Methods: …"."""
    bare = html.unescape(_without_tags(markup[: most * 4]))
    # Titles come with their markup escaped, too.
    bare = _without_tags(bare) if "<" in bare else bare
    bare = unicodedata.normalize("NFC", bare.encode("utf-8", "replace").decode())
    lines = (" ".join(line.translate(_CONTROLS).split()) for line in bare.split(_CUT))
    found: list[str] = []
    for line in filter(None, lines):
        is_headed = bool(found) and found[-1].endswith(":") and len(found[-1]) <= 60
        found[-1:] = [f"{found[-1]} {line}"] if is_headed else [*found[-1:], line]
    return _bounded(found, most)


def _without_tags(markup: str) -> str:
    """The text between known tags, with a sign where a paragraph ends. Each piece is looked at once."""
    found: list[str] = []
    heading = dropped = ""
    begun = 0
    for piece in _PIECES.split(markup.replace("<![CDATA[", "").replace("]]>", "")):
        tag = _TAG.fullmatch(piece)
        name = tag[3].lower() if tag else ""
        if dropped:
            dropped = "" if tag and tag[1] and name == dropped else dropped
        elif tag and name in _DROPPED:
            dropped = "" if tag[1] or piece.endswith("/>") else name
        elif tag and name in _HEADINGS:
            if not tag[1]:
                heading, begun = name, len(found)
            elif heading == name:
                found[begun:] = _headed("".join(found[begun:]))
                heading = ""
        elif tag and name in _BREAKS:
            found.append(_CUT)
        elif not (tag and (name in _INLINE or tag[2] in _PREFIXES)) and not _REMARK.fullmatch(piece):
            found.append(piece)
    return "".join(found)


def _headed(printed: str) -> list[str]:
    words = printed.replace(_CUT, " ").strip().rstrip(":.")
    return [_CUT] if words.lower() in ("", "abstract", "summary") else [_CUT, f"{words}:", _CUT]


def _bounded(lines: list[str], most: int) -> list[str]:
    found: list[str] = []
    for line in lines:
        left = most - sum(map(len, found))
        if left <= 0:
            break
        found.append(line[:left])
    return found


def abstract(value: Any) -> str | None:
    """An abstract as plain text, its paragraphs separated by line breaks; None without."""
    return "\n".join(paragraphs(value)) or None if isinstance(value, str) else None


def name(family: Any, given: Any, literal: Any = None) -> Name | None:
    """A CSL name; None if nothing is known of it."""
    known = text(family, 200), text(given, 200), text(literal, 400)
    if known[0]:
        return Name(family=known[0], given=known[1])
    return Name(literal=known[2] or known[1]) if known[2] or known[1] else None


def csl_date(value: Any) -> Date | None:
    """A date as Crossref and CSL-JSON have it: {"date-parts": [[2022, 5, 1]]}; None if it has no year."""
    parts = first(mapping(value).get("date-parts"))
    return date_of(*(parts[:3] if isinstance(parts, list) else ()))


def date_of(*parts: Any) -> Date | None:
    """A date of year, month and day, given as numbers or digits, as far as they are sensible; None without a year."""
    known: list[int] = []
    for part, least, largest in zip(parts, (1000, 1, 1), (2100, 12, 31), strict=False):
        number = int(part) if isinstance(part, (int, str)) and re.fullmatch(r"\d{1,4}", str(part)) else 0
        if not least <= number <= largest:
            break
        known.append(number)
    return Date(date_parts=(tuple(known),)) if known else None


def iso(value: Any) -> str | None:
    """A day as ISO 8601 has it, as precise as it is known, from a CSL date or a text such as "2021-03-04T…"."""
    if isinstance(value, dict):
        found = csl_date(value)
        return "-".join(f"{part:02}" for part in found.date_parts[0]) if found else None
    match = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return match[1] if 1000 <= int(match[1]) <= 2100 else None
    return match[0]


def pmcid(value: Any) -> str | None:
    """A PMCID in a text such as "PMC123", "oai:pubmedcentral.nih.gov:123" or an address; None without."""
    match = re.search(r"(?:PMC|pubmedcentral\.nih\.gov:)(\d{1,9})\b", value[:500]) if isinstance(value, str) else None
    return f"PMC{match[1]}" if match else None


def pmid(value: Any) -> str | None:
    """A PMID in digits or an address; None without."""
    match = re.search(r"(?:^|/)(\d{1,9})/?$", str(value)[:200]) if isinstance(value, (str, int)) else None
    return match[1] if match else None
