"""Understand a question: what it is about, where to look, what kind of question it is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evqa.corpus.corpus import Corpus, Filter, Span
from evqa.derived import derived
from evqa.language.expansion import abbreviations_of
from evqa.language.framing import blanked, content, has_topic
from evqa.model import Outline, PassageKind, Reference
from evqa.question.facts.literature import Facts, find_facts, matching
from evqa.question.intent import Intent, find_intent
from evqa.question.long_forms import find_spelling
from evqa.question.metadata import Metadata, find_metadata
from evqa.question.numbers import Numbers, find_numbers
from evqa.question.scope.part import NamedPart, Position, merged
from evqa.question.scope.parts import find_parts
from evqa.question.spelling import mended

PROSE: frozenset[PassageKind] = frozenset({"prose", "paper"})
FLOATS: frozenset[PassageKind] = frozenset({"table_row", "caption"})

By = Literal["number", "facts", "metadata", "printed", "content"]


@dataclass(frozen=True)
class QuestionKind:
    """What kind of question it is: what picks the passages that may answer it.

    `by`: reference numbers, facts about entries of the bibliography, what is asked of the document itself, a named part
    without a topic (its passages in printed order), or what the question is about. `has_topic`: there are words left
    that say what it is about. `is_narrowed`: it names a part, numbers or facts, or asks of the document itself, so
    it is put to the leading review alone. `has_facts`: facts select entries, whatever else is named. `is_open`: cited
    papers may answer it as well as the reviews.
    """

    by: By = "content"
    has_topic: bool = False
    is_narrowed: bool = False
    has_facts: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class Understanding:
    """A question as understood.

    `question`: the text with typing errors corrected in words that say where to look. `content`: the same without what
    names parts, numbers or facts. `within`: where to look. `problems`: what it names and the corpus lacks. `spells`: a
    pattern for sentences that give both forms of the abbreviation asked about. `metadata`: what is asked of the
    document itself.
    """

    question: str
    content: str
    kind: QuestionKind = field(default_factory=QuestionKind)
    within: Filter = field(default_factory=Filter)
    part: NamedPart | None = None
    numbers: Numbers | None = None
    facts: Facts = field(default_factory=Facts)
    metadata: Metadata | None = None
    problems: tuple[str, ...] = ()
    intent: Intent = field(default_factory=Intent)
    position: Position | None = None
    spells: re.Pattern[str] | None = None


_USES = re.compile(
    r"\b(?:which|what|whose) (?:statements?|sentences?|claims?|passages?|points?)\b|\bcited (?:for|as|to)\b"
    r"|\bwhere\b.*\bcited?\b|\bsupports?\b|\bbacked\b|\brests? on\b|\bcites? .* for\b|\bfor what\b",
    re.IGNORECASE,
)


def find_uses(asked: str, facts: Facts, corpus: Corpus) -> Numbers | None:
    """The numbers of an author's works, if the question asks what these are cited for."""
    if not (facts.authors and _USES.search(asked)):
        return None
    found = matching(facts, corpus.references())
    return Numbers(tuple(entry.number for entry in found), entry=False, taken=facts.taken) if found else None


_ENDS = re.compile(r"\b(?:clos(?:es?|ing)|ends?|finish(?:es)?|conclud(?:es?|ing)|final|last)\b", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:opens?|begins?|starts?|opening|first sentence)\b", re.IGNORECASE)


def find_position(question: str, part: NamedPart | None) -> Position | None:
    """ "first" or "last" if the beginning or the end of the named part is asked for, else None."""
    if part is None or part.labels:
        return None
    rest = blanked(question, [(part.start, part.end)])
    near = rest[max(0, part.start - 60) : part.end + 40]
    return "last" if _ENDS.search(near) else "first" if _OPENS.search(near) else None


@dataclass(frozen=True)
class Finders:
    """The steps of understanding that an ablation may replace, each by a function with the same signature."""

    mended: Callable[[str, Corpus], str] = mended
    parts: Callable[[str, Sequence[Outline]], Sequence[NamedPart]] = find_parts
    facts: Callable[[str, Sequence[Reference]], Facts] = find_facts
    numbers: Callable[[str], Numbers | None] = find_numbers
    uses: Callable[[str, Facts, Corpus], Numbers | None] = find_uses
    position: Callable[[str, NamedPart | None], Position | None] = find_position
    metadata: Callable[[str, Sequence[Outline]], Metadata | None] = find_metadata


