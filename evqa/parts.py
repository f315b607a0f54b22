"""Which part of a document a question names: the abstract, "Table 2", "the section on dosing", "the closing part".

Words for parts are those of scientific articles at large; what they mean is looked up in the
document's own sections, tables and figures.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evqa.expansion import variants
from evqa.model import Outline, Section
from evqa.numbers import expanded
from evqa.retriever import Span
from evqa.words import words

Position = Literal["first", "last"]

# What a section of this role calls itself in its own heading.
TITLES: dict[str, frozenset[str]] = {
    "abstract": frozenset({"abstract", "summary", "synopsis"}),
    "introduction": frozenset({"introduction", "background"}),
    "methods": frozenset({"method", "methods", "methodology", "materials", "procedures"}),
    "results": frozenset({"results", "findings", "result"}),
    "discussion": frozenset({"discussion"}),
    "conclusion": frozenset({"conclusion", "conclusions", "concluding", "outlook", "perspectives", "summary"}),
    "limitations": frozenset({"limitations", "limitation", "weaknesses"}),
    "funding": frozenset({"funding", "support", "grant", "grants"}),
    "interests": frozenset({"interest", "interests", "competing", "disclosure", "disclosures"}),
    "acknowledgements": frozenset({"acknowledgements", "acknowledgments", "acknowledgement", "acknowledgment"}),
}

_PART = r"(?:section|part|chapter|paragraphs?|passage|bit|pages?)"
_LEAD = (
    r"(?:\b(?:according to|going by|judging by|based on|as per|as stated in|per|in|within|from|under|of|by|at|for)\s+)?"
)
_THE = r"(?:the|this|its|their|that|your)\s+(?:(?:authors?|reviews?|papers?|articles?)(?:['’]s?)?\s+)?"
_PAPER = r"(?:review|paper|article|text|document|publication|manuscript)"
# "The introduction of this review" is a part of a text, "the introduction of starters" is none.
_NOT_OF_ELSE = rf"(?!\s+of\b(?!\s+(?:the|this|their|its|your)\s+(?:{_PAPER}|authors?|study|work)\b))"
# Words between "the" and the noun that it belongs to: no new phrase starts among them.
_MIDDLE = r"(?:(?!(?:the|an?|in|from|within|under|to|by|does|do|is|are)\b)[\w/-]+\s+)"
_UNIT = r"(?:%|°|(?:[mcnµμ]?m|g|mg|h|min|(?:second|minute|hour|day|week|month|year)s?)\b)"

# How questions name a role. The first group of each list stands alone after "the"; words that are
# also everyday words ("results") count only with a preposition or with "section".
_STRONG = {
    "abstract": r"abstract|summary at the (?:top|start|beginning)|opening summary",
    "introduction": r"introduction|introductory " + _PART + r"|intro|opening " + _PART,
    "discussion": r"discussion",
    "conclusion": r"conclusions?|concluding " + _PART + r"|concluding remarks",
    "closing": r"(?:closing|final|last) (?:" + _PART + r"|remarks|words|comments|thoughts|statements?)",
    "limitations": r"limitations? " + _PART,
    "methods": r"method(?:s|ology)? " + _PART,
    "results": r"(?:results?|findings) " + _PART,
    "background": r"background " + _PART,
    "funding": r"funding (?:" + _PART + r"|statement)",
    "interests": r"conflicts? of interests? (?:" + _PART + r"|statement)",
}
_WEAK = {
    "methods": r"methods|methodology|materials and methods",
    "results": r"results|findings",
    "limitations": r"limitations",
    "introduction": r"background",
    "abstract": r"summary",
    "conclusion": r"outlook|(?:future )?perspectives",
}
_ORDINALS = {name: n for n, name in enumerate("first second third fourth fifth sixth seventh eighth ninth".split(), 1)}
_CARDINALS = {name: n for n, name in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_ROMAN = {name: n for n, name in enumerate("i ii iii iv v vi vii viii ix x".split(), 1)}
_SEVERAL = r"(?P<list>\d+(?:\s*(?:,|and|&|or|to|-|–)\s*\d+)+)\b"
_PICTURE = r"figures?|figs?\.?|illustrations?|diagrams?|schemes?|schematics?|drawings?|graphics?|flow ?charts?"
_NUMERAL = r"s?\d+[a-z]?|[ivx]+|" + "|".join(_CARDINALS)
_ORDINAL = "|".join(_ORDINALS) + "|last|only"


@dataclass(frozen=True)
class Part:
    """A part of the corpus that a question names.

    `label`: the table's or figure's ("Table 1"), "Table" or "Figure" when any will do.
    `spans`: where it lies; empty when no document has it, and then `problem` says so.
    """

    name: str
    start: int
    end: int
    spans: tuple[Span, ...] = ()
    labels: tuple[str, ...] = ()
    problem: str | None = None


def find_parts(question: str, outlines: Sequence[Outline]) -> tuple[Part, ...]:
    """Parts named in the question, in order, not overlapping; offsets are into the question."""
    finders: tuple[Callable[[str, Sequence[Outline]], Iterable[Part]], ...] = (
        _several,
        _floats,
        _numbered_sections,
        _titled_sections,
        _roles,
        _headed,
    )
    found: list[Part] = []
    for finder in finders:
        for part in finder(question, outlines):
            if all(part.end <= other.start or part.start >= other.end for other in found):
                found.append(part)
    return tuple(sorted(found, key=lambda part: part.start))


def role_sections(outline: Outline, role: str) -> tuple[Section, ...]:
    """Sections of a document that play the role; "closing" is the conclusion and the last of the body."""
    if role == "closing":
        return tuple(dict.fromkeys((*role_sections(outline, "conclusion"), *_body(outline)[-1:])))
    if role == "background":
        role = "introduction"
    named = _named(outline, role)
    if named or role not in ("introduction", "conclusion"):
        return named
    body = _body(outline)
    return body[:1] if role == "introduction" else body[-1:]


def _named(outline: Outline, role: str) -> tuple[Section, ...]:
    """Sections whose heading names the role; "Summary" up front is an abstract, at the end a conclusion."""
    abstracts = [s for s in outline.sections[:2] if TITLES["abstract"] & set(words(s.title))]
    if role == "abstract":
        return tuple(abstracts[:1])
    return tuple(
        s for s in outline.sections if TITLES.get(role, frozenset()) & set(words(s.title)) and s not in abstracts
    )


def _body(outline: Outline) -> tuple[Section, ...]:
    """Top sections between the abstract and the back matter."""
    top = min((s.level for s in outline.sections), default=1)
    numbered = tuple(s for s in outline.sections if s.number and "." not in s.number)
    return numbered or tuple(s for s in outline.sections if s.level == top and not _is_matter(s))


def _is_matter(section: Section) -> bool:
    """Whether a section is front or back matter rather than body."""
    names = set(words(section.title))
    matter = ("abstract", "funding", "interests", "acknowledgements")
    return any(TITLES[role] & names for role in matter) or bool(names & {"contributions", "references", "availability"})


def _several(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """ "Tables 1 and 2", "figs. 1–3", "sections 3 and 4"."""
    pattern = rf"{_LEAD}(?:the\s+)?\b(?P<noun>tables|figures|figs|sections|chapters)\.?\s*{_SEVERAL}"
    for match in re.finditer(pattern, question, re.IGNORECASE):
        kind = {"t": "Table", "f": "Figure"}.get(match["noun"][0].lower())
        numbers = map(str, expanded(match["list"]))
        each = [
            _labelled(kind, n, match.span(), outlines) if kind else _from_number(n, match.span(), outlines)
            for n in numbers
        ]
        if whole := merged(each):
            yield whole


def _floats(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """Tables and figures: by number, by ordinal, by what they are about, or any."""
    for kind, noun in (("Table", r"tables?|tab\."), ("Figure", _PICTURE)):
        extra = r"(?P<extra>(?:suppl\w*\.?|supporting|extended data)\s+)?"
        numbered = rf"{_LEAD}(?:the\s+)?{extra}\b(?:{noun})\s*(?:no\.?\s*|number\s+)?(?P<numeral>{_NUMERAL})\b"
        ordinal = rf"{_LEAD}(?:the|its)\s+(?P<ordinal>{_ORDINAL})[\s-]+(?:{noun})\b"
        for match in re.finditer(rf"{ordinal}|{numbered}", question, re.IGNORECASE):
            yield _labelled(kind, _number(match), match.span(), outlines)
        for match in re.finditer(_topical(noun), question, re.IGNORECASE):
            yield from _float_by_topic(kind, match, outlines)


def _topical(noun: str) -> str:
    """ "the table on glycaemia", "the glycaemia table", "the table", "which table", "Table: …"; not "table salt"."""
    topic = rf"{_LEAD}(?:the\s+)?\b(?:{noun})\s+(?P<link>on|of|about|for|covering|listing|with)\s+(?P<after>[^,:?.]+)"
    before = rf"{_LEAD}the\s+(?P<before>{_MIDDLE}{{1,5}})(?:{noun})\b"
    any_one = rf"{_LEAD}\b(?:the|a|any|an|its|which|what|review's)\s+(?:{noun})\b(?!\s+of\b)"
    own = r"(?:rows?|columns?|cells?|entr(?:y|ies)|captions?|legends?|(?:foot)?notes?|headers?|shows?|lists?|gives?)\b"
    opening = rf"^(?:{noun})(?=\s*(?:[:,?–-]|$|{own}))"
    return rf"{topic}|{before}|{any_one}|{opening}"


def _labels(kind: str, outline: Outline) -> list[tuple[str, str]]:
    """(label, what it says about itself) of a document's tables or figures."""
    if kind == "Figure":
        return [(figure.label, figure.caption) for figure in outline.figures]
    return [(table.label, " ".join((table.caption, *table.columns))) for table in outline.tables]


