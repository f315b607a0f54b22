"""Questions that a corpus answers, made of its own headings, short forms, tables and bibliography, and tried."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from evqa.answer import ask
from evqa.corpus.corpus import Corpus, Filter
from evqa.language.words import fold, words
from evqa.model import Answer, DocumentName, Filters, Outline, Record, Section
from evqa.question.scope.roles import TITLES, body, role_sections

# Below it an answer may be one, and is no example.
SURE = 0.7
# Documents that examples are taken from, questions of one document, and of each when there are several.
DOCUMENTS, ALONE, EACH = 2, 5, 2
# Headings that are tried at most, and the length from which on one is no question any more.
TRIED, LONGEST = 8, 90
_ROLES = frozenset().union(*TITLES.values())


class Example(Record):
    """A question that the document answers surely."""

    question: str
    document: DocumentName


def examples(corpus: Corpus) -> tuple[Example, ...]:
    """Questions to the first documents that stand on their own, those of one document together.

    Each was asked: what isn't answered, or not surely, is left out. The same corpus gives the same examples.
    """
    reviews = [outline for outline in corpus.outlines() if outline.document.kind == "review"]
    most = ALONE if len(reviews) == 1 else EACH
    return tuple(
        Example(question=question, document=_name(outline))
        for outline in reviews[:DOCUMENTS]
        for question in islice(_answered(outline, corpus), most)
    )


def _name(outline: Outline) -> DocumentName:
    home = outline.document
    return DocumentName(id=home.id, name=outline.source.name, title=home.title)


def _answered(outline: Outline, corpus: Corpus) -> Iterator[str]:
    """One question of each kind in turn, so that few of them show much; of headings those on the document's subject
    first, then those answered most surely."""
    filters = Filters(document=outline.document.id)
    subject = set(words(outline.document.title)).union(*map(words, outline.keywords))
    sure = [
        (not subject & set(words(each)), -found.confidence, place, each)
        for place, each in enumerate(islice(_of_headings(outline), TRIED))
        if _is_sure(found := ask(each, corpus, filters=filters))
    ]
    headings = [each for *_, each in sorted(sure)]
    others = (each for each in _others(outline, corpus) if _is_sure(ask(each, corpus, filters=filters)))
    yield from headings[:1]
    yield from others
    yield from headings[1:]


def _is_sure(answer: Answer) -> bool:
    return answer.status == "answered" and answer.confidence >= SURE


def _of_headings(outline: Outline) -> Iterator[str]:
    """Headings of the body, methods aside, that name a subject, as questions; those of a role ("Results") name none."""
    inside, methods = body(outline), role_sections(outline, "methods")
    for section in outline.sections:
        title = section.title.strip()
        is_told = _lies_in(section, inside) and not _lies_in(section, methods)
        if is_told and len(title) <= LONGEST and len(set(words(title)) - _ROLES) > 1:
            yield title if title.endswith("?") else f"What is known about {_lowered(title)}?"


def _lies_in(section: Section, others: Sequence[Section]) -> bool:
    return any(each.start <= section.start < each.end for each in others)


def _lowered(title: str) -> str:
    """The title within a sentence: its first word small, unless it has other capitals, as names and short forms do."""
    first, *rest = title.split(" ")
    return " ".join([first.lower() if first[1:].islower() and not _is_name_like(rest) else first, *rest])


def _is_name_like(rest: Sequence[str]) -> bool:
    """Whether the heading has capitals throughout, where the first says nothing."""
    return sum(word[:1].isupper() for word in rest) > len(rest) / 2


def _others(outline: Outline, corpus: Corpus) -> Iterator[str]:
    """What a short form means, what a table shows, and what the entry supports that is cited most."""
    used = sorted(outline.abbreviations, key=lambda each: (-corpus.frequency(fold(each.short)), each.short))
    yield from (f"What {'do' if each.short.endswith('s') else 'does'} {each.short} stand for?" for each in used[:1])
    yield from (f"What does {table.label} show?" for table in outline.tables[:1])
    within = Filter(documents=frozenset({outline.document.id}))
    cited = Counter(
        number for passage in corpus.passages(within) if passage.kind == "prose" for number in passage.references
    )
    yield from (f"What does reference {number} support?" for number, _ in cited.most_common(1))
