"""Find parts named by their titles in phrases: after a preposition ("in the case description") or set apart.

A phrase is set apart by a colon or dash after it, by brackets around it, or by a comma, dash or question mark before
it. It names a part if a title of the documents says so.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evqa.corpus.corpus import Span
from evqa.language.wordings import ABOUT, ACCORDING, ASKING, HELPING, IN, OF_ANYTHING, OF_TEXT, PIECE, SAY, THE
from evqa.language.words import meaningful
from evqa.model import Outline
from evqa.question.scope.headings import Titled, headed, is_title, is_within
from evqa.question.scope.part import NamedPart
from evqa.question.scope.roles import role_called

_NOUN = rf"(?:{OF_TEXT}|{OF_ANYTHING})"
_DETERMINER = rf"(?:{THE})"
_LEADS = rf"(?:{IN}|{ACCORDING}|see|by|consult|look(?:ing)? (?:at|in|into))"
_LED = re.compile(rf"\b{_LEADS}\s+(?P<the>{_DETERMINER}?)(?=(?P<rest>[^,:;?.()–—]{{3,160}}))", re.IGNORECASE)
_STOP = (
    rf"(?=\s*(?:$|[,:;?.()–—]|-\s|\b(?:{ASKING}|{HELPING})\b"
    r"|of (?:the|this) (?:review|paper|article|text)\b))"
)
_NOUN_LAST = re.compile(rf"(?P<name>(?:[^\s]+\s+){{1,7}}?){_NOUN}\b{_STOP}", re.IGNORECASE)
_NOUN_FIRST = re.compile(rf"(?P<noun>{_NOUN})\s+(?P<link>{ABOUT}|of|for)\s+(?:the\s+)?(?P<name>.+)", re.IGNORECASE)
_ENDS_IN_NOUN = re.compile(rf"(?P<name>.+?)\s+{_NOUN}", re.IGNORECASE)
# "The part of the lung" is no part of a text, "the overview of the lung" may be one.
_PHYSICAL = re.compile(rf"(?:{PIECE}|parts?|bits?|box|panel|points?|lists?)", re.IGNORECASE)
_NOT_ASKING = rf"(?!(?:{ASKING}|{HELPING})\b)"
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
_SAYS = rf"(?:{SAY}|advise|specify|require)"
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
    """The offsets of a phrase, and the part that it names."""

    start: int
    end: int
    titled: Titled


def by_phrase(question: str, outlines: Sequence[Outline]) -> Iterable[NamedPart]:
    """The parts named by phrases; first those set apart."""
    finders = (_set_apart, _where, _saying, _led)
    for phrase in (phrase for finder in finders for phrase in finder(question, outlines)):
        yield NamedPart(phrase.titled[0], phrase.start, phrase.end, spans=phrase.titled[1])


def _set_apart(question: str, outlines: Sequence[Outline]) -> Iterator[_Phrase]:
    for pattern in _SET_APART:
        for match in pattern.finditer(question):
            if titled := called(_TO_LOOK.sub("", match["name"]).strip(" \"”’'"), outlines):
                yield _Phrase(*match.span(), titled)


def called(name: str, outlines: Sequence[Outline]) -> Titled | None:
    """The part of that name; for "Results, adverse events" the inner one. None if no part has the name."""
    named = [_called(each.strip(), outlines) for each in re.split(r"\s*[,>/–—]\s*", name)]
    found = [each for each in named if each]
    return min(found, key=lambda each: _length(each[1])) if found and len(found) == len(named) else None


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _called(name: str, outlines: Sequence[Outline]) -> Titled | None:
    """The part named by a role, by a title with a noun such as "section", or by a title alone."""
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
    """ "What do the exclusion criteria say …": a name of several words with a verb of saying."""
    for match in (match for pattern in _SAYING for match in pattern.finditer(question)):
        # In "the section on dosing", dosing stays the topic of the question.
        is_plain = " " in match["name"] and not _NOUN_FIRST.fullmatch(match["name"])
        if is_plain and (titled := _called(match["name"], outlines)):
            yield _Phrase(*match.span("name"), titled)


def _led(question: str, outlines: Sequence[Outline]) -> Iterator[_Phrase]:
    """Names after a preposition: with a noun such as "section", or nearly a title."""
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
    """A name without a noun: a role after "under", elsewhere nearly a whole title."""
    if _UNDER.match(match[0]) and (role := role_called(match["rest"].strip(), outlines)):
        return role
    return headed(match["rest"], outlines, is_title) if _is_set_off(question, match) else None


def _is_set_off(question: str, match: re.Match[str]) -> bool:
    """Whether a phrase without a noun may be a title: it opens the question or has "the", and has several words."""
    initial = _INITIAL.search(question[: match.start()]) is not None
    return (initial or bool(match["the"])) and (
        len(meaningful(match["rest"])) >= _SEVERAL or (initial and not match["the"])
    )
