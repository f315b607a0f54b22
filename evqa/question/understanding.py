"""A question, understood: what it is about, where to look, what kind of answer it wants."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evqa.corpus.corpus import Corpus, Filter, Span
from evqa.language.expansion import definitions
from evqa.language.framing import blanked, content
from evqa.memo import remembered
from evqa.model import Outline, PassageKind
from evqa.question.defining import Defining, find_defining
from evqa.question.definitions import find_spelling
from evqa.question.facts.literature import Facts, find_facts, matching
from evqa.question.intent import Wants, find_wants
from evqa.question.numbers import Numbers, find_numbers
from evqa.question.scope.part import Part, Position, merged
from evqa.question.scope.parts import find_parts
from evqa.question.slips import mended

PROSE: frozenset[PassageKind] = frozenset({"prose", "paper"})
FLOATS: frozenset[PassageKind] = frozenset({"table_row", "caption"})


@dataclass(frozen=True)
class Understanding:
    """What a question asks.

    `question`: with slips mended in words that say where to look. `content`: without the words that only say where
    to look or that a source is wanted. `within`: where to look. `problems`: parts or numbers that it names and the
    corpus hasn't got. `spells`, `defines`: what a sentence looks like that says what the term stands for, or means,
    which the question asks about.
    """

    question: str
    content: str
    within: Filter = field(default_factory=Filter)
    part: Part | None = None
    numbers: Numbers | None = None
    facts: Facts = field(default_factory=Facts)
    problems: tuple[str, ...] = ()
    wants: Wants = field(default_factory=Wants)
    position: Position | None = None
    spells: re.Pattern[str] | None = None
    defines: Defining | None = None


def understand(question: str, corpus: Corpus) -> Understanding:
    """Read a question against the corpus's own structure and bibliography."""
    outlines = corpus.outlines()
    question = mended(question, corpus)
    asked = _MAIN_TEXT.sub(lambda match: " " * len(match[0]), question)
    parts = find_parts(asked, outlines)
    part = merged(parts)
    facts = find_facts(asked, corpus.references())
    numbers = find_numbers(asked) or _used(asked, facts, corpus)
    taken = [(each.start, each.end) for each in parts]
    taken += [*facts.taken] if facts.selects or facts.explicit or (numbers and facts.authors) else []
    taken += [*numbers.taken] if numbers else []
    about = content(asked, taken)
    pairs = definitions(outlines)
    return Understanding(
        question,
        about,
        within=_within(part, corpus, asked != question),
        part=part,
        numbers=numbers,
        facts=facts,
        problems=_problems(part, numbers, facts, corpus),
        wants=find_wants(question),
        position=_position(asked, part),
        spells=find_spelling(about, pairs),
        defines=find_defining(about, pairs),
    )


_MAIN_TEXT = re.compile(
    r"\(?\b(?:(?:in|from) the )?(?:main|body|running)[ -]text\b(?:,? (?:not|without) (?:in )?the tables?\b)?\)?"
    r"|\bin-text\b|\(?\b(?:not|outside|excluding|except|without) (?:in )?the tables?\b\)?",
    re.IGNORECASE,
)


_USES = re.compile(
    r"\b(?:which|what|whose) (?:statements?|sentences?|claims?|passages?|points?)\b|\bcited (?:for|as|to)\b"
    r"|\bwhere\b.*\bcited?\b|\bsupports?\b|\bbacked\b|\brests? on\b|\bcites? .* for\b|\bfor what\b",
    re.IGNORECASE,
)


def _used(asked: str, facts: Facts, corpus: Corpus) -> Numbers | None:
    """The numbers of an author's works, where the question asks what they are cited for."""
    if not (facts.authors and _USES.search(asked)):
        return None
    found = matching(facts, corpus.references())
    return Numbers(tuple(entry.number for entry in found), entry=False, taken=facts.taken) if found else None


def _within(part: Part | None, corpus: Corpus, main_text: bool) -> Filter:
    """Where to look: the named part; "main text" leaves out abstract, tables and captions."""
    if part is None or part.problem:
        return Filter(kinds=PROSE) if main_text else Filter()
    spans = list(part.spans)
    if part.labels and not spans and not main_text:
        return Filter(kinds=FLOATS, labels=frozenset(part.labels))
    if part.labels:
        labelled = corpus.passages(Filter(kinds=FLOATS, labels=frozenset(part.labels)))
        spans += [Span(p.document.id, p.start, p.end) for p in labelled if p.label in part.labels]
    return Filter(spans=tuple(spans), kinds=PROSE if main_text else None)


def _problems(part: Part | None, numbers: Numbers | None, facts: Facts, corpus: Corpus) -> tuple[str, ...]:
    """What the question names and the corpus hasn't got."""
    problems = [part.problem] if part and part.problem else []
    most = _most_references(corpus.outlines()) if numbers else 0
    beyond = [n for n in numbers.numbers if n > most or n < 1] if numbers else []
    if beyond and numbers and len(beyond) == len(numbers.numbers):
        problems.append(f"there is no reference {beyond[0]} here: the bibliography ends at {most}")
    if facts.selects and not numbers and not part and not matching(facts, corpus.references()):
        problems.append("no entry of the bibliography is as asked (year, author, journal)")
    if facts.uncounted:
        problems.append("how often journals, authors or years occur in the bibliography isn't counted")
    if facts.stranger:
        problems.append(f"no entry of the bibliography has an author {facts.stranger}")
    return tuple(problems)


@remembered
def _most_references(outlines: Sequence[Outline]) -> int:
    """The last number of the longest bibliography."""
    return max((outline.integrity.references for outline in outlines), default=0)


_ENDS = re.compile(r"\b(?:clos(?:es?|ing)|ends?|finish(?:es)?|conclud(?:es?|ing)|final|last)\b", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:opens?|begins?|starts?|opening|first sentence)\b", re.IGNORECASE)


def _position(question: str, part: Part | None) -> Position | None:
    """Whether the beginning or the end of the named part is asked for."""
    if part is None or part.labels:
        return None
    rest = blanked(question, [(part.start, part.end)])
    near = rest[max(0, part.start - 60) : part.end + 40]
    return "last" if _ENDS.search(near) else "first" if _OPENS.search(near) else None
