"""Questions with the documents that they are about, as peers and evqa are asked them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ConfigDict, Field, ValidationError

from eval.runs.gold import Evidence, GoldQuestion
from eval.runs.lines import read_lines, unique_ids
from eval.sets import SHARED, given_set
from evqa.errors import InputError
from evqa.language.words import squeeze
from evqa.model import Document, Passage, Record
from ingest.passages import passages
from ingest.reader import read


class AskedSet(NamedTuple):
    """A document with its questions: the file, what was read of it, and its passages."""

    name: str
    questions: tuple[GoldQuestion, ...]
    path: Path
    document: Document
    passages: tuple[Passage, ...]


class TrainingQuestion(Record):
    """A line of a training file: a gold question that doesn't say which reference numbers are printed."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    question: str
    kind: str
    evidence: tuple[Evidence, ...] = ()
    overlap: str | None = None
    why: str = ""


def training_sets(every: int, shared: Path = SHARED) -> list[AskedSet]:
    """Every so-many-th article of `gold/train`, by name, with its questions. Raises InputError if there is none."""
    files = sorted((shared / "gold" / "train").glob("PMC*.jsonl"))[::every]
    if not files:
        raise InputError(shared / "gold" / "train", "has no questions", "give some by --set GOLD DOCUMENT")
    return [_training_set(file, shared / "articles" / "xml" / f"{file.stem}.xml") for file in files]


def _training_set(gold: Path, path: Path) -> AskedSet:
    document = read(path)
    of_document = passages(document)
    return AskedSet(gold.stem, training_questions(gold, of_document), path, document, of_document)


def named_sets(pairs: Sequence[Sequence[Path]]) -> list[AskedSet]:
    """The gold sets of `--set GOLD DOCUMENT`. Raises InputError if one can't be used, or two share a name."""
    found = []
    for gold, path in pairs:
        name, questions, _ = given_set(gold, path)
        document = read(path)
        found.append(AskedSet(f"{name}-{path.stem}", questions, path, document, passages(document)))
    unique_ids(Path("--set"), [each.name for each in found])
    return found


def training_questions(path: Path, of_document: Sequence[Passage]) -> tuple[GoldQuestion, ...]:
    """The questions of a training file; their references are the numbers printed in the sentences of the anchors.

    For a table row they are those of the row, for an entry of the bibliography its own. Raises InputError.
    """
    lines = read_lines(path, TrainingQuestion)
    unique_ids(path, [line.id for line in lines])
    squeezed = [(squeeze(passage.text), passage) for passage in of_document]
    return tuple(_gold_question(path, line, squeezed) for line in lines)


def _gold_question(path: Path, line: TrainingQuestion, squeezed: Sequence[tuple[str, Passage]]) -> GoldQuestion:
    fields: dict[str, Any] = line.model_dump(exclude={"evidence"})
    if line.evidence:
        fields |= {"evidence": line.evidence, "references": printed_numbers(line.evidence, squeezed)}
    try:
        return GoldQuestion.model_validate(fields)
    except ValidationError as error:
        raise InputError(f"{path} {line.id}", error.errors()[0]["msg"], "correct the line") from error


def printed_numbers(evidence: Sequence[Evidence], squeezed: Sequence[tuple[str, Passage]]) -> tuple[int, ...]:
    """The numbers printed in the sentences that hold an anchor, each once. `squeezed`: passages with squeezed text."""
    anchors = [squeeze(each.anchor) for each in evidence]
    holding = [passage for anchor in anchors for text, passage in squeezed if anchor in text]
    return tuple(dict.fromkeys(number for passage in holding for number in _numbers(passage, anchors)))


def _numbers(passage: Passage, anchors: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the passage's sentences that hold an anchor; of the whole passage if it spans sentences."""
    texts = [squeeze(passage.text[s.start - passage.start : s.end - passage.start]) for s in passage.sentences]
    held = [s for s, text in zip(passage.sentences, texts, strict=True) if any(anchor in text for anchor in anchors)]
    return tuple(number for sentence in held for number in sentence.references) or (() if held else passage.references)
