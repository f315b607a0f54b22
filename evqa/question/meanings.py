"""Recognise questions for the meaning of a term or abbreviation, and sentences that give it.

A sentence is recognised by its form, as in definitional question answering: "T is a …", "T refers to …",
"… known as T". Hearst, Automatic Acquisition of Hyponyms from Large Text Corpora, COLING 1992; Xu, Licuanan and
Weischedel, TREC 2003 QA at BBN: Answering Definitional Questions.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from evqa.language.expansion import Abbreviations

_FORM_OF = r"(?:(?:the\s+)?(?:letters?|initials|abbreviations?|acronyms?|short forms?|terms?)\s+)?[\"“‘']?"
_ASKS = re.compile(
    r"^\s*(?:what (?:do|does|did|is|are)\s+(?:[\w ]{1,30}\s)?(?:mean|meant|understand|understood) by\s+"
    r"(?:an?\s+|the\s+)?"
    r"|what(?:['’]s|(?:\s+exactly|\s+precisely)?\s+(?:is|are)(?:\s+exactly)?)\s+(?:meant by\s+|an?\s+|the\s+)?"
    r"|define\s+|(?:the\s+)?(?:definition|full (?:form|name)|long form|expansion) of\s+|(?:the\s+)?meaning of\s+"
    r"|(?:spell|write) out\s+|expand\s+|how (?:is|are|do (?:they|the authors) (?:define|spell(?: out)?))\s+"
    rf"|what (?:does|do|did|stands)\s+)?{_FORM_OF}(?P<term>[^?.,;:\"”]{{2,60}}?)[\"”’']?"
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
# "What does yeast do?" doesn't ask for a meaning.
_DOES = re.compile(r"^\s*what (?:does|do|did)\b(?!.*\bby\b)", re.IGNORECASE)
_OF = re.compile(
    r"^(?:the )?(?:definition|full form|full name|long form|meaning|abbreviation|acronym) (?:of|for)?\s*", re.IGNORECASE
)
_LONGEST = 5


def asked_term(content: str) -> str | None:
    """The term whose meaning is asked for; None if none is."""
    match = _ASKS.match(content)
    is_asked = match is not None and bool(match["verb"] or (_LEADING.match(content) and not _DOES.match(content)))
    term = _OF.sub("", match["term"].strip()) if match and is_asked else ""
    return term if term and len(term.split()) <= _LONGEST else None


def find_spelling(content: str, abbreviations: Abbreviations) -> re.Pattern[str] | None:
    """A pattern for sentences that give both forms of the abbreviation asked about; None if none is asked about."""
    term = asked_term(content)
    pairs = abbreviations.of_term(term) if term else []
    forms = [(re.escape(pair.long.removesuffix("s")), re.escape(pair.short.removesuffix("s"))) for pair in pairs]
    both = [rf"{long}s?\W{{1,3}}{short}s?\b|\b{short}s?\W{{1,3}}{long}" for long, short in forms]
    return re.compile("|".join(both), re.IGNORECASE) if both else None


_QUOTE = "[\"“”‘’']?"
_ASIDE = r"(?:\s*\([^()]{1,80}\)|\s*\[[^\[\]]{1,40}\])*"
_SUBJECT = rf"(?:^|[.;:]\s+)(?:[^.;:,]{{1,60}},\s+)?(?:(?:the|an?|all|this|these)\s+)?(?:term\s+)?{_QUOTE}"
_ALIAS = r"(?:,?\s+also (?:known|called|named|referred to|termed)\b[^,.;]{1,60}?,?)?"
_BETWEEN = rf"{_QUOTE}{_ASIDE}(?:,[^,]{{1,80}},)?{_ALIAS}\s+(?:(?:\w+ly|often|also|still|thus|in general)\s+){{0,2}}"
_ONE_OF_MANY = r"(?!\s+(?:only|most|best|first|main|same|major|next|\w+est)\b)"
_KIND = (
    r"(?:(?:is|are|can be|may be|has been|have been)\s+(?:\w+ly\s+|also\s+|often\s+)?"
    rf"(?:an?|one of|any|the{_ONE_OF_MANY}|defined|described|characteri[sz]ed|known|considered|regarded|called|termed"
    r"|composed|made up)\b|(?:was|were)\s+(?:first\s+|originally\s+)?(?:defined|described|called|termed|known)\b"
    r"|(?:refer(?:s|red)? to|means?|denotes?|stands? for|consists? of|comprises?|constitutes?|represents?|describes?"
    r"|signif(?:y|ies)|ha(?:s|ve) emerged as)\b)"
)
# "Are nanosized, membrane-enclosed vesicles released by": words without a preposition up to a plural that is described.
_PLAIN = r"(?!(?:more|less|most|as|not|no|in|of|to|for|by|with|at|on|than|very|so|too|the|and)\b)[\w–-]+,?"
_PLURAL = rf"are\s+(?:{_PLAIN}\s+){{0,5}}?[\w–-]+s\s+(?:that|which|who|of|from|with|\w+ed|\w+ing|found|made)\b"
_NAMED = (
    r"(?:(?:known|defined|denoted|designated|referred to|abbreviated)\s+(?:\w+ly\s+)?as"
    r"|termed|called|named|so-called|definition of|notion of|meaning of)\s+(?:an?\s+|the\s+)?"
)
# "Known as T", but not "known as T cells".
_ENDED = (
    r"(?=[\s\"”’']*(?:[,.;:()\[\]–—]|$|(?:and|or|in|of|is|are|that|which|who|for|by|with|when|where|if|because|due)\b))"
)
_SORTED = (
    r"\b(?:classified|categori[sz]ed|grouped|divided|distinguished)\s+(?:as|into)\s+"
    r"(?:(?!\b(?:of|in|for|with|by|their)\b)[^.;]){0,60}"
)
_WHICH = r"(?:an?|the)\s+(?:[\w–-]+\s+){1,4}(?:(?:in|by|of|through)\s+which|that|which|where|whereby|who)\b"
_AT_END = r"an?\s+[^,;.]{5,80}\.$"
_USED = r"\b(?:use[sd]?|using|employ(?:s|ed)?)\s+(?:the\s+)?(?:terms?\s+|words?\s+)?"
_LOOSE = r"(?:(?:is|are) the|belongs? to|involv(?:es?|ed)|includ(?:es?|ed)|encompass(?:es)?)\b"
# "The prevalence of acne" is asked for as a fact, not as a word.
_NO_TERM = re.compile(
    r"\b(?:of|in|for|on|with|to|by|from|at|as|between|among|after|before|during|than|that|which|who|and|or|not|most|best|main)\b"
    r"|^(?:this|these|that|their|its|his|her|any|some)\b|^(?:\w+ed|new|different|unclear|special|true|wrong|next|left)$",
    re.IGNORECASE,
)


class Defining(NamedTuple):
    """Patterns for sentences that explain a term, plainly or perhaps.

    `named` matches the term itself. It is None where the question may ask for more than the meaning of a word.
    """

    plainly: re.Pattern[str]
    loosely: re.Pattern[str]
    named: re.Pattern[str] | None

    def grade(self, text: str) -> float:
        """1.0 if the text plainly explains the term, 0.5 if it may, 0.0 if it doesn't."""
        return 1.0 if self.plainly.search(text) else 0.5 if self.loosely.search(text) else 0.0

    def leaves_open(self, text: str) -> bool:
        """Whether the text uses the term without explaining it."""
        return self.named is not None and self.named.search(text) is not None and not self.grade(text)


