"""Gold sets: questions with the evidence and the reference numbers of a right answer."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from eval.runs.lines import read_lines, unique_ids
from evqa.errors import InputError
from evqa.language.words import squeeze
from evqa.model import Record

Kind = Literal[
    "definition", "factoid", "mechanism", "comparison", "list", "table", "bibliographic", "scope", "unanswerable"
]  # fmt: skip
Overlap = Literal["low", "medium", "high"]


def _has_words(anchor: str) -> str:
    if not squeeze(anchor):
        raise ValueError(f"the anchor {anchor!r} holds no letter or digit")
    return anchor


class Evidence(Record):
    """Words that occur once in the document (`anchor`), and where they are: "4", "Table 1", "ref 39"."""

    model_config = ConfigDict(extra="ignore")

    where: str = ""
    anchor: Annotated[str, AfterValidator(_has_words)]


class GoldQuestion(Record):
    """A question with what answers it; unknown fields are ignored.

    `references` are the numbers printed for the answering statement. () with evidence means that the statement has no
    number. `overlap` says whether the question shares few or many words with its evidence. An unanswerable question has
    neither references nor evidence; it may say `why`, and what it comes `near`.
    """

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    kind: Kind
    references: tuple[Annotated[int, Field(ge=1)], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answer: str = ""
    overlap: Overlap | None = None
    why: str = ""
    near: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.is_answerable and not (self.evidence and "references" in self.model_fields_set):
            raise ValueError(f"{self.id} is of kind {self.kind} and needs references (perhaps []) and evidence")
        if not self.is_answerable and (self.evidence or self.references):
            raise ValueError(f"{self.id} is unanswerable and can't have references or evidence")
        return self

    @property
    def is_answerable(self) -> bool:
        """Whether the document holds an answer."""
        return self.kind != "unanswerable"

    @property
    def anchors(self) -> tuple[str, ...]:
        """The squeezed anchors, each once, in order."""
        return tuple(dict.fromkeys(squeeze(evidence.anchor) for evidence in self.evidence))


def load_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """Load the questions of a gold set, in file order.

    Raises InputError with the line if it isn't a gold question (an unknown kind, an answerable question without
    evidence, …), and if two questions share an id.
    """
    gold = read_lines(path, GoldQuestion)
    unique_ids(path, [question.id for question in gold])
    return gold


def check_anchors(gold: Iterable[GoldQuestion], *texts: str) -> None:
    """Check that every anchor occurs exactly once in one of the texts. Raises InputError with question and anchor.

    `texts` are the canonical texts of the documents that the questions are about. Anchors and texts are squeezed before
    they are compared.
    """
    squeezed = [squeeze(text) for text in texts]
    wrong = [(q.id, anchor, times) for q, anchor in _anchors(gold) if (times := _trouble(squeezed, squeeze(anchor)))]
    if wrong:
        name, anchor, times = wrong[0]
        others = f" ({len(wrong) - 1} more: {', '.join(other for other, *_ in wrong[1:6])})" if len(wrong) > 1 else ""
        raise InputError(name, f"the anchor {anchor!r} occurs {times}, not once", f"choose other words{others}")


def _anchors(gold: Iterable[GoldQuestion]) -> Iterator[tuple[GoldQuestion, str]]:
    return ((question, evidence.anchor) for question in gold for evidence in question.evidence)


def _trouble(texts: Sequence[str], anchor: str) -> str:
    """What is wrong with an anchor; "" if one of the texts holds it once."""
    times = [_times(text, anchor) for text in texts]
    if 1 in times:
        return ""
    return "more than once in the document" if any(times) else "nowhere in the document"


def _times(text: str, anchor: str) -> int:
    """How often an anchor occurs: 0, 1, or 2 for more. Overlapping occurrences count."""
    first = text.find(anchor)
    return 0 if first < 0 else 1 + (text.find(anchor, first + 1) >= 0)
