"""The tools about documents: which there are, how one is built, what of its citations is in doubt, tables over all."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from api.audit.auditing import audited
from api.audit.findings import Findings, findings
from api.evidence.records import EvidenceTable
from api.filters import LONGEST_NAME
from api.http.paging import stretch
from api.http.routes.tables import gathered
from api.http.served import Content, Service
from api.mcp.tool import CorpusArguments, Tool
from api.text.entry import name_text
from evqa.audit.records import Bookkeeping, Pair, Run
from evqa.corpus.corpus import Corpus
from evqa.corpus.naming import document_named
from evqa.model import DocumentKind, Integrity, Outline, Record

# Authors that a list names, and characters of a caption that an outline has.
AUTHORS, CAPTION = 3, 300
MOST_LISTED, MOST_FINDINGS = 200, 200


class DocumentsArguments(CorpusArguments):
    """Which part of the list of documents."""

    limit: int = Field(default=100, ge=1, le=MOST_LISTED, description="how many documents to give")
    cursor: str | None = Field(
        default=None, min_length=1, max_length=200, description="`next_cursor` of the page before, for those after it"
    )


class DocumentArguments(CorpusArguments):
    """One document."""

    document: str = Field(
        min_length=1,
        max_length=LONGEST_NAME,
        description="its id, its file's name, its title or words of that, or its number in the bibliography that "
        "cites it",
    )


class AuditArguments(CorpusArguments):
    """One document, or all, and how many findings of each."""

    document: str | None = Field(
        default=None, min_length=1, max_length=LONGEST_NAME, description="one document, as for get_outline; else all"
    )
    limit: int = Field(default=20, ge=1, le=MOST_FINDINGS, description="suspect citations to give of each document")


class TableArguments(CorpusArguments):
    """Questions, and the documents that they are put to."""

    questions: tuple[str, ...] = Field(
        min_length=1, max_length=5, description="one to five questions, in English and in full"
    )
    documents: tuple[str, ...] = Field(
        default=(), max_length=80, description="documents to ask, as for get_outline; without any, all"
    )
    found: bool = Field(default=False, description="leave out documents that answer `not found`")


class DocumentSummary(Record):
    """A document of a corpus. `reference`: its number in the bibliography of the `review` that cites it, for a paper.

    `references` counts the entries of its own bibliography; `is_sound`: its numbering has no gap, and every marker
    leads to an entry.
    """

    id: str
    title: str
    file: str
    kind: DocumentKind
    reference: int | None
    review: str | None
    authors: str
    year: int | None
    DOI: str | None
    references: int
    is_sound: bool


class DocumentList(Record):
    """A page of the documents in the order in which they came, of how many, and the cursor of the next page."""

    documents: tuple[DocumentSummary, ...]
    total: int
    next_cursor: str | None


class OutlineSection(Record):
    """A heading: its number as printed, its title, and its level from 1."""

    number: str | None
    title: str
    level: int


class Labelled(Record):
    """A table or figure with its caption, cut if it is long."""

    label: str
    caption: str


class DocumentOutline(DocumentSummary):
    """The same with what the document consists of, and its integrity report."""

    license: str | None
    keywords: tuple[str, ...]
    sections: tuple[OutlineSection, ...]
    tables: tuple[Labelled, ...]
    figures: tuple[Labelled, ...]
    integrity: Integrity


class SuspectCitation(Record):
    """A statement, a number printed in it that doesn't seem to fit, why, and entries that fit better, best first."""

    statement: str
    place: str
    reference: int
    entry: str
    reason: str
    better: tuple[str, ...]


class AuditedDocument(Record):
    """The audit of one document: its citations by verdict, runs of shifted numbers, suspects beside these (worst first,
    of how many), and faults of the list. `failure` says why it couldn't be audited; "" if it was."""

    document: str
    title: str
    fits: int
    suspect: int
    cannot_tell: int
    runs: tuple[Run, ...]
    suspects: tuple[SuspectCitation, ...]
    suspects_outside_runs: int
    bookkeeping: tuple[Bookkeeping, ...]
    failure: str


class AuditSummary(Record):
    """The audits of documents that cite and stand on their own."""

    documents: tuple[AuditedDocument, ...]


def document_id(named: str | None, corpus: Corpus) -> str | None:
    """The id of the document that is meant; None without a name. Raises UsageError as `document_named`."""
    return None if named is None else document_named(named, corpus)


async def _documents(service: Service, arguments: DocumentsArguments) -> bytes:
    def page(corpus: Corpus) -> Content:
        outlines = corpus.outlines()
        part = stretch(arguments.limit, arguments.cursor, len(outlines), corpus.state.fingerprint[:16])
        documents = tuple(map(_summary, outlines[part.start : part.stop]))
        return _json(DocumentList(documents=documents, total=len(outlines), next_cursor=part.following))

    request = ("list of documents", arguments.limit, arguments.cursor)
    return (await service.body(arguments.corpus, request, page)).content


