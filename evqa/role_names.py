"""Parts named by the role they play: "the abstract", "in the results", "the closing remarks", "Discussion: …"."""

import re
from collections.abc import Iterable, Sequence

from evqa.model import Outline
from evqa.part import Part, spans_of
from evqa.part_words import LEAD, NOT_OF_ELSE, PAPER, PART, THE
from evqa.roles import role_sections

# How questions name a role. The first group of each list stands alone after "the"; words that are
# also everyday words ("results") count only with a preposition or with "section".
_STRONG = {
    "abstract": r"abstract|summary at the (?:top|start|beginning)|opening summary",
    "introduction": r"introduction|introductory " + PART + r"|intro|opening " + PART,
    "discussion": r"discussion",
    "conclusion": r"conclusions?|concluding " + PART + r"|concluding remarks",
    "closing": r"(?:closing|final|last) (?:" + PART + r"|remarks|words|comments|thoughts|statements?)",
    "limitations": r"limitations? " + PART,
    "methods": r"method(?:s|ology)? " + PART,
    "results": r"(?:results?|findings) " + PART,
    "background": r"background " + PART,
    "funding": r"funding (?:" + PART + r"|statement)",
    "interests": r"conflicts? of interests? (?:" + PART + r"|statement)",
}
_WEAK = {
    "methods": r"methods|methodology|materials and methods",
    "results": r"results|findings",
    "limitations": r"limitations",
    "introduction": r"background",
    "abstract": r"summary",
    "conclusion": r"outlook|(?:future )?perspectives",
}


def by_role(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """ "the abstract", "in the results", "Discussion: …", "what closes the abstract"."""
    for role, pattern in _STRONG.items():
        yield from _role(question, outlines, role, rf"{LEAD}{THE}(?:{pattern})\b{NOT_OF_ELSE}")
        yield from _role(question, outlines, role, rf"^(?:{pattern})\b(?=\s*[:,–-])")
        yield from _role(question, outlines, role, rf"\b(?:per|in|from|according to)\s+(?:{pattern})\b{NOT_OF_ELSE}")
    for role, pattern in _WEAK.items():
        led = r"\b(?:according to|as per|per|in|within|from|under|of)\s+"
        yield from _role(question, outlines, role, rf"{led}{THE}(?:{pattern})\b(?!\s+(?:of|from|for|in)\b)")
        yield from _role(question, outlines, role, rf"^(?:{pattern})\b(?=\s*:)")
    for role, where, verbs in (("closing", _END, _CLOSES), ("introduction", _START, _OPENS)):
        yield from _role(question, outlines, role, where)
        yield from _role(question, outlines, role, rf"\bhow (?:does|do|did) (?:the|this) {PAPER}\s+{verbs}\b")


_END = rf"\b(?:at|towards?)\s+(?:in\s+)?(?:(?:the\s+)?(?:very\s+)?end of the {PAPER}|its (?:very )?end)\b"
_START = rf"\b(?:at|in)\s+(?:the (?:start|beginning|outset) of the {PAPER}|its (?:very )?(?:start|beginning|outset))\b"
_CLOSES, _OPENS = r"(?:end|close|conclude|finish)", r"(?:begin|start|open)"


def _role(question: str, outlines: Sequence[Outline], role: str, pattern: str) -> Iterable[Part]:
    for match in re.finditer(pattern, question, re.IGNORECASE):
        spans = tuple(span for o in outlines for span in spans_of(o, role_sections(o, role)))
        if spans:
            yield Part(role, *match.span(), spans=spans)
