"""Questions that ask what something is, and sentences that say it."""

import re

_ASKS = re.compile(
    r"^\s*(?:what(?:['’]s|(?:\s+exactly|\s+precisely)?\s+(?:is|are)(?:\s+exactly)?)\s+(?:meant by\s+|an?\s+|the\s+)?"
    r"|define\s+|(?:the\s+)?definition of\s+|(?:the\s+)?meaning of\s+|what does\s+)(?P<term>[^?.,;:]{2,60}?)"
    r"(?:\s+(?:mean|stand for|refer to))?\s*[?.]?\s*$",
    re.IGNORECASE,
)
_LONGEST = 5


def find_definition(content: str, names: tuple[str, ...] = ()) -> re.Pattern[str] | None:
    """What a sentence looks like that defines the term which the question asks about; None if it asks no such thing.

    `names`: the question written otherwise, e.g. with abbreviations written out.
    """
    terms = [match["term"].strip() for text in (content, *names) if (match := _ASKS.match(text))]
    short = [re.escape(term.removesuffix("s")) for term in terms if len(term.split()) <= _LONGEST]
    if not short:
        return None
    return re.compile(
        rf"^(?:[^.]{{0,40}}\b)?(?:{'|'.join(short)})s?\b\s*(?:\([^)]*\))?\s*"
        r"(?:,?\s*(?:is|are|was|were|refers? to|means?|denotes?|describes?|defined as|comprises?)\b|,\s+an?\b|=)",
        re.IGNORECASE,
    )
