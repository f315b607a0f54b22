"""What kind of answer a question wants: a source, a list, a caption."""

import re
from dataclasses import dataclass

from evqa.language.works import WORK

# Who did this is told by a source; who was treated isn't asked for one.
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
_NOUN = r"(?!(?:is|are|was|were|does|do|did|has|have|can|could|may|will)\b)\w+"
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
class Wants:
    """What a question asks to be given."""

    citation: bool = False
    several: bool = False
    caption: bool = False


def find_wants(question: str) -> Wants:
    """Wants by the wording of the question."""
    patterns = (_CITATION, _LIST, _CAPTION)
    return Wants(*(bool(pattern.search(question)) for pattern in patterns))
