"""Put every question to every document by itself, and make the answers rows of a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from api.evidence.records import CitedEntry, EvidenceRow, EvidenceTable, Result
from api.text.answer import LIKELY, VERDICTS
from api.text.entry import entry_text
from evqa.answer import ask, check_question
from evqa.corpus.corpus import Corpus
from evqa.corpus.naming import document_named
from evqa.model import Answer, Claim, CorpusState, Filters, Outline, RankedPassage, Reference
from evqa.works.standing import standing_text, status_warnings

# Called with the question and the document that are next.
Turn = Callable[[str, Outline], None]


def evidence_table(
    questions: Sequence[str],
    corpus: Corpus,
    documents: Sequence[str] = (),
    found_only: bool = False,
    turn: Turn = lambda *_: None,
) -> EvidenceTable:
    """The answers of each document to each question. `documents`: their names, titles or ids; without any, all.

    Raises UsageError for a question that can't be asked, before any is, and for a name that means no document or
    several.
    """
    questions = tuple(dict.fromkeys(questions))
    check_questions(questions)
    chosen = chosen_outlines(corpus, documents)
    found = [row for question in questions for outline in chosen for row in _asked(question, outline, corpus, turn)]
    return table_of(questions, len(chosen), found, corpus.state, found_only)


def check_questions(questions: Sequence[str]) -> None:
    """Raise UsageError for a question that is empty or too long."""
    for question in questions:
        check_question(question)


def table_of(
    questions: Sequence[str], asked: int, found: Iterable[EvidenceRow], corpus: CorpusState, found_only: bool
) -> EvidenceTable:
    """The table of these rows; with `found_only` without those that say "not found"."""
    kept = tuple(row for row in found if not found_only or row.result != "not found")
    return EvidenceTable(questions=tuple(questions), asked=asked, found_only=found_only, rows=kept, corpus=corpus)


def chosen_outlines(corpus: Corpus, documents: Sequence[str]) -> list[Outline]:
    """The documents of these names, titles or ids, each once and in the order of the corpus; without any, all.

    Raises UsageError as `document_named`.
    """
    wanted = {document_named(name, corpus) for name in documents}
    return [each for each in corpus.outlines() if not documents or each.document.id in wanted]


def _asked(question: str, outline: Outline, corpus: Corpus, turn: Turn) -> tuple[EvidenceRow, ...]:
    turn(question, outline)
    return rows(question, outline, corpus)


def rows(question: str, outline: Outline, corpus: Corpus) -> tuple[EvidenceRow, ...]:
    """The rows of one document for one question. Raises UsageError as `ask` does."""
    answer = ask(question, corpus, k=1, filters=Filters(document=outline.document.id))
    return rows_of(answer, outline, bibliography_of(outline, corpus))


def bibliography_of(outline: Outline, corpus: Corpus) -> dict[int, Reference]:
    """The entries that numbers of this document's claims mean: for a cited paper those of the review that cites it."""
    home = outline.document.bibliography
    return {entry.number: entry for entry in corpus.references() if entry.document == home}


def rows_of(answer: Answer, outline: Outline, entries: Mapping[int, Reference]) -> tuple[EvidenceRow, ...]:
    """A row for each claim of one document's answer; for a refusal the one row that says "not found"."""
    row = EvidenceRow(
        question=answer.question,
        result=_result(answer),
        document=outline.document,
        source=outline.source.name,
        confidence=answer.confidence,
        notes=tuple(_shared(answer)),
    )
    passages = {passage.id: passage for passage in answer.passages}
    claimed = (_claimed(row, claim, passages[claim.passage], entries) for claim in answer.claims)
    return tuple(claimed) if answer.claims else (row,)


def _result(answer: Answer) -> Result:
    if answer.status != "answered":
        return "not found"
    return "found" if answer.confidence >= LIKELY else "perhaps"


def _claimed(row: EvidenceRow, claim: Claim, passage: RankedPassage, entries: Mapping[int, Reference]) -> EvidenceRow:
    """The row with a claim, its place and what it cites."""
    return EvidenceRow(
        **{
            **dict(row),
            "claim": claim.text,
            "relevance": claim.relevance,
            "context": claim.context.text if claim.context else None,
            "cited": tuple(_cited(claim, entries)),
            "section": passage.section,
            "label": passage.label,
            "page": passage.page,
            "passage": passage.id,
            "start": claim.start,
            "end": claim.end,
            "notes": (*_marks(claim), *_disagreeing(claim), *row.notes),
        }
    )


def _cited(claim: Claim, entries: Mapping[int, Reference]) -> Iterator[CitedEntry]:
    """What the claim cites: the printed numbers, then those of a later sentence."""
    later = [number for number in claim.carried if number not in claim.references]
    says = {each.number: each for each in claim.cited}
    for number in (*claim.references, *later):
        entry = entries.get(number)
        yield CitedEntry(
            number=number,
            carried=number in later,
            entry=entry_text(entry) if entry else None,
            DOI=entry.DOI if entry else None,
            status=entry.status if entry else None,
            said=standing_text(entry.status) if entry else "no such entry",
            says=says.get(number),
        )


def _marks(claim: Claim) -> tuple[str, ...]:
    """What is doubtful or missing about the numbers of a claim."""
    return (*(each.warning for each in claim.doubts), *(each.warning for each in claim.unresolved))


def _disagreeing(claim: Claim) -> Iterator[str]:
    """What cited works say that may disagree with the claim."""
    for each in claim.cited:
        if each.verdict == "disagrees":
            yield f"[{each.number}] {VERDICTS[each.verdict]} ({each.score:.2f}), in its {each.level}: “{each.text}”"


def _shared(answer: Answer) -> Iterator[str]:
    """What an answer says of all its claims. A work's status stands beside its entry already."""
    told = {mark for claim in answer.claims for mark in _marks(claim)} | set(status_warnings(answer.references))
    yield from filter(None, [answer.note])
    yield from (f"not answered: {part}" for part in answer.missing)
    yield from (warning for warning in answer.warnings if warning not in told)
