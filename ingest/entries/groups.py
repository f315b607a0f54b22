"""Find organisations that sign an entry as its author: ministries, consortia, committees."""

import re

from evqa.model import Name
from ingest.entries.names import Authors
from ingest.markup.patterns import WORK_YEAR

_BODY = re.compile(
    r"\b(?:Groups?|Consortium|Collaborat\w+|Network|Committees?|Initiative|Investigators|Team|Organi[sz]ation|Associations?|Society|Societies"
    r"|Institutes?|Agency|Administration|Commission|Ministry|Council|Cent(?:er|re)s?|Foundation|Federation|Project|Panel|Force|Department"
    r"|Bureau|Board|Academy|Academies|Universit\w+|College|Office|Service|Bank|Union|Nations|Museum|Government|Fund|Observatory|Program(?:me)?"
    r"|Registry|Alliance|Authority|Division|Directorate|Community|Parliament|Company|Corporation|Inc|Ltd|Hospital|Ethikrat|Gesellschaft|Software)\b"
)
_ACRONYMS = re.compile(r"[A-Z][A-Za-z&-]{0,12}[A-Z](?:(?:/|, | and | & )[A-Z][A-Za-z&-]{0,12}[A-Z]){0,4}")
_LEADING_ACRONYM = re.compile(r"^[A-Z]{2,8},\s")
_SMALL = (
    "of",
    "for",
    "and",
    "the",
    "on",
    "in",
    "to",
    "de",
    "la",
    "del",
    "für",
    "der",
    "des",
    "et",
    "&",
    "against",
    "from",
    "y",
    "e",
)
_DATED = re.compile(
    rf"((?:[^()\d“\":.]|(?<=\b[A-Z])\.){{2,150}}?)(?:\s\(([A-Z][\w/-]{{1,15}})\))?[.,]?\s*(?=\({WORK_YEAR}[a-z]?\b|{WORK_YEAR}[a-z]?[.,:]\s+[A-Z\"“])"
)
_CLOSED = re.compile(
    r"([^.():\d“\"]{1,150}(?:(?<=\b[A-Z])\.[^.()\d“\"]{1,100}){0,2})(?:\s\([A-Z][\w/-]{1,15}\))?[.:]\s+(?=[A-Z\"“\d\[])"
)
_COMMAED = re.compile(
    r"((?:[A-Z]{2,8},\s)?[^.,()\d“\"]{5,100}(?:,\s(?:Division|Department|Ministry)[^.,()\d]{3,60})?)(?:\s\([A-Z][\w/-]{1,15}\))?,\s+(?=[A-Z“\"])"
)
_QUOTED_NEXT = re.compile(r"([^\d“\"]{2,200}?)[,.]\s(?=[“\"][^“”\"]{5,600}[,.?!][”\"])")


def leading_group(entry: str) -> Authors:
    """Return the organisation at the start of an entry as a literal name; no name if a title is more likely."""
    if quoted := _QUOTED_NEXT.match(entry[:900]):
        return Authors((Name(literal=quoted[1].strip()),), quoted.end())
    dated = _DATED.match(entry)
    commaed = _COMMAED.match(entry)
    if dated and commaed and is_body(commaed[1]) and not is_body(dated[1].rsplit(", ", 1)[-1]):
        return Authors((Name(literal=commaed[1].strip()),), commaed.end())
    if dated and _is_capitalised(dated[1]) and len(dated[1].split()) <= 14:
        return Authors((Name(literal=dated[1].strip(" .,")),), dated.end())
    closed = _CLOSED.match(entry)
    if closed and is_body(closed[1]) and _has_more(entry[closed.end() :]):
        return Authors((Name(literal=closed[1].strip()),), closed.end())
    if commaed and is_body(commaed[1]) and "." not in entry[: commaed.end()]:
        return Authors((Name(literal=commaed[1].strip()),), commaed.end())
    return Authors((), 0)


def is_body(words: str) -> bool:
    """Tell whether words name an organisation: an acronym, or capitalised words with one such as "Council"."""
    words = _LEADING_ACRONYM.sub("", words.strip(" .,"))
    return bool(_ACRONYMS.fullmatch(words)) or (bool(_BODY.search(words)) and _is_capitalised(words))


def _is_capitalised(words: str) -> bool:
    return all(word[0].isupper() or not word[0].isalpha() or word in _SMALL for word in words.split())


def _has_more(rest: str) -> bool:
    """Tell whether a title can still follow."""
    return bool(re.search(r"[.?!]\s+\S", rest[:600]) or re.match(rf"\(?{WORK_YEAR}", rest)) or len(rest.split()) > 2
