"""Questions that ask what an abbreviation stands for, and sentences that say it."""

import re
from collections.abc import Sequence

from evqa.language.words import squeeze
from evqa.memo import remembered
from evqa.model import Abbreviation

_NAMED = r"(?:(?:the\s+)?(?:letters?|initials|abbreviations?|acronyms?|short forms?|terms?)\s+)?[\"“‘']?"
_ASKS = re.compile(
    r"^\s*(?:what (?:do|does|did|is|are)\s+(?:[\w ]{1,30}\s)?(?:mean|meant|understand|understood) by\s+"
    r"(?:an?\s+|the\s+)?"
    r"|what(?:['’]s|(?:\s+exactly|\s+precisely)?\s+(?:is|are)(?:\s+exactly)?)\s+(?:meant by\s+|an?\s+|the\s+)?"
    r"|define\s+|(?:the\s+)?(?:definition|full (?:form|name)|long form|expansion) of\s+|(?:the\s+)?meaning of\s+"
    r"|(?:spell|write) out\s+|expand\s+|how (?:is|are|do (?:they|the authors) (?:define|spell(?: out)?))\s+"
    rf"|what (?:does|do|did|stands)\s+)?{_NAMED}(?P<term>[^?.,;:\"”]{{2,60}}?)[\"”’']?"
    r"(?P<verb>\s+(?:(?:actually\s+)?(?:means?|stands? for|refers? to|abbreviates?|denotes?|signif(?:y|ies)|for)"
    r"(?: what)?"
    r"|(?:is |are )?(?:short|an? (?:abbreviation|acronym)) (?:for|of)(?: what)?"
    r"|(?:is |are )?(?:(?:spelled|spelt|written) out|abbreviated|defined)"
    r"|meaning|definition))?"
    r"(?:\s+(?:here|in (?:this|the) (?:review|paper|article|text)))?\s*[?.,]?\s*$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\s*(?:what|define|the |meaning|definition|full|long|spell|write out|expand|expansion|how do)", re.IGNORECASE
)
# What something does is another question than what it means.
_DOES = re.compile(r"^\s*what (?:does|do|did)\b(?!.*\bby\b)", re.IGNORECASE)
_OF = re.compile(
    r"^(?:the )?(?:definition|full form|full name|long form|meaning|abbreviation|acronym) (?:of|for)?\s*", re.IGNORECASE
)
_LONGEST = 5


def asked_term(content: str) -> str | None:
    """The term that a question asks the meaning of; None if it asks no such thing."""
    match = _ASKS.match(content)
    is_asked = match is not None and bool(match["verb"] or (_LEADING.match(content) and not _DOES.match(content)))
    term = _OF.sub("", match["term"].strip()) if match and is_asked else ""
    return term if term and len(term.split()) <= _LONGEST else None


def find_spelling(content: str, pairs: Sequence[Abbreviation]) -> re.Pattern[str] | None:
    """What a sentence looks like that gives both forms of the abbreviation asked about; None if it isn't one."""
    term = asked_term(content)
    found = _pairs_of(term, pairs) if term else []
    forms = [(re.escape(pair.long.removesuffix("s")), re.escape(pair.short.removesuffix("s"))) for pair in found]
    both = [rf"{long}s?\W{{1,3}}{short}s?\b|\b{short}s?\W{{1,3}}{long}" for long, short in forms]
    return re.compile("|".join(both), re.IGNORECASE) if both else None


def forms_of(term: str, pairs: Sequence[Abbreviation]) -> list[str]:
    """The other forms of a term, its abbreviations or what it is one of, each once."""
    forms = [form for pair in _pairs_of(term, pairs) for form in (pair.short, pair.long)]
    return [form for form in dict.fromkeys(forms) if _singular(form) != _singular(term)]


def _pairs_of(term: str, pairs: Sequence[Abbreviation]) -> list[Abbreviation]:
    """The abbreviations of which the term is one of the forms, in either number."""
    return _by_form(pairs).get(_singular(term), [])


@remembered
def _by_form(pairs: Sequence[Abbreviation]) -> dict[str, list[Abbreviation]]:
    """The abbreviations by either form in the singular."""
    found: dict[str, list[Abbreviation]] = {}
    for pair in pairs:
        for form in {_singular(pair.short), _singular(pair.long)}:
            found.setdefault(form, []).append(pair)
    return found


def _singular(form: str) -> str:
    return squeeze(form).removesuffix("s")
