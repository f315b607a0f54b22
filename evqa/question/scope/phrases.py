"""Phrases that name a part by its title: led ("in the case description", "per the dosing overview") or set apart.

A phrase is set apart by a colon or dash behind it, by brackets around it, or by a comma, dash or question mark before
it. Whether it names a part is decided by the documents' own titles.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evqa.corpus.corpus import Span
from evqa.language.part_words import ABOUT, OF_ANYTHING, OF_TEXT
from evqa.language.stems import meaningful
from evqa.model import Outline
from evqa.question.scope.headings import Titled, headed, is_title, is_within
from evqa.question.scope.part import Part
from evqa.question.scope.role_names import role_called

_NOUN = rf"(?:{OF_TEXT}|{OF_ANYTHING})"
_DETERMINER = r"(?:(?:the|this|its|their|that)\s+(?:(?:authors?|reviews?|papers?|articles?)['’]s?\s+)?(?:own\s+)?)"
_LEADS = (
    r"(?:in|within|under|from|per|see|by|(?:going|judging|to go) by|according to|based on|consult"
    r"|look(?:ing)? (?:at|in|into)|as (?:told|stated|said|given|described|listed|reported) (?:in|under|by))"
)
_LED = re.compile(rf"\b{_LEADS}\s+(?P<the>{_DETERMINER}?)(?=(?P<rest>[^,:;?.()–—]{{3,160}}))", re.IGNORECASE)
_STOP = (
    r"(?=\s*(?:$|[,:;?.()–—]|-\s|\b(?:which|what|how|who|whose|why|when|where|is|are|was|were|does|do|did|has|have|can)\b"
    r"|of (?:the|this) (?:review|paper|article|text)\b))"
)
_NOUN_LAST = re.compile(rf"(?P<name>(?:[^\s]+\s+){{1,7}}?){_NOUN}\b{_STOP}", re.IGNORECASE)
_NOUN_FIRST = re.compile(rf"(?P<noun>{_NOUN})\s+(?P<link>{ABOUT}|of|for)\s+(?:the\s+)?(?P<name>.+)", re.IGNORECASE)
_ENDS_IN_NOUN = re.compile(rf"(?P<name>.+?)\s+{_NOUN}", re.IGNORECASE)
# "The part of the lung" is no part of a text, "the overview of the lung" may be one.
_PHYSICAL = re.compile(
    r"(?:parts?|bits?|portions?|segments?|blocks?|box|panel|stretch|pieces?|lines?|points?|lists?)", re.IGNORECASE
)
_NOT_ASKING = r"(?!(?:what|which|how|who|whose|when|where|why|is|are|do|does|did|was|were|can|has|have)\b)"
_SET_APART = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{_NOT_ASKING}(?P<name>[^:?]{{3,80}}):\s",
        rf"^{_NOT_ASKING}(?P<name>[^,:?]{{3,80}}),\s",
        rf"^{_NOT_ASKING}(?P<name>[^?]{{3,80}}?)\s[–—-]\s",
        r"\((?P<name>[^()]{3,80})\)",
        r"(?:[,–—:]|\s-)\s+(?P<name>[^,:–—?()]{3,80}?)\s*(?:,?\s*please)?[?.\s]*$",
        r"\?\s+(?P<name>[^?]{3,80}?)\s*(?:,?\s*please)?[?.\s]*$",
    )
)
_SAYS = r"(?:say|state|mention|report|list|tell|advise|conclude|give|describe|recommend|claim|explain|specify|require)"
# "What do the exclusion criteria say …", "Exclusion criteria say what …"
_SAYING = (
    re.compile(rf"\b(?:do|does|did)\s+(?:the|its)\s+(?P<name>[^,:?]{{3,60}}?)(?=\s+{_SAYS}\b)", re.IGNORECASE),
    re.compile(rf"^(?:the\s+)?(?P<name>[^,:?]{{3,60}}?)(?=\s+{_SAYS}s?\s+(?:what|which|who|how)\b)", re.IGNORECASE),
)
_TO_LOOK = re.compile(
    rf"^(?:(?:please|just)\s+)?(?:(?:see|cf\.?|check|consult|look (?:at|in|into))\s+)?(?:{_LEADS}\s+)?{_DETERMINER}?"
    r"(?:heading\s+)?[\"“‘']?",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"^where\s+(?P<name>[^,:?]{3,80}?)\s+(?:is|are)\s+(?:being\s+)?"
    r"(?:discussed|described|dealt with|treated|explained|covered|reviewed|considered|addressed)\b\s*[,:]?",
    re.IGNORECASE,
)
_UNDER = re.compile(r"(?:see|(?:as \w+ )?under)\s", re.IGNORECASE)
_SEVERAL = 2
_INITIAL = re.compile(r"(?:^|[,;:?(–—]\s*)$")


@dataclass(frozen=True)
class _Phrase:
    """Where a phrase stands, and the part that it names."""

    start: int
    end: int
    titled: Titled


def by_phrase(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """The parts named by phrases, those set apart first."""
    finders = (_set_apart, _where, _saying, _led)
    for phrase in (phrase for finder in finders for phrase in finder(question, outlines)):
        yield Part(phrase.titled[0], phrase.start, phrase.end, spans=phrase.titled[1])


def _set_apart(question: str, outlines: Sequence[Outline]) -> Iterator[_Phrase]:
    for pattern in _SET_APART:
        for match in pattern.finditer(question):
            if titled := called(_TO_LOOK.sub("", match["name"]).strip(" \"”’'"), outlines):
                yield _Phrase(*match.span(), titled)


def called(name: str, outlines: Sequence[Outline]) -> Titled | None:
    """The part of which this is the name; of "Results, adverse events" the inner one. None if it is no part's."""
    named = [_called(each.strip(), outlines) for each in re.split(r"\s*[,>/–—]\s*", name)]
    found = [each for each in named if each]
    return min(found, key=lambda each: _length(each[1])) if found and len(found) == len(named) else None


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _called(name: str, outlines: Sequence[Outline]) -> Titled | None:
    """A role, a title with a noun such as "section" before or behind it, or a title alone."""
    if role := role_called(name, outlines):
        return role
    if first := _NOUN_FIRST.fullmatch(name):
        return _noun_first(first, outlines)
    last = _ENDS_IN_NOUN.fullmatch(name)
    return (headed(last["name"], outlines, is_within) if last else None) or headed(name, outlines, is_title)