FINDERS = Finders()


def understand(question: str, corpus: Corpus, finders: Finders = FINDERS) -> Understanding:
    """Read a question against the corpus's own structure and bibliography."""
    outlines = corpus.outlines()
    question = finders.mended(question, corpus)
    asked = _MAIN_TEXT.sub(lambda match: " " * len(match[0]), question)
    parts = finders.parts(asked, outlines)
    part = merged(parts)
    facts = finders.facts(asked, corpus.references())
    numbers = finders.numbers(asked) or finders.uses(asked, facts, corpus)
    taken = [(each.start, each.end) for each in parts]
    taken += [*facts.taken] if facts.selects or facts.explicit or (numbers and facts.authors) else []
    taken += [*numbers.taken] if numbers else []
    about = content(asked, taken)
    topic = has_topic(about)
    metadata = None if part or numbers or facts.selects else finders.metadata(question, outlines)
    by = "metadata" if metadata else _by(part, numbers, facts, topic)
    problems = () if metadata else _problems(by, part, numbers, facts, corpus)
    within = _within(part, corpus, asked != question)
    return Understanding(
        question,
        about,
        kind=QuestionKind(
            # What isn't there can't pick anything.
            by=_by(part, None, Facts(), topic) if problems else by,
            has_topic=topic,
            is_narrowed=bool(part or numbers or facts.selects or metadata),
            has_facts=facts.selects,
            is_open=topic and not (part or facts.selects or metadata or problems or within.kinds),
        ),
        within=within,
        part=part,
        numbers=numbers,
        facts=facts,
        metadata=metadata,
        problems=problems,
        intent=find_intent(question),
        position=finders.position(asked, part),
        spells=find_spelling(about, abbreviations_of(outlines)),
    )


def _by(part: NamedPart | None, numbers: Numbers | None, facts: Facts, topic: bool) -> By:
    """What picks the passages: numbers before facts, and facts unless a part is named."""
    if numbers:
        return "number"
    if facts.selects and not part:
        return "facts"
    return "printed" if part and not part.problem and not topic else "content"


_MAIN_TEXT = re.compile(
    r"\(?\b(?:(?:in|from) the )?(?:main|body|running)[ -]text\b(?:,? (?:not|without) (?:in )?the tables?\b)?\)?"
    r"|\bin-text\b|\(?\b(?:not|outside|excluding|except|without) (?:in )?the tables?\b\)?",
    re.IGNORECASE,
)


def _within(part: NamedPart | None, corpus: Corpus, main_text: bool) -> Filter:
    """Where to look: in the named part. "Main text" excludes abstract, tables and captions."""
    if part is None or part.problem:
        return Filter(kinds=PROSE) if main_text else Filter()
    spans = list(part.spans)
    if part.labels and not spans and not main_text:
        return Filter(kinds=FLOATS, labels=frozenset(part.labels))
    if part.labels:
        labelled = corpus.passages(Filter(kinds=FLOATS, labels=frozenset(part.labels)))
        spans += [Span(p.document.id, p.start, p.end) for p in labelled if p.label in part.labels]
    return Filter(spans=tuple(spans), kinds=PROSE if main_text else None)


def _problems(by: By, part: NamedPart | None, numbers: Numbers | None, facts: Facts, corpus: Corpus) -> tuple[str, ...]:
    """What the question names and the corpus lacks, each in one line."""
    problems = [part.problem] if part and part.problem else []
    if numbers and (problem := _no_entry(numbers.numbers, corpus.references())):
        problems.append(problem)
    if by == "facts" and not matching(facts, corpus.references()):
        problems.append("no entry of the bibliography is as asked (year, author, journal)")
    if facts.uncounted:
        problems.append("how often journals, authors or years occur in the bibliography isn't counted")
    if facts.stranger:
        problems.append(f"no entry of the bibliography has an author {facts.stranger}")
    return tuple(problems)


def _no_entry(numbers: Sequence[int], references: Sequence[Reference]) -> str:
    """That no entry has any of the numbers; "" if one has."""
    known = _known_numbers(references)
    if known & set(numbers):
        return ""
    most = max(known, default=0)
    where = "has a gap there" if 0 < numbers[0] < most else f"ends at {most}"
    return f"there is no reference {numbers[0]} here: the bibliography {where}"


@derived
def _known_numbers(references: Sequence[Reference]) -> frozenset[int]:
    """The numbers that entries have."""
    return frozenset(entry.number for entry in references)
