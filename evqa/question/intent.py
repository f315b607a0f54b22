"""What kind of answer a question wants: a source, a list, a caption."""

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
_CAPTION = re.compile(
    r"\b(?:captions?|legends?|foot-?notes?|notes?|below|beneath|stands? for|abbreviat\w+|titles?d?|figures?"
    r"|illustrat(?:ions?|e[sd]?)|diagrams?|drawings?|drawn|(?<!clinical )(?<!blood )pictures?|pictured"
    r"|flow ?-?charts?|schematics?|photos?|photographs?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Intent:
    """What a question asks for: a source, several things, or words of a caption."""

    citation: bool = False
    several: bool = False
    caption: bool = False


def find_intent(question: str) -> Intent:
    """The intent of a question, from its wording alone."""
    patterns = (_CITATION, _LIST, _CAPTION)
    return Intent(*(bool(pattern.search(question)) for pattern in patterns))
