"""Find the sections that a question names by number, by order or by title."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from evqa.corpus.corpus import Span
from evqa.derived import derived
from evqa.language.wordings import (
    ABOUT,
    CARDINALS,
    IN,
    LEAD,
    MIDDLE,
    NOT_OF_ELSE,
    OF_TEXT,
    ORDINAL,
    ORDINALS,
    ROMAN,
    UNIT,
)
from evqa.language.words import Contained
from evqa.model import Outline, Section
from evqa.question.scope.headings import headed, shares_half
from evqa.question.scope.part import NamedPart, spans_of
from evqa.question.scope.roles import body


def by_number(question: str, outlines: Sequence[Outline]) -> Iterable[NamedPart]:
    """ "section 3", "section 2.1", "the third section", "chapter two"."""
    pattern = (
        rf"{LEAD}(?:the\s+)?(?:\b(?:section|sect\.|sec\.|chapter)|§)\s*(?:no\.?\s*|number\s+)?"
        rf"(?P<numeral>\d+(?:\.\d+)*|{'|'.join((*CARDINALS, *ROMAN))})\b(?!\s*{UNIT})"
    )
    for match in re.finditer(pattern, question, re.IGNORECASE):
        wanted = match["numeral"].lower()
        yield of_number(str(CARDINALS.get(wanted) or ROMAN.get(wanted) or wanted), match.span(), outlines)
    for match in re.finditer(rf"{LEAD}the\s+({ORDINAL})\s+(?:section|chapter)\b{NOT_OF_ELSE}", question, re.IGNORECASE):
        place = ORDINALS[match[1].lower()]
        spans = tuple(span for o in outlines for span in spans_of(o, body(o)[place - 1 : place]))
        problem = None if spans else f"there is no {match[1]} section"
        yield NamedPart(f"{match[1]} section", *match.span(), spans=spans, problem=problem)


def of_number(number: str, where: tuple[int, int], outlines: Sequence[Outline]) -> NamedPart:
    spans = _numbered(outlines)(number)
    if spans:
        return NamedPart(f"section {number}", *where, spans=spans)
    have = ", ".join(s.number for o in outlines for s in o.sections if s.number and "." not in s.number)
    problem = f"there is no section {number} here" + (f": the sections are {have}" if have else "")
    return NamedPart(f"section {number}", *where, problem=problem)


@derived
def _numbered(outlines: Sequence[Outline]) -> Callable[[str], tuple[Span, ...]]:
    """The function from a number to the sections that have it, with its results kept."""

    @lru_cache(maxsize=256)
    def spans(number: str) -> tuple[Span, ...]:
        return tuple(span for outline in outlines for span in spans_of(outline, _of_number(outline, number)))

    return spans


def _of_number(outline: Outline, number: str) -> tuple[Section, ...]:
    """The sections of that number, printed as 3 or III. Unnumbered sections are counted."""
    if number.isdigit() and not any(section.number for section in outline.sections):
        return body(outline)[: int(number)][int(number) - 1 :] if int(number) else ()
    printed = {number, *(roman for roman, arabic in ROMAN.items() if str(arabic) == number)}
    return tuple(s for s in outline.sections if s.number and s.number.lower().rstrip(".") in printed)


_TITLED = re.compile(
    rf"{LEAD}the\s+{OF_TEXT}\s+{ABOUT}\s+(?P<after>[^,:?]+)"
    rf"|{LEAD}the\s+heading\s+(?P<heading>[^,:?]+)"
    rf"|{LEAD}the\s+(?P<before>{MIDDLE}{{1,6}}){OF_TEXT}\b",
    re.IGNORECASE,
)


def by_title(question: str, outlines: Sequence[Outline]) -> Iterable[NamedPart]:
    """ "the section on dosing", "the dosing section", "under the heading Dosing", in “Dosing and timing”."""
    for match in _TITLED.finditer(question):
        if titled := headed(match["after"] or match["heading"] or match["before"], outlines, shares_half):
            end = match.start("after") if match["after"] else match.end()
            yield NamedPart(titled[0], match.start(), end, spans=titled[1])
    if _QUOTED.search(question):
        titles, sections = _titles(outlines)
        for place in titles.places(question.lower()):
            yield from _quoted(question, *sections[place])


@derived
def _titles(outlines: Sequence[Outline]) -> tuple[Contained, list[tuple[Outline, Section]]]:
    """The titles of all sections in lower case, and the sections."""
    sections = [(outline, section) for outline in outlines for section in outline.sections]
    return Contained(section.title.lower() for _, section in sections), sections


_IN = rf"\b(?:{IN}|of)\s+"
_QUOTE = "[\"“‘']"
# A single word may be quoted without being a title.
_BEFORE_WORD = re.compile(rf"{_IN}{_QUOTE}$", re.IGNORECASE)
_BEFORE_TITLE = re.compile(rf"(?:{_IN})?{_QUOTE}$|\bunder\s+$", re.IGNORECASE)


# Without quotes or "under" no title can be meant.
_QUOTED = re.compile(rf"{_QUOTE}|\bunder\s", re.IGNORECASE)


def _quoted(question: str, outline: Outline, section: Section) -> Iterable[NamedPart]:
    """ "in “Dosing and timing”", "under Dosing and timing"; one word needs the quotes and a preposition."""
    title = re.search(re.escape(section.title), question, re.IGNORECASE)
    lead = (
        (_BEFORE_TITLE if " " in section.title else _BEFORE_WORD).search(question[: title.start()]) if title else None
    )
    if title and lead:
        end = title.end()
        is_closed = question[end : end + 1] in ('"', "”", "’", "'")
        yield NamedPart(section.title, lead.start(), end + is_closed, spans_of(outline, (section,)))
