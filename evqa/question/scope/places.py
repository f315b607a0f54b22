"""Parts named by where they lie: "early in the article", "towards the end", "in the second half"."""

import re
from collections.abc import Iterable, Sequence

from evqa.corpus.corpus import Span
from evqa.language.wordings import PAPER
from evqa.model import Outline
from evqa.question.scope.part import NamedPart
from evqa.question.scope.roles import body, role_spans

_OF_PAPER = rf"(?:\s+of\s+(?:the|this|their|its)\s+(?:main\s+)?{PAPER}\b)"
_HERE = rf"(?:in|into|on in)\s+(?:the|this|their)\s+{PAPER}\b"
_OUTSET = r"(?:at|in)\s+its\s+(?:very\s+)?outset"
_VERY = r"(?:right\s+|just\s+)?(?:at|near|towards?|by|in|from)\s+(?:the|its)\s+(?:very\s+)?"
_STOPS = r"(?=\s*(?:[,:;?.)]|$))"
# Verbs that show that a bare "at the end" means the end of the text.
_SAID = re.compile(
    r"\b(?:said|says?|stated?|states|mention(?:s|ed)?|wrote|writes?|written|discuss(?:es|ed)?|told|named?|argued?"
    r"|recommend(?:s|ed)?|announced?|promised?|concluded?|close[ds]?)\b"
    rf"|\b(?:do|does|did)\s+(?:the|this)\s+(?:authors?|{PAPER})\b",
    re.IGNORECASE,
)
_PLACES: tuple[tuple[str, re.Pattern[str], bool], ...] = tuple(
    (role, re.compile(rf"\b(?:{pattern})", re.IGNORECASE), is_sure)
    for role, pattern, is_sure in (
        ("introduction", rf"(?:very\s+)?(?:early|first)(?:\s+on)?\s+{_HERE}", True),
        ("introduction", rf"{_VERY}(?:start|beginning|outset|opening){_OF_PAPER}|{_OUTSET}", True),
        ("introduction", rf"{_VERY}(?:start|beginning|outset){_STOPS}", False),
        ("introduction", rf"how (?:does|do|did) (?:the|this) {PAPER}\s+(?:begin|start|open)\b", True),
        ("closing", rf"(?:late|last)(?:\s+on)?\s+{_HERE}", True),
        ("closing", rf"{_VERY}(?:end|close|finish){_OF_PAPER}|(?:at|in)\s+its\s+(?:very\s+)?end\b", True),
        ("closing", rf"{_VERY}(?:end|close){_STOPS}", False),
        ("closing", rf"how (?:does|do|did) (?:the|this) {PAPER}\s+(?:end|close|conclude|finish)\b", True),
    )
)
_HALF = re.compile(
    rf"(?:\b(?:in|within|during|from)\s+(?:the|its)\s+|\b(?=\w+\s+half{_OF_PAPER}))"
    r"(?P<which>first|second|latter|last|opening|closing)\s+half"
    rf"(?:(?P<sure>{_OF_PAPER})|{_STOPS})",
    re.IGNORECASE,
)


def by_place(question: str, outlines: Sequence[Outline]) -> Iterable[NamedPart]:
    """Parts named by their place. A bare "at the end" counts only if the question speaks of something written."""
    is_text = _SAID.search(question) is not None
    for role, pattern, is_sure in _PLACES:
        for match in pattern.finditer(question) if is_sure or is_text else ():
            if spans := role_spans(role, outlines):
                yield NamedPart(role, *match.span(), spans=spans)
    for match in _HALF.finditer(question):
        if match["sure"] or is_text:
            is_first = match["which"].lower() in ("first", "opening")
            yield NamedPart(
                "half", *match.span(), spans=tuple(_half(o, is_first=is_first) for o in outlines if body(o))
            )


def _half(outline: Outline, *, is_first: bool) -> Span:
    """The first or the second half of a document's body."""
    start, end = body(outline)[0].start, body(outline)[-1].end
    middle = (start + end) // 2
    return Span(outline.document.id, *((start, middle) if is_first else (middle, end)))
