"""An evidence table: one row a claim of one document for one question. All records are frozen."""

from typing import Literal

from pydantic import Field

from evqa.model import CitedSentence, CorpusState, Heading, Home, Record, Standing

# What a document says to a question: an answer, perhaps one, or none that was found.
Result = Literal["found", "perhaps", "not found"]


class CitedEntry(Record):
    """An entry that a claim cites: its number, whether that is printed in a later sentence, and the entry.

    `entry` is None where the bibliography lacks the number. `status` is None where nobody was ever asked whether the
    work still stands, and `said` tells it in words, so that "not checked" never looks clean. `says`: what the work
    itself says of the claim, where anything of it is stored.
    """

    number: int
    carried: bool = False
    entry: str | None
    DOI: str | None = None
    status: Standing | None = None
    said: str
    says: CitedSentence | None = None


class EvidenceRow(Record):
    """A claim, word for word, with its place and what it cites; or that a document doesn't answer a question.

    `confidence`: the probability that what the document says here answers the question; `relevance`: how well the claim
    does, in the judge's opinion. `context` is the sentence before, where the claim leans on it. `notes`: doubts about
    its numbers, markers that aren't resolved, and what else a reader has to know. `start`..`end` are offsets into the
    document's text.
    """

    question: str
    result: Result
    document: Home
    source: str
    confidence: float = Field(ge=0, le=1)
    claim: str | None = None
    relevance: float | None = Field(default=None, ge=0, le=1)
    context: str | None = None
    cited: tuple[CitedEntry, ...] = ()
    section: Heading | None = None
    label: str | None = None
    page: int | None = None
    passage: str | None = None
    start: int | None = None
    end: int | None = None
    notes: tuple[str, ...] = ()


class EvidenceTable(Record):
    """The questions in order, each with the rows of every document in the order of the corpus.

    `asked` counts the documents that each question was put to; with `found_only` those that don't answer have no row.
    """

    questions: tuple[str, ...]
    asked: int
    found_only: bool = False
    rows: tuple[EvidenceRow, ...]
    corpus: CorpusState