def find_defining(content: str, abbreviations: Abbreviations) -> Defining | None:
    """Patterns for the term whose meaning is asked for, in either number, or its other forms; None if none is."""
    term = asked_term(content)
    return _defining(term, abbreviations.other_forms, f"the {term}" in content) if term else None


def _defining(term: str, other_forms: Callable[[str], list[str]], is_definite: bool) -> Defining:
    bare = re.sub(r"^(?:an?|the)\s+|\s*\([^()]*\)|[()]", "", term) or term
    named = rf"(?:{'|'.join(map(_inflected, (bare, *other_forms(bare))))})"
    subject = rf"{_SUBJECT}{named}{_BETWEEN}"
    told = rf"\b{_NAMED}{_QUOTE}{named}{_ENDED}|\brefers? to (?:an?\s+|the\s+)?{named}\s+as\b"
    used = rf"{_USED}{_QUOTE}{named}{_QUOTE}\s+(?:to\s+(?:refer|mean|signify|denote|describe|indicate)|in the sense)\b"
    plainly = rf"{subject}(?:{_KIND}|{_PLURAL})|{told}|{used}"
    beside = rf"^{named}{_ASIDE},\s+(?:an?|the|one of)\s|\b{named}{_ASIDE},\s+(?:{_WHICH}|{_AT_END})"
    loosely = rf"{subject}{_LOOSE}|{beside}|{_SORTED}\b{named}\b"
    if sum(map(str.isupper, bare)) > 1:
        # An abbreviation is followed by its long form in brackets, stands in brackets, or is an entry of a list.
        loosely += rf"|\b{named}\s*(?:[=:]|\([A-Za-z][a-z-]{{3,}}[ )])|\(\s*{named}\s*[);,]"
        loosely += rf"|\b{named},\s+[^,;.]{{3,60}}(?:;|\.$|$)"
    # "The sample size" asks for a fact, "the Warburg effect" is a name.
    is_fact = _NO_TERM.search(bare) or (is_definite and not bare[0].isupper())
    word = None if is_fact else re.compile(rf"\b{named}\b", re.IGNORECASE)
    return Defining(re.compile(plainly, re.IGNORECASE), re.compile(loosely, re.IGNORECASE), word)


def _inflected(term: str) -> str:
    """A pattern for a term in singular and plural, with blanks or hyphens between its words."""
    *first, last = re.split(r"[\s-]+", term.strip())
    stem = re.sub(r"(?<=\w\w)ies$", "y", last)
    stem = re.sub(r"(?:(?<=[^su])s|(?<=[sxzh])es)$", "", stem)
    ending = rf"{re.escape(stem[:-1])}(?:y|ies)" if stem.endswith("y") else rf"{re.escape(stem)}(?:e?s)?"
    return r"[\s-]+".join((*map(re.escape, first), ending))
