"""The records of evqa, all frozen: documents, passages, references, claims, answers.

Offsets are code points into a document's canonical text, end exclusive.
Bibliographic fields carry their CSL-JSON names.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

BlockKind = Literal[
    "title", "front", "heading", "abstract", "keywords", "prose", "table", "caption", "note", "reference"
]
PassageKind = Literal["abstract", "prose", "table_row", "caption", "reference", "paper", "front"]
DocumentKind = Literal["review", "paper"]
Genre = Literal["review", "trial", "protocol", "case report", "study"]
Where = Literal["text", "table", "caption"]
Status = Literal["answered", "insufficient_evidence"]
Outcome = Literal["supports", "unclear", "disagrees"]


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields, JSON under the CSL or contract names."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Sparse(Record):
    """A record whose JSON leaves out what isn't known, as CSL-JSON does."""

    @model_serializer(mode="wrap")
    def _known(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in handler(self).items() if value not in (None, (), [], "")}


class Name(Sparse):
    """A CSL name: a person has `family`, a consortium only `literal`."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None

    @property
    def surname(self) -> str:
        """What it is looked up by: the family name of a person, the whole name of a consortium; "" without."""
        return self.family or self.literal or ""


class Date(Record):
    """A CSL date, e.g. ((2022, 5),) for May 2022."""

    date_parts: tuple[tuple[int, ...], ...] = Field(alias="date-parts")


NoticeType = Literal[
    "retraction", "partial-retraction", "withdrawal", "expression-of-concern", "correction", "reinstatement"
]


class Notice(Sparse):
    """A notice about a work: its kind, its own DOI and date (ISO 8601, as precise as known), and who tells of it."""

    type: NoticeType
    DOI: str | None = None
    date: str | None = None
    source: str


class Standing(Record):
    """Whether a work still stands: the day it was asked (ISO 8601), the sources that answered, and what they told."""

    checked: str
    sources: tuple[str, ...]
    notices: tuple[Notice, ...] = ()


class Reference(Sparse):
    """An entry of a bibliography, under the number by which the text cites it.

    `status`: whether its work still stands. It is None where nobody was ever asked, which says nothing about the work;
    that is written as null where the record of look-ups was consulted, and left out of an entry as a file prints it.
    """

    number: int = Field(ge=1)
    document: str | None = None
    type: str = "article-journal"
    title: str | None = None
    author: tuple[Name, ...] = ()
    container_title: str | None = Field(default=None, alias="container-title")
    issued: Date | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    publisher: str | None = None
    DOI: str | None = None
    PMID: str | None = None
    URL: str | None = None
    raw: str
    start: int | None = None
    end: int | None = None
    status: Standing | None = None

    @model_serializer(mode="wrap")
    def _known(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told = super()._known(handler)
        return {**told, "status": None} if "status" in self.model_fields_set and not self.status else told

    @property
    def first_author(self) -> str:
        """Surname of the first author; "" without."""
        return self.author[0].surname if self.author else ""

    @property
    def year(self) -> int | None:
        """Year of publication, where known."""
        return self.issued.date_parts[0][0] if self.issued else None


class Section(Record):
    """A headed part of the text; the abstract is one. `start`..`end` spans heading, body and subsections."""

    number: str | None = None
    title: str
    level: int = 1
    start: int
    end: int


class Block(Record):
    """A stretch of canonical text of one kind. A paragraph cut by a page break is one block.

    `section` is an index into the document's sections: the innermost that holds the block. `page` counts from 1
    and is where the block begins. `name`: what a line of front matter holds, e.g. "Correspondence"; None for lines that
    make no passage, and for other blocks.
    """

    kind: BlockKind
    start: int
    end: int
    section: int | None = None
    page: int | None = None
    name: str | None = None


class Sentence(Record):
    """A sentence, inside one block (an index into the document's blocks). `page` counts from 1."""

    start: int
    end: int
    block: int
    page: int | None = None


class TableRow(Record):
    """A row: cells one for each column, an empty continuing cell filled from the row above."""

    cells: tuple[str, ...]
    start: int
    end: int


class Table(Record):
    """A table with its label ("Table 1"), caption, column heads and body rows."""

    label: str
    caption: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    start: int
    end: int


class Figure(Record):
    """A figure's label ("Figure 1") and caption."""

    label: str
    caption: str
    start: int
    end: int


class Citation(Record):
    """A printed marker bound to entries of the bibliography. `sentence` is an index; None in a table row."""

    marker: str
    start: int
    end: int
    sentence: int | None
    references: tuple[int, ...]
    where: Where


class Rejected(Record):
    """Something that looks like a marker and isn't one, with the reason."""

    marker: str
    start: int
    end: int
    reason: str


class Unresolved(Record):
    """A marker that leads to no entry, or not to all that it cites; `reason` says why.

    `missing` are the numbers that no entry has; empty for a marker by author and year, or whose range can't be read.
    """

    marker: str
    start: int
    end: int
    missing: tuple[int, ...]
    reason: str


class RecognisedPage(Record):
    """A page, counted from 1, whose text was recognised by OCR. `confidence`: the mean of its characters, 0 to 1."""

    page: int
    confidence: float = Field(ge=0, le=1)


class Unreadable(Record):
    """Characters that the file shows and doesn't tell, by offsets of the text; `page` where the file has pages."""

    start: int
    end: int
    page: int | None = None


class FrontVote(Record):
    """How a field of the title page was elected: `agreed` names the sources that say the same.

    `against`: those that say something else, with what they say, as "fields: paper.dvi".
    """

    field: str
    agreed: tuple[str, ...]
    against: tuple[str, ...] = ()


class Integrity(Record):
    """The integrity report of a document. `citations` counts (statement, reference) pairs.

    `duplicates` are numbers given to two entries, `duplicate_entries` pairs of numbers given to one work, `unreadable`
    characters that are lost, stretch by stretch, `recognised` the pages whose text isn't the file's but comes from OCR,
    `front_matter` how title, authors, year and DOI were elected, where several sources tell them.
    """

    references: int
    contiguous: bool
    missing: tuple[int, ...] = ()
    duplicates: tuple[int, ...] = ()
    citations: int
    unresolved: tuple[Unresolved, ...] = ()
    never_cited: tuple[int, ...] = ()
    without_doi: tuple[int, ...] = ()
    duplicate_entries: tuple[tuple[int, int], ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    recognised: tuple[RecognisedPage, ...] = ()
    front_matter: tuple[FrontVote, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether the numbering has no gap or duplicate and every marker is resolved."""
        return self.contiguous and not self.duplicates and not self.unresolved


class Source(Record):
    """The file that a document was read from."""

    name: str
    sha256: str
    media_type: str


class LibraryEntry(Sparse):
    """What a library of references, such as Zotero's, says of a document's file.

    `source`: "zotero", or the name of the exported file. `key`: the entry's there; `attachment`: the file's, in
    Zotero. `collection`: the key of the collection that was asked for. `link`: opens the file in Zotero. What isn't
    known of the work is left out.
    """

    source: str
    key: str
    attachment: str | None = None
    collection: str | None = None
    link: str | None = None
    title: str | None = None
    author: tuple[Name, ...] = ()
    year: int | None = None
    DOI: str | None = None
    tags: tuple[str, ...] = ()


class Abbreviation(Record):
    """A short form and the long form that the document defines it by."""

    short: str
    long: str


class Document(Record):
    """One file as a reader understood it.

    `kind` says whether it stands on its own ("review") or under a number of another; `genre` what kind of article it
    is, None where that can't be told. `library`: its entry in a library of references, which title, authors, year and
    DOI are then taken from.
    """

    id: str
    kind: DocumentKind = "review"
    genre: Genre | None = None
    title: str
    author: tuple[Name, ...] = ()
    year: int | None = None
    DOI: str | None = None
    license: str | None = None
    library: LibraryEntry | None = None
    reference: int | None = None
    source: Source
    text: str
    keywords: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    integrity: Integrity


class Heading(Record):
    """The section that a passage stands in."""

    number: str | None = None
    title: str


class Home(Record):
    """The document that a passage stands in.

    `reference` is its number in the review, for a cited paper, and `review` the id of that review. `link` opens it in
    the library of references that it came from.
    """

    id: str
    title: str
    kind: DocumentKind = "review"
    reference: int | None = None
    review: str | None = None
    link: str | None = None

    @property
    def bibliography(self) -> str:
        """The id of the document to whose bibliography the numbers printed here belong."""
        return self.review or self.id

    @model_serializer(mode="wrap")
    def _known(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told = handler(self).items()
        return {name: value for name, value in told if name not in ("review", "link") or value is not None}


class Statement(Record):
    """A sentence (or row, or entry) of a passage with the numbers cited in it and those carried to it."""

    start: int
    end: int
    references: tuple[int, ...] = ()
    carried: tuple[int, ...] = ()


class Passage(Record):
    """The unit that is indexed and returned; `text` is the canonical text at `start`..`end`.

    `indexed` is the text that is indexed: cells named by their columns, abbreviations written out. `label` is the table
    or figure it belongs to.
    """

    id: str
    kind: PassageKind
    document: Home
    section: Heading | None = None
    page: int | None = None
    start: int
    end: int
    text: str
    sentences: tuple[Statement, ...] = ()
    references: tuple[int, ...] = ()
    label: str | None = None
    indexed: str = ""

    @property
    def is_citing(self) -> bool:
        """Whether any number stands in it or is carried to it."""
        return any(each.references or each.carried for each in self.sentences)


class RankedPassage(Passage):
    """A passage in the answer to a question. `link` opens its page in the library that its document came from."""

    rank: int
    score: float
    scores: dict[str, float] = {}
    indexed: str = Field(default="", exclude=True)
    link: str | None = None

    @model_serializer(mode="wrap")
    def _known(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in handler(self).items() if name != "link" or value is not None}


class Outline(Record):
    """A document's structure without its text. Questions that name a part are matched against it."""

    document: Home
    genre: Genre | None = None
    author: tuple[Name, ...] = ()
    year: int | None = None
    DOI: str | None = None
    license: str | None = None
    library: LibraryEntry | None = None
    source: Source
    keywords: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    integrity: Integrity


class Rival(Record):
    """An entry that a document might have been placed under and wasn't: its review's id, number, and why not.

    `fits`: the document seems to be the work that the entry names.
    """

    review: str
    reference: int
    score: float
    fits: bool
    reason: str


class Placement(Record):
    """Where a stored document belongs: under a number of a review's bibliography, or on its own.

    `kind` is "review" for one that stands on its own, whether or not papers are placed under it (`papers`
    counts them). `by` tells how a paper was matched and `score` how alike the titles are (1.0 for a DOI).
    """

    document: str
    source: str
    title: str
    kind: DocumentKind
    review: str | None = None
    reference: int | None = None
    by: Literal["doi", "title"] | None = None
    score: float | None = None
    papers: int = 0
    rivals: tuple[Rival, ...] = ()

    @property
    def home(self) -> Home:
        """The document as its passages name it."""
        return Home(id=self.document, title=self.title, kind=self.kind, reference=self.reference, review=self.review)


class Suspect(Record):
    """A citation that doesn't seem to fit its statement, as the document's audit says.

    `start`..`end` is the statement, `reference` the number printed there. `score` is the support that this entry gives
    the statement (0 to 1, higher is better), `reason` says in words why it is in doubt, `better` are the numbers of
    entries that fit better, best first.
    """

    start: int
    end: int
    reference: int
    score: float = Field(ge=0, le=1)
    reason: str
    better: tuple[int, ...] = ()


class Doubt(Record):
    """A number of a claim that doesn't seem to fit it: see `Suspect`. `warning` is its line among the warnings."""

    reference: int
    score: float = Field(ge=0, le=1)
    reason: str
    better: tuple[int, ...] = ()
    warning: str


class Gap(Unresolved):
    """A marker printed in a claim that isn't resolved: see `Unresolved`. `warning` is its line among the warnings."""

    warning: str


class Quotation(Record):
    """A verbatim sentence of a passage, with the numbers printed in it and those carried to it."""

    text: str
    passage: str
    start: int
    end: int
    references: tuple[int, ...] = ()
    carried: tuple[int, ...] = ()


class Context(Quotation):
    """The verbatim sentence before a claim that leans on it, with the numbers printed in it and those carried to it."""


class Cell(Record):
    """A cell of a table row under its column's head, "" where the column has none."""

    column: str
    text: str


class CitedSentence(Record):
    """What the work cited under a number itself says of a claim: the verbatim sentence nearest to it.

    `level`: where the sentence stands, in the work's abstract or in its text. `verdict`: whether the work supports the
    claim, in a verifier's opinion; `score` is the probability of that verdict.
    """

    number: int
    level: Literal["abstract", "text"]
    text: str
    score: float = Field(ge=0, le=1)
    verdict: Outcome


class Verified(Record):
    """A statement, `start`..`end` in its document, with what a work that it cites says of it.

    `text` is the citing sentence; `start` may lie before it, at the first sentence to which its numbers are carried.
    """

    document: str
    text: str
    start: int
    end: int
    cited: CitedSentence


class Claim(Quotation):
    """One verbatim sentence of an answer with the numbers printed in it, those carried to it, and doubts about both.

    `unresolved`: markers printed in it whose entries the bibliography lacks, so that a number is missing here.
    `relevance`: how well its passage answers the question, in the judge's opinion; None where no judge read it.
    `context`: the sentence before, where the claim can't stand alone. `cells`: of a table row, under the heads of their
    columns. `cited`: what the works cited there say themselves, where anything of them is stored.
    """

    doubts: tuple[Doubt, ...] = ()
    unresolved: tuple[Gap, ...] = ()
    relevance: float | None = Field(default=None, ge=0, le=1)
    context: Context | None = None
    cells: tuple[Cell, ...] = ()
    cited: tuple[CitedSentence, ...] = ()

    @model_serializer(mode="wrap")
    def _known(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in handler(self).items() if name != "cited" or value}


class JudgeName(Record):
    """Who decided between the passages found, and in which version."""

    name: str
    version: str


class PhrasedSentence(Record):
    """A sentence of a phrased answer: the claims that it says, by their places among the answer's, and their numbers.

    `references`: the numbers printed in these claims. `replaced`: it is not the writing model's but the claims word for
    word, because the model's failed the gate or left them out.
    """

    text: str
    claims: tuple[int, ...]
    references: tuple[int, ...] = ()
    replaced: bool = False


class Phrasing(Record):
    """An answer as a writing model phrased it, each sentence held against the claims that it names.

    `text`: the sentences, each followed by its numbers as in the answer. `replaced`: how many were replaced.
    """

    text: str
    sentences: tuple[PhrasedSentence, ...]
    model: str
    replaced: int = Field(ge=0)


class CorpusState(Record):
    """The corpus that answered. The same name, fingerprint and question give the same bytes."""

    name: str
    fingerprint: str
    documents: int


class Filters(Sparse):
    """What of a corpus a question is put to; None means any.

    `document`: a name, title or reference that means one document. `years`: of the documents, first and last, None for
    an open end. `kind`: of the passages. `section`: a title, number or role such as "methods".
    """

    document: str | None = None
    years: tuple[int | None, int | None] | None = None
    kind: PassageKind | None = None
    section: str | None = None


class DocumentName(Record):
    """A document as a question may name it: by id, by the name of its file, or by its title."""

    id: str
    name: str
    title: str


class Answer(Record):
    """An answer or a refusal (`insufficient_evidence`, then without claims and references).

    `confidence`: the probability that the claims answer the question, or would have. `note` is what was counted for
    the answer ("3 of 90 entries match"): computed, not quoted. `judge`: who decided between the passages; None where
    numbers or facts alone picked them, no judge is set, or the passages are too long for it. `missing`: of a question
    that joins several, the words of those that would be refused by themselves and whose best passage isn't among the
    claims'; never of all. `reason`: "which_document" for a refusal since the question needs one document and several
    fit, which are the `candidates`. `filters`: what the question was put to, if that isn't the whole corpus.
    `phrasing`: the claims as a writing model joined them, where that was asked for and could be had; `answer` and
    `claims` stay the answer of record.
    """

    question: str
    status: Status
    confidence: float = Field(ge=0, le=1)
    answer: str = ""
    note: str | None = None
    missing: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    references: tuple[Reference, ...] = ()
    passages: tuple[RankedPassage, ...] = ()
    warnings: tuple[str, ...] = ()
    judge: JudgeName | None = None
    reason: Literal["which_document"] | None = None
    candidates: tuple[DocumentName, ...] = ()
    filters: Filters | None = None
    corpus: CorpusState
    phrasing: Phrasing | None = None

    @model_serializer(mode="wrap")
    def _known(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told, optional = handler(self), ("reason", "candidates", "filters", "phrasing")
        return {name: value for name, value in told.items() if value or name not in optional}
