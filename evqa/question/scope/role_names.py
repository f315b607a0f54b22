"""Parts named by the role they play: "the abstract", "in the results", "the closing remarks", "Discussion: …"."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from evqa.corpus.corpus import Span
from evqa.language.part_words import LEAD, NOT_OF_ELSE, PART, THE
from evqa.model import Outline
from evqa.question.scope.part import Part
from evqa.question.scope.roles import role_spans

_STATED = rf"(?:{PART}|statements?|information|details|declarations?|notes?)"
# "The abstract concept" names no part.
_NO_IDEA = r"(?!\s+(?:concepts?|ideas?|notions?|nature|thinking|thought|reasoning|form|level|model|terms?|art)\b)"
# How questions name a role. The first group of each list stands alone after "the"; words that are
# also everyday words ("results") count only with a preposition or with "section".
_STRONG = {
    "abstract": rf"abstract{_NO_IDEA}|summary (?:at the (?:top|start|beginning)|up front|in front)"
    r"|(?:opening|initial) summary",
    "introduction": rf"introduction|introductory (?:{PART}|remarks)|intro|opening (?:{PART}|remarks|words)",
    "discussion": r"discussion",
    "conclusion": rf"conclusions?|concluding (?:{PART}|remarks|statements?|words|comments|thoughts)",
    "closing": rf"(?:closing|final|last) (?:{PART}|remarks|words|comments|thoughts|statements?)",
    "limitations": rf"limitations? {PART}",
    "methods": rf"method(?:s|ology)? {PART}",
    "results": rf"(?:results?|findings) {PART}",
    "background": rf"background {PART}",
    "case": r"case (?:description|presentation|report|history)|patient history",
    "funding": rf"funding {_STATED}|acknowledge?ments? of funding",
    "interests": rf"(?:conflicts? of|competing) interests? {_STATED}|disclosures? {_STATED}",
    "acknowledgements": r"acknowledge?ments?",
    "ethics": rf"ethics? {_STATED}|ethical (?:approval|considerations) {_STATED}",
    "availability": r"(?:data )?availability (?:statement|section|note)|data sharing statement",
    "contributions": r"author(?:s['’]?|['’]s)? contributions?(?: statement| section)?",
    "abbreviations": rf"(?:list|table|glossary|section) of (?:the )?(?:abbreviations|acronyms)"
    rf"|(?:abbreviations?|acronyms?) (?:lists?|table|glossary|{PART})|glossary",
    "highlights": rf"(?:key|main) (?:points?|messages?)(?: (?:box|list|{PART}))?|highlights(?: (?:box|list|{PART}))?",
}
_WEAK = {
    "methods": r"methods|methodology|materials and methods|methods and materials",
    "results": r"results|findings",
    "limitations": r"limitations",
    "introduction": r"background",
    "abstract": r"summary",
    "conclusion": r"outlook|(?:future )?perspectives",
    "abbreviations": r"abbreviations|acronyms",
    "interests": r"(?:conflicts? of|competing) interests?|disclosures?",
    "funding": r"funding",
    "contributions": r"contributions",
}
_LED = r"\b(?:according to|as per|per|in|within|from|under|of)\s+"
_OPENING_ONE = r"(?=\s*[:,–-])"
_ANY = re.compile("|".join((*_STRONG.values(), *_WEAK.values())), re.IGNORECASE)
Named = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _in_questions() -> Named:
    """How questions name each role. Compiled when first needed: that takes longer than most questions."""
    strong = [
        (role, pattern)
        for role, names in _STRONG.items()
        for pattern in (
            rf"{LEAD}{THE}(?:{names})\b{NOT_OF_ELSE}",
            rf"^(?:{names})\b{_OPENING_ONE}",
            rf"\b(?:per|in|from|according to)\s+(?:{names})\b{NOT_OF_ELSE}",
        )
    ]
    weak = [
        (role, pattern)
        for role, names in _WEAK.items()
        for pattern in (rf"{_LED}{THE}(?:{names})\b(?!\s+(?:of|from|for|in)\b)", rf"^(?:{names})\b(?=\s*:)")
    ]
    return tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in (*strong, *weak))


@cache
def _by_themselves() -> Named:
    """The names of each role without anything around them."""
    every = [*_STRONG.items(), *_WEAK.items()]
    return tuple((role, re.compile(rf"(?:{names})(?: {_STATED})?", re.IGNORECASE)) for role, names in every)


def by_role(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """ "the abstract", "in the results", "Discussion: …"; nothing where no document has such a section."""
    if not _ANY.search(question):
        return
    for role, pattern in _in_questions():
        for match in pattern.finditer(question):
            if spans := role_spans(role, outlines):
                yield Part(role, *match.span(), spans=spans)


def role_called(name: str, outlines: Sequence[Outline]) -> tuple[str, tuple[Span, ...]] | None:
    """The role that is called so, and where it is played; None if the name is no role's or no document has it."""
    for role, pattern in _by_themselves():
        if pattern.fullmatch(name) and (spans := role_spans(role, outlines)):
            return role, spans
    return None