def _labelled(kind: str, number: str, where: tuple[int, int], outlines: Sequence[Outline]) -> Part:
    """The table or figure of a number."""
    every = [label for outline in outlines for label, _ in _labels(kind, outline)]
    label = every[-1] if number == "last" and every else f"{kind} {number}"
    if label in every:
        return Part(label, *where, labels=(label,))
    have = ", ".join(dict.fromkeys(every)) or f"no {kind.lower()}"
    return Part(label, *where, problem=f"there is no {label} here: the corpus has {have}")


def _number(match: re.Match[str]) -> str:
    """The number that a table or figure is named by, as its label prints it; "last" stays."""
    ordinal, numeral = (match["ordinal"] or "").lower(), (match["numeral"] or "").lower()
    if ordinal:
        return "last" if ordinal == "last" else str(_ORDINALS.get(ordinal, 1))
    named = _CARDINALS.get(numeral) or _ROMAN.get(numeral)
    number = str(named) if named else numeral.upper() if numeral[0] == "s" else numeral.rstrip("abcdefgh")
    return f"S{number}" if match["extra"] and number.isdigit() else number


def _float_by_topic(kind: str, match: re.Match[str], outlines: Sequence[Outline]) -> Iterable[Part]:
    """The tables or figures that say most of the words; the words stay in the question as content."""
    every = [pair for outline in outlines for pair in _labels(kind, outline)]
    about = stems(match["after"] or match["before"] or "")
    scored = [(len(about & stems(text)), label) for label, text in every]
    best = max((score for score, _ in scored), default=0)
    if not every or (not best and (match["before"] or match["link"] in ("of", "for", "with"))):
        return
    labels = tuple(dict.fromkeys(label for score, label in scored if score == best))
    yield Part(kind if len(labels) > 1 else labels[0], match.start(), _named_end(match), labels=labels)


