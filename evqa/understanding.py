"""A question, understood: what it is about, where to look, what kind of answer it wants."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evqa.library import Filter, Library, Span
from evqa.literature import WORK, Facts, find_facts
from evqa.model import Outline, PassageKind
from evqa.numbers import Numbers, find_numbers
from evqa.parts import Part, Position, find_parts, merged

PROSE: frozenset[PassageKind] = frozenset({"prose", "paper"})
FLOATS: frozenset[PassageKind] = frozenset({"table_row", "caption"})


@dataclass(frozen=True)
class Understanding:
    """What a question asks.

    `content`: the question without the words that only say where to look or that a source is wanted.
    `within`: where to look. `problems`: parts or numbers that it names and the corpus hasn't got.
    """

    question: str
    content: str
    within: Filter = field(default_factory=Filter)
    part: Part | None = None
    numbers: Numbers | None = None
    facts: Facts = field(default_factory=Facts)
    problems: tuple[str, ...] = ()
    wants_citation: bool = False
    wants_quantity: bool = False
    wants_list: bool = False
    position: Position | None = None


def understand(question: str, library: Library) -> Understanding:
    """Read a question against the corpus's own structure and bibliography."""
    outlines = library.outlines()
    asked = _MAIN_TEXT.sub(lambda match: " " * len(match[0]), question)
    parts = find_parts(asked, outlines)
    part = merged(parts)
    numbers = find_numbers(asked)
    facts = find_facts(asked, library.references())
    taken = [(each.start, each.end) for each in parts]
    taken += [*facts.taken] if facts.selects or facts.explicit else []
    taken += [*numbers.taken] if numbers else []
    return Understanding(
        question,
        _content(asked, taken),
        within=_within(part, library, asked != question),
        part=part,
        numbers=numbers,
        facts=facts,
        problems=_problems(part, numbers, outlines),
        wants_citation=bool(_WANTS_CITATION.search(question)),
        wants_quantity=bool(_QUANTITY.search(question)),
        wants_list=bool(_LIST.search(question)),
        position=_position(asked, part),
    )


_MAIN_TEXT = re.compile(
    r"\(?\b(?:(?:in|from) the )?(?:main|body|running)[ -]text\b(?:,? (?:not|without) (?:in )?the tables?\b)?\)?"
    r"|\bin-text\b|\(?\b(?:not|outside|excluding|except|without) (?:in )?the tables?\b\)?",
    re.IGNORECASE,
)
_WANTS_CITATION = re.compile(
    r"\b(?:references?|refs?|citations?|cite[sd]?|citing|sources?|evidence|in-text|support(?:s|ed|ing)?)\b"
    rf"|\b(?:which|what|whose) (?:\w+ )?(?:{WORK})\b|\bwho (?:showed|found|reported|examined|tested|demonstrated)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\bhow (?:many|much|long|often|large|big|high|old|far|fast|small|deep|heavy)\b|\bper ?cent(?:age)?\b|\bwhat (?:share|proportion|fraction|rate)\b"
    r"|\b(?:dose|doses|dosage|concentrations?|amount|quantity|number of|numbers of|diameter|size|duration|half-life|sensitivity|specificity"
    r"|incidence|prevalence|cut-?off|threshold|voltage|temperature|g-force|auc|odds ratio|hazard ratio|sample size)\b|\bwhen was\b|\bin (?:what|which) year\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^\s*(?:list|name|give|all|every|enumerate)\b|\b(?:which|what) (?:\w+ ){0,3}?\w+s\b|\b(?:citations|references|sources|rows|entries|works|papers)\b"
    r"|\b(?:all|every|each)\b",
    re.IGNORECASE,
)

