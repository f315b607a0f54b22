"""What kind of answer a question wants: a source, or a list."""

import re
from dataclasses import dataclass

from evqa.language.wordings import HELPING, WORK

# "Who showed …" asks for a source; "who was treated" doesn't.
_FINDING = (
    r"(?:showed|shown|found|reported|examined|tested|demonstrated|studied|described|discovered|proved|measured|compared"
    r"|investigated|observed|proposed|analy[sz]ed|assessed|evaluated|looked (?:at|into)|published|wrote|developed"
    r"|reviewed|summari[sz]ed|surveyed)"
)
_CITATION = re.compile(
    r"\b(?:references?|refs?|citations?|cite[sd]?|citing|sources?|evidence|in-text|support(?:s|ed|ing)?)\b"
    rf"|\b(?:which|what|whose) (?:\w+ )?(?:{WORK})\b|\bwho (?:(?:first|has|have|had) )?{_FINDING}\b",
    re.IGNORECASE,
)
_NOUN = rf"(?!(?:{HELPING}|could|may|will)\b)\w+"
_LIST = re.compile(
    rf"^\s*(?:list|name|give|all|every|enumerate)\b|\b(?:which|what) (?:{_NOUN} ){{0,3}}?{_NOUN}s\b"
    r"|\b(?:citations|references|sources|rows|entries|works|papers|all|every|each)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Intent:
    """What a question asks for: a source, or several things."""

    citation: bool = False
    several: bool = False


def find_intent(question: str) -> Intent:
    """The intent of a question, from its wording alone."""
    return Intent(*(bool(pattern.search(question)) for pattern in (_CITATION, _LIST)))
