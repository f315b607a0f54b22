"""The text of a claim without its printed markers, as a writing model reads it."""

import re
from difflib import SequenceMatcher

from evqa.quoting.folding import Token, tokens

TELLING = ("word", "number", "raised")
# What may be a marker: a group in brackets, or superscript numbers.
_GROUP = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")

# What points at another place of the document.
_POINTER = re.compile(
    r"[(\[]\s*(?:see\s+)?(?:also\s+)?(?:suppl\w*\.?\s+)?(?:figs?\b|figures?\b|tables?\b|appendix|appendices)",
    re.IGNORECASE,
)


def bare(text: str, indexed: str) -> str:
    """The text without the groups in brackets and the superscripts that its indexed form leaves out: the markers.

    `indexed`: the text without markers, in which abbreviations may be written out.
    """
    kept, at = [], 0
    lost = _left_out(tokens(text), tokens(indexed))
    for group in _GROUP.finditer(text):
        inside = [(token, left_out) for token, left_out in lost if group.start() <= token.start < group.end()]
        # An abbreviation that is written out is exchanged, too, but has no number.
        is_pointer = _POINTER.match(group.group()) is not None
        if is_pointer or (any(token.kind != "word" for token, _ in inside) and all(left_out for _, left_out in inside)):
            kept.append(text[at : group.start()])
            at = group.end()
    whole = " ".join("".join([*kept, text[at:]]).split())
    return re.sub(r"\s+(?=[.,;:](?:\s|$))", "", whole)


def _left_out(own: list[Token], others: list[Token]) -> list[tuple[Token, bool]]:
    """The words and numbers of a text, each with whether another text of the same words lacks it there.

    Signs don't count: the stop behind "et al." is found again at the end of the sentence.
    """
    words, same = ([each for each in side if each.kind in TELLING] for side in (own, others))
    matcher = SequenceMatcher(None, [each.form for each in words], [each.form for each in same], autojunk=False)
    found: list[tuple[Token, bool]] = []
    for step, start, end, first, last in matcher.get_opcodes():
        there = {each.form for each in same[first:last]}
        found.extend((token, step != "equal" and token.form not in there) for token in words[start:end])
    return found
