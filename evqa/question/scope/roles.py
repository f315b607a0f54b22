"""Which sections of a document play a role: its abstract, its introduction, its closing part."""

from collections.abc import Callable, Sequence
from functools import cache

from evqa.corpus.corpus import Span
from evqa.language.words import words
from evqa.memo import remembered
from evqa.model import Outline, Section
from evqa.question.scope.part import spans_of

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
    "case": frozenset({"case", "cases"}),
    "ethics": frozenset({"ethics", "ethic", "ethical"}),
    "availability": frozenset({"availability"}),
    "contributions": frozenset({"contribution", "contributions"}),
    "abbreviations": frozenset({"abbreviation", "abbreviations", "acronyms", "glossary", "nomenclature"}),
    "highlights": frozenset({"highlights", "messages", "points"}),
}


def role_spans(role: str, outlines: Sequence[Outline]) -> tuple[Span, ...]:
    """Where the role is played, in any of the documents."""
    return _played(outlines)(role)


@remembered
def _played(outlines: Sequence[Outline]) -> Callable[[str], tuple[Span, ...]]:
    """The function from a role to where it is played; there are but a few roles."""
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
    """Sections whose heading names the role; "Summary" up front is an abstract, at the end a conclusion."""
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
