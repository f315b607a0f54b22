"""Read the codes of Word's fields: which cite works, which hold the bibliography.

Reference managers keep what they cite in the code: Zotero and Mendeley as CSL-JSON, EndNote as XML, Word by the tags of
its own sources. Mendeley Cite keeps CSL-JSON in the tag of a content control.
"""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from evqa.model import Reference
from ingest.docx.csl import csl_works
from ingest.docx.endnote import endnote_works

_CSL = re.compile(r"\s*ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\b")
_ENDNOTE = re.compile(r"\s*ADDIN\s+EN\.CITE(?!\.DATA)")
_WORD = re.compile(r"\s*CITATION\s+(\S+)")
_MORE = re.compile(r"\\m\s+(\S+)")
_CROSS = re.compile(r"\s*(?:REF|PAGEREF|HYPERLINK\s+\\l)\s+\"?([^\s\"\\]+)")
_LIST = re.compile(r"\s*(?:ADDIN\s+(?:ZOTERO_BIBL|CSL_BIBLIOGRAPHY|Mendeley Bibliography|EN\.REFLIST)|BIBLIOGRAPHY\b)")
_CONTROL = "MENDELEY_CITATION_v3_"
_LONGEST = 5_000_000


@dataclass(frozen=True)
class Cited:
    """A work that a field names. `key`: what it is known by. `work`: what the field says of it; None without."""

    key: str
    work: Reference | None = None


@dataclass(frozen=True)
class Code:
    """What a field is for. `bookmark`: where a cross-reference leads. `is_lost`: it cites, but can't be read."""

    cited: tuple[Cited, ...] = ()
    bookmark: str = ""
    is_list: bool = False
    is_lost: bool = False


NO_CODE = Code()


def read_code(instruction: str, data: Sequence[str] = ()) -> Code:
    """Read a field's code. `data`: base64 that Word keeps beside it, for EndNote."""
    instruction = instruction[:_LONGEST]
    if _LIST.match(instruction):
        return Code(is_list=True)
    if found := _CSL.match(instruction):
        return _read(csl_works(_json(instruction[found.end() :])))
    if _ENDNOTE.match(instruction):
        return _read(endnote_works([instruction, *filter(None, map(_decoded, data))]))
    if found := _WORD.match(instruction):
        return Code(tuple(Cited(tag) for tag in dict.fromkeys([found[1], *_MORE.findall(instruction)])))
    if found := _CROSS.match(instruction):
        return Code(bookmark=found[1])
    return NO_CODE


def read_control(tag: str) -> Code:
    """Read the tag of a content control, as Mendeley Cite writes it."""
    if tag.startswith("MENDELEY_BIBLIOGRAPHY"):
        return Code(is_list=True)
    if not tag.startswith(_CONTROL):
        return NO_CODE
    return _read(csl_works(_json(_decoded(tag.removeprefix(_CONTROL)[:_LONGEST]))))


def _read(works: Sequence[tuple[str, Reference | None]]) -> Code:
    return Code(tuple(Cited(key, work) for key, work in works), is_lost=not works)


def _json(printed: str) -> object:
    """Return the first JSON value in a text; None without."""
    start = printed.find("{")
    if start < 0:
        return None
    try:
        found, _ = json.JSONDecoder().raw_decode(printed, start)
    except (ValueError, RecursionError):
        return None
    return found


def _decoded(printed: str) -> str:
    """Decode base64, with or without padding, in either alphabet; "" if it is none."""
    packed = "".join(printed.split()).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return data.decode("utf-8", "replace").rstrip("\0")