async def _outline(service: Service, arguments: DocumentArguments) -> bytes:
    def outline(corpus: Corpus) -> Content:
        wanted = document_named(arguments.document, corpus)
        (found,) = (each for each in corpus.outlines() if each.document.id == wanted)
        return _json(_outlined(found))

    return (await service.body(arguments.corpus, ("outline", arguments.document), outline)).content


async def _audit(service: Service, arguments: AuditArguments) -> bytes:
    def audit(corpus: Corpus) -> Content:
        wanted = document_id(arguments.document, corpus)
        found = [each for each in findings(audited(corpus), corpus) if wanted in (None, each.outline.document.id)]
        return _json(AuditSummary(documents=tuple(_audited(each, arguments.limit) for each in found)))

    request = ("summary of audits", arguments.document, arguments.limit)
    return (await service.body(arguments.corpus, request, audit)).content


async def _table(service: Service, arguments: TableArguments) -> bytes:
    name = service.resolved(arguments.corpus)
    table = await gathered(service, name, arguments.questions, arguments.documents, arguments.found)
    return table.model_dump_json().encode()


def _json(record: Record) -> Content:
    return record.model_dump_json().encode(), None


def _summary(outline: Outline) -> DocumentSummary:
    home, integrity = outline.document, outline.integrity
    shown = [name_text(name) for name in outline.author[:AUTHORS]]
    return DocumentSummary(
        id=home.id,
        title=home.title,
        file=outline.source.name,
        kind=home.kind,
        reference=home.reference,
        review=home.review,
        authors=", ".join([*shown, "et al."] if len(outline.author) > AUTHORS else shown),
        year=outline.year,
        DOI=outline.DOI,
        references=integrity.references,
        is_sound=integrity.is_sound,
    )


def _outlined(outline: Outline) -> DocumentOutline:
    return DocumentOutline(
        **dict(_summary(outline)),
        license=outline.license,
        keywords=outline.keywords,
        sections=tuple(
            OutlineSection(number=each.number, title=each.title, level=each.level) for each in outline.sections
        ),
        tables=tuple(_labelled((each.label, each.caption) for each in outline.tables)),
        figures=tuple(_labelled((each.label, each.caption) for each in outline.figures)),
        integrity=outline.integrity,
    )


def _labelled(found: Iterator[tuple[str, str]]) -> Iterator[Labelled]:
    for label, caption in found:
        yield Labelled(label=label, caption=caption if len(caption) <= CAPTION else f"{caption[:CAPTION]}…")


def _audited(found: Findings, limit: int) -> AuditedDocument:
    suspects = [pair for pairs in found.suspects for pair in pairs]
    counts = found.counts
    return AuditedDocument(
        document=found.outline.document.id,
        title=found.title,
        fits=counts["fits"],
        suspect=counts["suspect"],
        cannot_tell=counts["cannot_tell"],
        runs=tuple(run for run, _ in found.runs),
        suspects=tuple(_suspects(suspects[:limit], found)),
        suspects_outside_runs=len(suspects),
        bookkeeping=tuple(each for kind in found.bookkeeping.values() for each in kind),
        failure=found.failure,
    )


def _suspects(pairs: Sequence[Pair], found: Findings) -> Iterator[SuspectCitation]:
    for pair in pairs:
        yield SuspectCitation(
            statement=pair.statement.text,
            place=found.place(pair.statement),
            reference=pair.reference,
            entry=found.titled(pair.reference),
            reason=pair.reason,
            better=tuple(f"[{each.number}] {found.titled(each.number)}" for each in pair.better),
        )


DOCUMENT_TOOLS = (
    Tool(
        "list_documents",
        "List the documents of a corpus",
        "Lists the documents of a corpus with their titles, files, authors and years, in pages. Use it before you ask "
        "one of several documents, and when a question or a number is answered with several documents: the names given "
        "here go into the argument `document` of the other tools.",
        DocumentsArguments,
        DocumentList,
        _documents,
    ),
    Tool(
        "get_outline",
        "Get a document's outline",
        "Gives what one document consists of: sections, tables, figures, keywords, and its integrity report, that is "
        "gaps in its numbering, markers without an entry, and entries that are never cited.",
        DocumentArguments,
        DocumentOutline,
        _outline,
    ),
    Tool(
        "audit",
        "Audit the citations",
        "Tells which printed numbers of a document don't seem to fit the statements that cite them, which entries "
        "would fit better, and what is wrong with the list itself. A suspect is a citation to look at, not a verdict: "
        "say “doesn't seem to fit”, and give the number as printed.",
        AuditArguments,
        AuditSummary,
        _audit,
    ),
    Tool(
        "evidence_table",
        "Make an evidence table",
        "Puts up to five questions to each document by itself, and gives one row a claim: the sentence word for word, "
        "its document, page, numbers, entries, and whether these works still stand. A document that doesn't answer has "
        "a row `not found`. A tenth of a second or more for each question and document, at most 400 of both.",
        TableArguments,
        EvidenceTable,
        _table,
    ),
)