def _noun_first(match: re.Match[str], outlines: Sequence[Outline]) -> Titled | None:
    is_loose = match["link"].lower() in ("of", "for") and not re.fullmatch(OF_TEXT, match["noun"], re.IGNORECASE)
    if match["link"].lower() in ("of", "for") and _PHYSICAL.fullmatch(match["noun"]):
        return None
    if is_loose and len(meaningful(match["name"])) < _SEVERAL:
        return None
    return headed(match["name"], outlines, is_within)


def _where(question: str, outlines: Sequence[Outline]) -> Iterator[_Phrase]:
    """ "Where dosing is discussed: …"."""
    match = _WHERE.match(question)
    if match and (titled := headed(match["name"], outlines, is_within)):
        yield _Phrase(*match.span(), titled)


def _saying(question: str, outlines: Sequence[Outline]) -> Iterator[_Phrase]:
    """What says something, where its name has several words."""
    for match in (match for pattern in _SAYING for match in pattern.finditer(question)):
        # What a section is on stays a topic of the question.
        is_plain = " " in match["name"] and not _NOUN_FIRST.fullmatch(match["name"])
        if is_plain and (titled := _called(match["name"], outlines)):
            yield _Phrase(*match.span("name"), titled)


def _led(question: str, outlines: Sequence[Outline]) -> Iterator[_Phrase]:
    """Behind a preposition: with a noun such as "section", or all but a title, of one word only where it is set off."""
    for match in _LED.finditer(question):
        rest, at = match["rest"], match.end()
        last, first = _NOUN_LAST.match(rest), _NOUN_FIRST.match(rest)
        if last and (titled := _called(last[0].strip(), outlines)):
            yield _Phrase(match.start(), at + last.end(), titled)
        elif first and match["the"] and (titled := _noun_first(first, outlines)):
            yield _Phrase(match.start(), at + first.start("name"), titled)
        elif titled := _alone(question, match, outlines):
            yield _Phrase(match.start(), at + len(rest.rstrip()), titled)


def _alone(question: str, match: re.Match[str], outlines: Sequence[Outline]) -> Titled | None:
    """A title without a noun: a role's behind "under", all but a whole one elsewhere."""
    if _UNDER.match(match[0]) and (role := role_called(match["rest"].strip(), outlines)):
        return role
    return headed(match["rest"], outlines, is_title) if _is_set_off(question, match) else None


def _is_set_off(question: str, match: re.Match[str]) -> bool:
    """Whether a phrase without a noun may be a title: opening the question or with "the", and of several words."""
    initial = _INITIAL.search(question[: match.start()]) is not None
    return (initial or bool(match["the"])) and (
        len(meaningful(match["rest"])) >= _SEVERAL or (initial and not match["the"])
    )
