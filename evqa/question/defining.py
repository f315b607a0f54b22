"""Sentences that say what a term means.

Told by how they are put, as definitional question answering has it: "T is a …", "T refers to …", "… known as T".
Hearst, Automatic Acquisition of Hyponyms from Large Text Corpora, COLING 1992; Xu, Licuanan and Weischedel, TREC 2003
QA at BBN: Answering Definitional Questions.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from evqa.model import Abbreviation
from evqa.question.definitions import asked_term, forms_of

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
# "Are nanosized, membrane-enclosed vesicles released by": words without a preposition up to a plural that is told of.
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
    """What a sentence looks like that says what a term means: for certain, or perhaps.

    `named`: what the term itself looks like; None where what is asked may be more than the meaning of a word.
    """

    plainly: re.Pattern[str]
    loosely: re.Pattern[str]
    named: re.Pattern[str] | None

    def grade(self, text: str) -> float:
        """1 where the text says what the term means, a half where it may, 0 where it doesn't."""
        return 1.0 if self.plainly.search(text) else 0.5 if self.loosely.search(text) else 0.0

    def leaves_open(self, text: str) -> bool:
        """Whether the text uses the term without a word on what it means."""
        return self.named is not None and self.named.search(text) is not None and not self.grade(text)


def find_defining(content: str, pairs: Sequence[Abbreviation]) -> Defining | None:
    """Of sentences on the term that a question asks the meaning of, in either number, or on what abbreviates it or what
    it abbreviates; None if it asks no such thing."""
    term = asked_term(content)
    return _defining(term, pairs, f"the {term}" in content) if term else None


def _defining(term: str, pairs: Sequence[Abbreviation], is_definite: bool) -> Defining:
    bare = re.sub(r"^(?:an?|the)\s+|\s*\([^()]*\)|[()]", "", term) or term
    named = rf"(?:{'|'.join(map(_inflected, (bare, *forms_of(bare, pairs))))})"
    subject = rf"{_SUBJECT}{named}{_BETWEEN}"
    told = rf"\b{_NAMED}{_QUOTE}{named}{_ENDED}|\brefers? to (?:an?\s+|the\s+)?{named}\s+as\b"
    used = rf"{_USED}{_QUOTE}{named}{_QUOTE}\s+(?:to\s+(?:refer|mean|signify|denote|describe|indicate)|in the sense)\b"
    plainly = rf"{subject}(?:{_KIND}|{_PLURAL})|{told}|{used}"
    beside = rf"^{named}{_ASIDE},\s+(?:an?|the|one of)\s|\b{named}{_ASIDE},\s+(?:{_WHICH}|{_AT_END})"
    loosely = rf"{subject}{_LOOSE}|{beside}|{_SORTED}\b{named}\b"
    if sum(map(str.isupper, bare)) > 1:
        # An abbreviation is spelled out in brackets, or stands in them, or is an entry of a list of abbreviations.
        loosely += rf"|\b{named}\s*(?:[=:]|\([A-Za-z][a-z-]{{3,}}[ )])|\(\s*{named}\s*[);,]"
        loosely += rf"|\b{named},\s+[^,;.]{{3,60}}(?:;|\.$|$)"
    # "The sample size" is one that there is, "the Warburg effect" a name.
    is_fact = _NO_TERM.search(bare) or (is_definite and not bare[0].isupper())
    word = None if is_fact else re.compile(rf"\b{named}\b", re.IGNORECASE)
    return Defining(re.compile(plainly, re.IGNORECASE), re.compile(loosely, re.IGNORECASE), word)


def _inflected(term: str) -> str:
    """A pattern for a term in either number, whatever parts its words."""
    *first, last = re.split(r"[\s-]+", term.strip())
    stem = re.sub(r"(?<=\w\w)ies$", "y", last)
    stem = re.sub(r"(?:(?<=[^su])s|(?<=[sxzh])es)$", "", stem)
    ending = rf"{re.escape(stem[:-1])}(?:y|ies)" if stem.endswith("y") else rf"{re.escape(stem)}(?:e?s)?"
    return r"[\s-]+".join((*map(re.escape, first), ending))
