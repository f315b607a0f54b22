"""Read the names of people from a line of a title page, however they are separated and marked."""

import re
from dataclasses import dataclass

from evqa.model import Name
from ingest.entries.names import person, with_family_first
from ingest.markup.styled import Styled

_SIGNS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹†‡§¶*∗⋆#✉\ufffd⊥‖|·•;,&/]|\s[-–—]\s")
_BRACKETS = re.compile(r"\([^()]{0,80}\)|<[^<>]{0,200}>|\[[^\[\]]{0,40}\]")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\b(?:\d{4}-){3}\d{3}[\dX]\b|\bORCID(?: iD)?\b", re.IGNORECASE)
_DEGREES = re.compile(
    r"(?:(?<=[\s,(])|^)(?:M\.?\s?D\.?|(?:Ph|D)\.?\s?[DP]\.?(?:hil\.?)?|Dr\.?(?:\s?(?:med|rer|nat|phil)\.?){0,3}|Prof(?:essor|\.)?"
    r"|[BMD]\.?Sc\.?(?:\s?\(?Hons?\)?)?|[BM]\.?S\.?(?:N|W|c|PH|E|Ed|HS)?\.?|[BM]\.?A\.?|MB\s?BS|MB\s?,?\s?B?Ch\.?B?|MBA|[MD]\.?P\.?H\.?|DrPH"
    r"|FRC\w{1,6}|MRC\w{1,6}|FA[CH]\w{1,4}|R\.?N\.?|Pharm\.?\s?D\.?|D\.?D\.?S\.?|D\.?M\.?D\.?|DV[MS]c?|DO|DPT|PT|MHS|MHA|MMed|ScD|EdD|JD|DNP|MTech|[BM]E"
    r"|CCRP|FESC|FAAN|MACP|BDS|MDS|MPharm|MSN|MSCR|MSCE|MSCI"
    r"|MBBCh|MRes|MSPH|[SF]\.?C\.?C\.?P\.?|(?:Senior |Student |Life )?(?:Member|Fellow),?\s?IEEE|IEEE)"
    r"(?=$|[\s,;)\d]|[a-z](?:,[a-z∗*])*(?:[\s,;]|$))",
)
_DATE = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s+(?:\d{1,2}\w{0,2},?\s+)?(?=\d{1,4}\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^\s*(?:by\b|authors?\b\s*:?|from the authors)\s*:?\s*", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![^\W\d_]['’])\d[\d,]*[a-z]?\b")
_AND = re.compile(r"\s(?:and|und|et|y|e)\s|\sand\b|^and\s")
_MARK = re.compile(r"[a-z]{1,2}|[a-z]\s[a-z]|[ivx]{1,4}")
_GROUP = re.compile(
    r"\b(?:on behalf of|for the|Group|Consortium|Collaborat\w+|Network|Committee|Investigators|Team"
    r"|Initiative|Society)\b"
)
_MARKED = "\x01"
_SHORTEST_ALONE = 4
_CUT = re.compile(r"\bet\s+al\b|…|\.\s?\.\s?\.")
_PLACE = re.compile(
    r"\b(?:Universit\w*|Departm\w*|Dept|Institut\w*|Hospital\w*|Schools?|Facult\w*|Cent(?:er|re|ro)s?|College|Laborator\w+|Division"
    r"|Academy|Clinic\w*|Medicine|Sciences?|Research|Journal|Reviews?|Article|Street|Road|Avenue|Introduction|Abstract"
    r"|Keywords|Received|Accepted|Published|Volume|Issue|Correspond\w+|Editor\w*|Open Access|Foundation|Ministry"
    r"|Technolog\w+|Republic|Kingdom|States|Inc|Ltd|GmbH|Press|Editorial|Original|Supplementa\w+|View|Online|Program\w*|Unit|Section)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class People:
    """Names in printed order, and how many printed parts of the line are no names.

    `is_cut`: the line says that there are more.
    """

    names: tuple[Name, ...]
    others: int = 0
    is_cut: bool = False

    @property
    def share(self) -> float:
        """The names of all parts; 0 without any."""
        return len(self.names) / (len(self.names) + self.others) if self.names else 0.0


NOBODY = People(())


def people(lines: list[Styled]) -> People:
    """Read the names on lines below each other, which may go on over the ends of lines or not."""
    words = [word for line in lines for word in line.text.split() if word[0].isalpha()]
    if 2 * sum(word[0].isupper() for word in words) < len(words):
        return NOBODY
    running, broken = _read(" ", lines), _read(";", lines)
    if running.share == broken.share and len(running.names) > 1:
        return running
    return max(running, broken, key=lambda read: (read.share, len(read.names)))


def _read(end: str, lines: list[Styled]) -> People:
    text = _separated(end, lines)
    parts = [" ".join(part.split()).strip(" .:") for part in re.split(r"[,;]", text)]
    parts = [part for part in parts if part.strip(_MARKED) and not _MARK.fullmatch(part.strip(_MARKED))]
    told = [part for part in parts if not _GROUP.search(part)]
    are_capitals = sum(part.isupper() for part in told) * 2 > len(told)
    has_initials = sum(len(part.strip(_MARKED).split()[-1]) < 3 for part in told) * 2 > len(told)
    names = [_person(part, are_capitals=are_capitals and not has_initials) for part in told]
    found = [name for name in names if name]
    if any(name.given for name in found):
        return People(tuple(with_family_first(found)), len(names) - len(found), bool(_CUT.search(text)))
    return People((), len(names))


def _person(part: str, *, are_capitals: bool) -> Name | None:
    """Read a name. One word alone is a name if a mark stands behind it."""
    words = part.strip(_MARKED)
    if _PLACE.search(words):
        return None
    is_alone = part.endswith(_MARKED) and len(words) >= _SHORTEST_ALONE and words.isalpha() and words.istitle()
    return Name(family=words) if is_alone else person(words, are_capitals=are_capitals)


def _separated(end: str, lines: list[Styled]) -> str:
    """Return the lines with ";" for whatever stands between names: superscripts, signs, degrees, "and".

    A sign that marks a name stands behind it as _MARKED.
    """
    text = end.join(_without_raised(line) for line in lines)
    text = _ADDRESS.sub(";", _LEAD.sub("", text))
    text = _DATE.sub(";", _BRACKETS.sub(";", text))
    text = _DEGREES.sub(";", text)
    text = _NUMBERS.sub(f"{_MARKED};", _SIGNS.sub(";", text))
    return _AND.sub(";", text)


def _without_raised(line: Styled) -> str:
    characters = list(line.text)
    for span in line.spans:
        if span.style in ("raised", "formula"):
            characters[span.start : span.end] = [f"{_MARKED};", *[""] * (span.end - span.start - 1)]
    return "".join(characters)
