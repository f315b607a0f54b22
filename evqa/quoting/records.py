"""What a check says: a verdict for each sentence, where it is printed, and what differs there. All frozen."""

from typing import Literal

from evqa.model import CorpusState, Heading, Home, PassageKind, Record

Verdict = Literal["verbatim", "near", "absent"]
CheckedKind = Literal["quotation", "figures"]


class Difference(Record):
    """What the quotation has and the document has in its place, "" where it has nothing.

    `start`..`end` are offsets into the sentence that was checked.
    """

    quoted: str
    printed: str
    start: int
    end: int


class QuotedPlace(Record):
    """A stretch of a document, `start`..`end` of its canonical text, with the numbers of references printed there.

    `passage` is the id of the passage in which it begins.
    """

    document: Home
    section: Heading | None = None
    page: int | None = None
    kind: PassageKind
    label: str | None = None
    passage: str
    start: int
    end: int
    text: str
    references: tuple[int, ...] = ()


class DraftPlace(Record):
    """Where in a draft a sentence stands: offsets into its text, end exclusive, and the line, counted from 1."""

    start: int
    end: int
    line: int


class CheckedSentence(Record):
    """A quotation, or a sentence with figures, and whether it is printed in the corpus.

    `verdict`: `verbatim` where nothing differs but what word processors change, `near` with the `differences` at the
    first of `places`, `absent` where nothing comes near. `similarity`: 1 for verbatim, the share that agrees else.
    `inserted`: what stands in square brackets and isn't printed there. `missing_numbers`: figures that aren't
    printed at that place. `draft`: where it stands in the draft that was given.
    """

    text: str
    kind: CheckedKind = "quotation"
    verdict: Verdict
    similarity: float
    differences: tuple[Difference, ...] = ()
    inserted: tuple[str, ...] = ()
    missing_numbers: tuple[str, ...] = ()
    places: tuple[QuotedPlace, ...] = ()
    draft: DraftPlace | None = None


class Check(Record):
    """What was checked, in order, with how many sentences have each verdict, and the corpus that was asked."""

    verbatim: int
    near: int
    absent: int
    sentences: tuple[CheckedSentence, ...]
    corpus: CorpusState
