"""Parts named by the role they play ("the abstract", "Discussion: …"), and the sections that play it."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from evqa.corpus.corpus import Span
from evqa.derived import derived
from evqa.language.wordings import ABBREVIATION_LIST, ACCORDING, IN, LEAD, NOT_OF_ELSE, PART, THE
from evqa.language.words import words
from evqa.model import Outline, Section
from evqa.question.scope.part import NamedPart, spans_of

# Words in the headings of sections that play a role.
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
    "case": frozenset({"case", "cases"}),
    "ethics": frozenset({"ethics", "ethic", "ethical"}),
    "availability": frozenset({"availability"}),
    "contributions": frozenset({"contribution", "contributions"}),
    "abbreviations": frozenset({"abbreviation", "abbreviations", "acronyms", "glossary", "nomenclature"}),
    "highlights": frozenset({"highlights", "messages", "points"}),
}


def role_spans(role: str, outlines: Sequence[Outline]) -> tuple[Span, ...]:
    """The sections that play the role, in all documents."""
    return _played(outlines)(role)


@derived
def _played(outlines: Sequence[Outline]) -> Callable[[str], tuple[Span, ...]]:
    """The function from a role to the sections that play it, with its results kept."""
    return cache(lambda role: tuple(span for o in outlines for span in spans_of(o, role_sections(o, role))))


def role_sections(outline: Outline, role: str) -> tuple[Section, ...]:
    """Sections of a document that play the role; "closing" is the conclusion and the last of the body."""
    if role == "closing":
        return tuple(dict.fromkeys((*role_sections(outline, "conclusion"), *body(outline)[-1:])))
    if role == "background":
        role = "introduction"
    named = _named(outline, role)
    if named or role not in ("introduction", "conclusion"):
        return named
    inner = body(outline)
    return inner[:1] if role == "introduction" else inner[-1:]


def _named(outline: Outline, role: str) -> tuple[Section, ...]:
    """Sections whose heading names the role. A "Summary" at the top is an abstract, at the end a conclusion."""
    abstracts = [s for s in outline.sections[:2] if TITLES["abstract"] & set(words(s.title))]
    if role == "abstract":
        return tuple(abstracts[:1])
    return tuple(
        s for s in outline.sections if TITLES.get(role, frozenset()) & set(words(s.title)) and s not in abstracts
    )


def body(outline: Outline) -> tuple[Section, ...]:
    """Top sections between the abstract and the back matter."""
    top = min((s.level for s in outline.sections), default=1)
    numbered = tuple(s for s in outline.sections if s.number and "." not in s.number)
    return numbered or tuple(s for s in outline.sections if s.level == top and not _is_matter(s))


def _is_matter(section: Section) -> bool:
    """Whether a section is front or back matter rather than body."""
    return bool(_MATTER & set(words(section.title)))


_MATTER = frozenset().union(
    *(
        TITLES[role]
        for role in ("abstract", "funding", "interests", "acknowledgements", "availability", "abbreviations")
    ),
    "ethics contributions contribution references footnotes declarations supplementary appendix disclaimer consent"
    " provenance highlights orcid bibliography".split(),
)


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
    "abbreviations": ABBREVIATION_LIST,
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
_LED = rf"\b(?:{ACCORDING}|{IN}|of)\s+"
_OPENING_ONE = r"(?=\s*[:,–-])"
_ANY = re.compile("|".join((*_STRONG.values(), *_WEAK.values())), re.IGNORECASE)
Named = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _in_questions() -> Named:
    """How questions name each role. Compiled when first needed, which takes longer than most questions."""
    strong = [
        (role, pattern)
        for role, names in _STRONG.items()
        for pattern in (
            rf"{LEAD}{THE}(?:{names})\b{NOT_OF_ELSE}",
            rf"^(?:{names})\b{_OPENING_ONE}",
            rf"\b(?:{ACCORDING}|in|from)\s+(?:{names})\b{NOT_OF_ELSE}",
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
    """The names of each role alone."""
    every = [*_STRONG.items(), *_WEAK.items()]
    return tuple((role, re.compile(rf"(?:{names})(?: {_STATED})?", re.IGNORECASE)) for role, names in every)


def by_role(question: str, outlines: Sequence[Outline]) -> Iterable[NamedPart]:
    """ "the abstract", "in the results", "Discussion: …"; nothing where no document has such a section."""
    if not _ANY.search(question):
        return
    for role, pattern in _in_questions():
        for match in pattern.finditer(question):
            if spans := role_spans(role, outlines):
                yield NamedPart(role, *match.span(), spans=spans)


def role_called(name: str, outlines: Sequence[Outline]) -> tuple[str, tuple[Span, ...]] | None:
    """The role of that name, and the sections that play it; None if there is no such role or section."""
    for role, pattern in _by_themselves():
        if pattern.fullmatch(name) and (spans := role_spans(role, outlines)):
            return role, spans
    return None