def _named_end(match: re.Match[str]) -> int:
    """Where the part's name ends: its topic is content too, so only the noun is taken."""
    return match.start("after") if match["after"] else match.end()


def stems(text: str) -> set[str]:
    """Crude stems (five letters) of the words that carry meaning."""
    return {word[:5] for word in words(text) if len(word) > 3 or any(c.isdigit() for c in word)} - _EMPTY


_EMPTY = {"table", "which", "what", "with", "from", "that", "this", "their", "these", "secti", "figur", "about"}


def _numbered_sections(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """ "section 3", "section 2.1", "the third section", "chapter two"."""
    pattern = (
        rf"{_LEAD}(?:the\s+)?(?:\b(?:section|sect\.|sec\.|chapter)|§)\s*(?:no\.?\s*|number\s+)?"
        rf"(?P<numeral>\d+(?:\.\d+)*|{'|'.join((*_CARDINALS, *_ROMAN))})\b(?!\s*{_UNIT})"
    )
    for match in re.finditer(pattern, question, re.IGNORECASE):
        wanted = match["numeral"].lower()
        yield _from_number(str(_CARDINALS.get(wanted) or _ROMAN.get(wanted) or wanted), match.span(), outlines)
    for match in re.finditer(rf"{_LEAD}the\s+({'|'.join(_ORDINALS)})\s+(?:section|chapter)\b", question, re.IGNORECASE):
        place = _ORDINALS[match[1].lower()]
        spans = tuple(span for o in outlines for span in spans_of(o, _body(o)[place - 1 : place]))
        problem = None if spans else f"there is no {match[1]} section"
        yield Part(f"{match[1]} section", *match.span(), spans=spans, problem=problem)


def _from_number(number: str, where: tuple[int, int], outlines: Sequence[Outline]) -> Part:
    spans = tuple(span for outline in outlines for span in spans_of(outline, _of_number(outline, number)))
    have = ", ".join(s.number for o in outlines for s in o.sections if s.number and "." not in s.number)
    problem = None if spans else f"there is no section {number} here" + (f": the sections are {have}" if have else "")
    return Part(f"section {number}", *where, spans=spans, problem=problem)


def _of_number(outline: Outline, number: str) -> tuple[Section, ...]:
    """The sections of a number, printed as 3 or III; where none is numbered they are counted."""
    if number.isdigit() and not any(section.number for section in outline.sections):
        return _body(outline)[: int(number)][int(number) - 1 :] if int(number) else ()
    printed = {number, *(roman for roman, arabic in _ROMAN.items() if str(arabic) == number)}
    return tuple(s for s in outline.sections if s.number and s.number.lower().rstrip(".") in printed)


def spans_of(outline: Outline, sections: Sequence[Section]) -> tuple[Span, ...]:
    """The stretches of a document's text that the sections cover."""
    return tuple(Span(outline.document.id, s.start, s.end) for s in sections)


def _titled_sections(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """ "the section on dosing", "the dosing section", "under the heading Dosing"."""
    after = (
        rf"{_LEAD}the\s+{_PART}\s+(?:on|about|titled|called|entitled|headed|dealing with|covering)\s+(?P<after>[^,:?]+)"
    )
    heading = rf"{_LEAD}the\s+heading\s+(?P<heading>[^,:?]+)"
    before = rf"{_LEAD}the\s+(?P<before>{_MIDDLE}{{1,6}}){_PART}\b"
    for match in re.finditer(f"{after}|{heading}|{before}", question, re.IGNORECASE):
        named = match["after"] or match["heading"] or match["before"]
        if titled := _best_titled(named, outlines):
            end = match.start("after") if match["after"] else match.end()
            yield Part(titled[0], match.start(), end, spans=titled[1])


def _best_titled(named: str, outlines: Sequence[Outline]) -> tuple[str, tuple[Span, ...]] | None:
    """The section whose title shares most with the words, at least half of the shorter of the two.

    Abbreviations count as what they stand for, too.
    """
    scored = [
        (len(about & title) / min(len(about), len(title)), -place, section.title, span)
        for outline in outlines
        for about in map(stems, (named, *variants(named, [outline])))
        for place, section in enumerate(outline.sections)
        for span in spans_of(outline, (section,))
        if about and (title := stems(section.title))
    ]
    best = max(scored, default=None, key=lambda each: each[:2])
    return (best[2], (best[3],)) if best and best[0] >= 0.5 else None


def _roles(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """ "the abstract", "in the results", "Discussion: …", "what closes the abstract"."""
    for role, pattern in _STRONG.items():
        yield from _role(question, outlines, role, rf"{_LEAD}{_THE}(?:{pattern})\b{_NOT_OF_ELSE}")
        yield from _role(question, outlines, role, rf"^(?:{pattern})\b(?=\s*[:,–-])")
        yield from _role(question, outlines, role, rf"\b(?:per|in|from|according to)\s+(?:{pattern})\b{_NOT_OF_ELSE}")
    for role, pattern in _WEAK.items():
        led = r"\b(?:according to|as per|per|in|within|from|under|of)\s+"
        yield from _role(question, outlines, role, rf"{led}{_THE}(?:{pattern})\b(?!\s+(?:of|from|for|in)\b)")
        yield from _role(question, outlines, role, rf"^(?:{pattern})\b(?=\s*:)")
    for role, where, verbs in (("closing", _END, _CLOSES), ("introduction", _START, _OPENS)):
        yield from _role(question, outlines, role, where)
        yield from _role(question, outlines, role, rf"\bhow (?:does|do|did) (?:the|this) {_PAPER}\s+{verbs}\b")


_END = rf"\b(?:at|towards?)\s+(?:in\s+)?(?:(?:the\s+)?(?:very\s+)?end of the {_PAPER}|its (?:very )?end)\b"
_START = rf"\b(?:at|in)\s+(?:the (?:start|beginning|outset) of the {_PAPER}|its (?:very )?(?:start|beginning|outset))\b"
_CLOSES, _OPENS = r"(?:end|close|conclude|finish)", r"(?:begin|start|open)"


def _role(question: str, outlines: Sequence[Outline], role: str, pattern: str) -> Iterable[Part]:
    for match in re.finditer(pattern, question, re.IGNORECASE):
        spans = tuple(span for o in outlines for span in spans_of(o, role_sections(o, role)))
        if spans:
            yield Part(role, *match.span(), spans=spans)


def _headed(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """What stands before a colon or after "in …," when it is all but the title of a section; a title in quotes."""
    for match in re.finditer(r"^(?:in|under|from)?\s*(?P<head>[^:,?]{4,80})[:,]\s", question, re.IGNORECASE):
        about = stems(match["head"])
        for outline in outlines:
            for section in outline.sections:
                title = stems(section.title)
                if title and len(about & title) >= 0.8 * max(len(about), len(title)):
                    yield Part(section.title, *match.span(), spans=spans_of(outline, (section,)))
    for outline in outlines:
        for section in outline.sections:
            yield from _quoted(question, outline, section)


def _quoted(question: str, outline: Outline, section: Section) -> Iterable[Part]:
    """ "in “Dosing and timing”", "under Dosing and timing"; one word needs the quotes."""
    if section.title.lower() not in question.lower():
        return
    title = re.search(re.escape(section.title), question, re.IGNORECASE)
    if not title:
        return
    before, end = question[: title.start()], title.end()
    lead = re.search(r"\b(?:in|within|from|of|under)\s+[\"“‘']$" + (r"|\bunder\s+$" * (" " in section.title)), before)
    if lead:
        after = re.match(r"[\"”’']?", question[end:])
        yield Part(section.title, lead.start(), end + (after.end() if after else 0), spans_of(outline, (section,)))


def merged(parts: Sequence[Part]) -> Part | None:
    """All named parts as one; None when none is named."""
    if not parts:
        return None
    spans = tuple(span for part in parts for span in part.spans)
    labels = tuple(label for part in parts for label in part.labels)
    problems = [part.problem for part in parts if part.problem]
    return replace(parts[0], spans=spans, labels=labels, problem=problems[0] if problems else None)