# Words that say that a source or an answer is wanted, not what about.
_FRAMES = [
    r"^\s*(?:please\s+)?(?:can you\s+)?(?:list|name|give(?: me)?|show(?: me)?|find|tell me|enumerate|cite)\b(?:\s+(?:all|every|each|any|the))*",
    rf"\b(?:which|what|any|the|all|every|give|of)?\s*(?:the\s+)?(?:in-text\s+|main-text\s+|original\s+|primary\s+)?(?:{WORK}|evidence)\s+"
    r"(?:(?:is|are|was|were|does|do|that|which|who|to|cited|given|printed|used|stand|stands|there|exists?)\s+)*"
    r"(?:for|on|about|behind|supports?|supporting|describes?|describing|suggests?|says?|shows?|showing|reports?|reporting|linking|proves?"
    r"|states?|claims?|ties?|relies on|rely on|documents?|demonstrates?|finds?|discuss(?:es)?|mentions?|deals? with|uses)\b"
    r"(?:\s+(?:the (?:point|claim|statement|fact|idea|finding|notion|view) that|that|how|using|the))?",
    r"\b(?:according to|in|for|by|of) (?:the|this|these) (?:authors?|reviews?|papers?|articles?|writers?)(?:['’]s?)?(?:\s+(?:view|opinion|words))?\b",
    r"\b(?:do|does|did|have|has) (?:the|this) (?:authors?|review|paper|article)\s+(?:say|report|state|mention|claim|describe|list|see|think|give|explain|draw|set|cite|rely on)s?\b",
    r"\b(?:the|this) (?:authors?|review|paper|article)(?:['’]s)?\b",
    r"\b(?:with|and|give|including)\s+(?:their|the|its|your)\s+(?:in-text\s+)?(?:references?|citations?|sources?|reference numbers?)\b",
    r"\b(?:give|show|list)\s+(?:the\s+)?(?:in-text\s+)?(?:references?|citations?|sources?)\b",
    r"\b(?:source|reference|citation|ref)s?\s*(?:please|pls|plz)\b|\bsource\b(?=\s*[:?])",
    r"\bwhat (?:is|was|are) (?:it |they )?(?:cited|used) (?:for|as)\b|\bwhich (?:statements?|sentences?|passages?|claims?|rows?)\b|\bcite[sd]?\b",
    r"\b(?:main|body|running)[ -]text\b|\bin-text\b",
    r"\s[-–]\s*which (?:article|paper|publication|study|reference|one)\s*\??$",
    r"^\s*(?:is|are|was|were) there\b(?:\s+(?:an?|any))?",
]
_FRAME = re.compile("|".join(_FRAMES), re.IGNORECASE)


def _content(question: str, taken: Sequence[tuple[int, int]]) -> str:
    """The question less the stretches taken and the frame words."""
    text = _FRAME.sub(" ", _without(question, taken))
    return re.sub(r"^[\s,:;.–-]+|\s+(?=[,?.])|(?<=\s)\s+", "", text).strip()


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with the stretches blanked."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _within(part: Part | None, library: Library, main_text: bool) -> Filter:
    """Where to look: the named part; "main text" leaves out abstract, tables and captions."""
    if part is None or part.problem:
        return Filter(kinds=PROSE) if main_text else Filter()
    spans = list(part.spans)
    if part.labels:
        labelled = library.passages(Filter(kinds=FLOATS))
        spans += [Span(p.document.id, p.start, p.end) for p in labelled if p.label in part.labels]
    return Filter(spans=tuple(spans), kinds=PROSE if main_text else None)


def _problems(part: Part | None, numbers: Numbers | None, outlines: Sequence[Outline]) -> tuple[str, ...]:
    """What the question names and the corpus hasn't got."""
    problems = [part.problem] if part and part.problem else []
    most = max((outline.integrity.references for outline in outlines), default=0)
    beyond = [n for n in numbers.numbers if n > most or n < 1] if numbers else []
    if beyond and numbers and len(beyond) == len(numbers.numbers):
        problems.append(f"there is no reference {beyond[0]} here: the bibliography ends at {most}")
    return tuple(problems)


_ENDS = re.compile(r"\b(?:clos(?:es?|ing)|ends?|finish(?:es)?|conclud(?:es?|ing)|final|last)\b", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:opens?|begins?|starts?|opening|first sentence)\b", re.IGNORECASE)


def _position(question: str, part: Part | None) -> Position | None:
    """Whether the beginning or the end of the named part is asked for."""
    if part is None or part.labels:
        return None
    rest = _without(question, [(part.start, part.end)])
    near = rest[max(0, part.start - 60) : part.end + 40]
    return "last" if _ENDS.search(near) else "first" if _OPENS.search(near) else None
