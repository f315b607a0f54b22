"""Find out whether a question needs one document of several, which fit, and which one it names."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evqa.corpus.corpus import Corpus
from evqa.language.framing import blanked, has_topic
from evqa.language.words import words
from evqa.model import Outline
from evqa.question.metadata import QUESTION_FRAME, names_in
from evqa.question.understanding import Understanding

_KINDS = r"(?:review|paper|article|study|trial|report|document|manuscript|protocol|publication)"
# Looked for from every place, since what one match would begin with may hold another.
_NAMED = re.compile(
    rf"(?=\b(?:of|in|from|by|for|to|does|did|do)\s+(?:the\s+|this\s+)?(?P<before>[^?.,;:]{{3,120}}?)[\s-]+{_KINDS}\b"
    rf"|\b{_KINDS}\s+(?:on|about|of|by|from|called|titled|entitled)\s+(?P<after>[^?,;]{{3,200}})"
    r"|[“\"](?P<quoted>[^”\"]{3,300})[”\"]|\b(?P<author>[A-Z][\w’'-]+(?: et al\.?,?)? \(?(?:19|20)\d\d)\b)"
)
_OF_NAMES = frozenset("the a an of on in by and et al its their this s".split())
# "The authors", "this trial", "the patients": what a document alone says of itself; and who is meant by it.
_OWN = re.compile(
    r"\b(?:the|this|these|their|its|both|all|how many)\s+(?:\w+\s+){0,2}?(?:authors?|writers?|researchers|investigators"
    r"|stud(?:y|ies)|trial|paper|article|review|report|text|manuscript|experiments?|case|patients?|participants?"
    r"|subjects|volunteers|cohort|sample|arms?)\b",
    re.IGNORECASE,
)
# These may be said of any subject that the question names. Only where it names none are they a document's own.
_BARE = re.compile(r"\b(?:they|their|them|his|her|he|she|groups?|work)\b", re.IGNORECASE)


def documents_for(asked: Understanding, corpus: Corpus) -> tuple[str, ...]:
    """Ids of the documents that have what the question names: "Table 1", "reference 15", "the title"; in their order.

    () where it needs no single document: it names nothing of the kind, or facts of works wherever they are cited.
    """
    outlines = corpus.outlines()
    if asked.problems:
        return ()
    if asked.metadata:
        found: Iterable[str | None] = asked.metadata.documents
    elif asked.numbers:
        cited = (entry.document for entry in corpus.references() if entry.number in asked.numbers.numbers)
        found = _with_part(asked, outlines) & {*cited} if asked.part else cited
    elif asked.kind.by == "facts":
        is_whole = (asked.facts.count and not asked.facts.narrows) or asked.facts.order
        found = (entry.document for entry in corpus.references() if is_whole and not asked.kind.has_topic)
    elif asked.part:
        found = _with_part(asked, outlines)
    else:
        return ()
    ids = frozenset(found)
    return tuple(outline.document.id for outline in outlines if outline.document.id in ids)


def _with_part(asked: Understanding, outlines: Sequence[Outline]) -> frozenset[str | None]:
    """The documents that have the part which is named."""
    if asked.part is None:
        return frozenset()
    labels = frozenset(asked.part.labels)
    labelled = (o.document.id for o in outlines if labels & _labels(o))
    return frozenset([*labelled, *(span.document for span in asked.part.spans)])


def _labels(outline: Outline) -> set[str]:
    """The labels of its tables and figures."""
    return {*(table.label for table in outline.tables), *(figure.label for figure in outline.figures)}


class NamedDocument(NamedTuple):
    """The id of a document that a question names, and the question without the name."""

    document: str
    question: str


def document_in(question: str, outlines: Sequence[Outline]) -> NamedDocument | None:
    """The document that the question names: “Table 1 of the sourdough review”, “in Chen 2022”; None if it names none.

    Its words stand in that document's title, or are its author and year, and in no other's.
    """
    for match in _NAMED.finditer(question):
        group = next(name for name, found in match.groupdict().items() if found)
        name = {*words(match[group])} - _OF_NAMES
        fitting = [outline.document.id for outline in outlines if name and name <= names_in(outline)]
        if len(fitting) == 1:
            return NamedDocument(fitting[0], blanked(question, [match.span(group)]))
    return None


def is_of_one(question: str) -> bool:
    """Whether the question speaks of what a document alone says of itself: its authors, its study, its patients."""
    if _OWN.search(question):
        return True
    stretches = [match.span() for match in _BARE.finditer(question)]
    rest = (word for word in words(blanked(question, stretches)) if word not in QUESTION_FRAME)
    return bool(stretches) and not has_topic(" ".join(rest))
