"""The body of documents that everything is fitted and judged on, with its fixed split by document.

`fit`: what the judge learns from. `choose`: what recipes, weights and thresholds are chosen on, unseen by the judge.
`report`: looked at once for each version, and the only figures that tell of other documents. Of each kind of document
the split goes by the SHA-256 of its name, so that nobody's taste decides it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field

from eval.runs.lines import read_lines
from eval.sets import GOLD, SETS, SHARED
from evqa.errors import InputError
from evqa.language.words import squeeze
from evqa.model import Record

Split = Literal["fit", "choose", "report"]
SPLITS: tuple[Split, ...] = get_args(Split)
# How many documents of each kind are kept for reporting, and for choosing.
KEPT = {"train": (10, 10), "articles": (8, 8)}
# Reviews that nothing was fitted on, but whose faults were mended after a look.
LOOKED_AT = {"acne": "PMC6273829", "stimulation": "PMC6050377", "volatiles": "PMC6313609", "acidosis": "PMC5854649"}
DIGITS = 10


class BodyQuestion(Record):
    """A question with what is known of its answer; fields of other uses are ignored.

    `anchors`: words of every sentence that answers, squeezed. `grades`: for each grade (3 answers, 2 in part, 1 on the
    topic) the keys of passages, where someone has read them; None where nobody has. `same_as`: the question that this
    one asks in other words.
    """

    model_config = ConfigDict(extra="ignore")

    id: str
    question: str
    kind: str
    anchors: tuple[str, ...] = ()
    overlap: str | None = None
    why: str = ""
    same_as: str | None = None
    grades: Mapping[int, frozenset[str]] | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether the document holds an answer."""
        return self.kind != "unanswerable"

    def is_evidence(self, text: str) -> bool:
        """Whether the passage holds words of a sentence that answers."""
        squeezed = squeeze(text)
        return any(anchor in squeezed for anchor in self.anchors)

    def grade(self, text: str) -> int:
        """The grade of a passage: 3 for what holds the evidence, else what its reader gave it."""
        if self.is_evidence(text):
            return 3
        key = passage_key(text)
        return next((grade for grade, keys in (self.grades or {}).items() if key in keys), 0)


class BodyDocument(Record):
    """A document of the body: its file, its questions, and where it belongs in the split."""

    name: str
    path: Path
    split: Split
    questions: tuple[BodyQuestion, ...]


class _Evidence(Record):
    model_config = ConfigDict(extra="ignore")

    anchor: str


class _Line(Record):
    """A line of a file of questions, as it is written."""

    model_config = ConfigDict(extra="ignore")

    id: str
    question: str
    kind: str
    evidence: tuple[_Evidence, ...] = ()
    overlap: str | None = None
    why: str = ""
    same_as: str | None = None


class Graded(Record):
    """The grades of a question's passages, by their keys; what isn't named says nothing of the thing asked."""

    id: str
    answers: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    @property
    def by_grade(self) -> dict[int, frozenset[str]]:
        """The keys by grade."""
        return {3: frozenset(self.answers), 2: frozenset(self.partly), 1: frozenset(self.topic)}


class Drill(Record):
    """A short question made to teach, with the passages that answer it, fully or in part."""

    question: Annotated[str, Field(min_length=1)]
    answers: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()


def passage_key(text: str) -> str:
    """What a passage is called in files of grades: the start of the SHA-256 of its letters and digits."""
    return hashlib.sha256(squeeze(text).encode()).hexdigest()[:DIGITS]


def documents(shared: Path = SHARED, gold: Path = GOLD) -> tuple[BodyDocument, ...]:
    """All documents of the body, by name; their texts lie under `shared`. Raises InputError for a line that is none."""
    if not shared.is_dir():
        raise InputError(shared, "the texts of the body aren't there", "put the folder of reference material there")
    return tuple(sorted(_documents(shared, gold), key=lambda each: each.name))


def _documents(shared: Path, gold: Path) -> Iterator[BodyDocument]:
    for kind, folder in (("train", shared / "gold/train"), ("articles", gold / "articles")):
        files = {file.stem: file for file in folder.glob("*.jsonl")}
        split = splits(list(files), *KEPT[kind])
        for name, file in files.items():
            yield _document(name, _article(shared, name), split[name], file, gold)
    for each in SETS:
        yield _document(each.name, shared / each.documents[0], "fit", each.gold, gold)
    for name, article in LOOKED_AT.items():
        yield _document(name, _article(shared, article), "choose", gold / f"unseen/{name}.jsonl", gold)


def front_documents(shared: Path = SHARED, gold: Path = GOLD) -> tuple[BodyDocument, ...]:
    """The articles whose title pages and statements are asked about, by name; no fit and no choice rests on them."""
    files = sorted((gold / "front").glob("*.jsonl"))
    return tuple(_document(file.stem, _article(shared, file.stem), "report", file, gold) for file in files)


def splits(names: Sequence[str], report: int, choose: int) -> dict[str, Split]:
    """Where each document belongs: the first by the SHA-256 of their names to `report`, the next to `choose`."""
    order = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return {name: _split(place, report, choose) for place, name in enumerate(order)}


def _split(place: int, report: int, choose: int) -> Split:
    return "report" if place < report else "choose" if place < report + choose else "fit"


def _article(shared: Path, name: str) -> Path:
    return shared / f"articles/xml/{name}.xml"


def _document(name: str, path: Path, split: Split, file: Path, gold: Path) -> BodyDocument:
    grades = graded(gold / f"grades/{name}.jsonl")
    questions = tuple(_question(line, grades.get(line.id)) for line in read_lines(file, _Line))
    return BodyDocument(name=name, path=path, split=split, questions=questions)


def graded(file: Path) -> dict[str, Graded]:
    """The grades of a document's questions by their ids; none if the file isn't there."""
    return {each.id: each for each in read_lines(file, Graded)} if file.is_file() else {}


def _question(line: _Line, grades: Graded | None) -> BodyQuestion:
    return BodyQuestion(
        id=line.id,
        question=line.question,
        kind=line.kind,
        anchors=tuple(dict.fromkeys(squeeze(each.anchor) for each in line.evidence)),
        overlap=line.overlap,
        why=line.why,
        same_as=line.same_as,
        grades=grades.by_grade if grades else None,
    )


def drills(name: str, gold: Path = GOLD) -> tuple[BodyQuestion, ...]:
    """The drill questions of a document of the split `fit`, or of a collection of abstracts; () if there are none."""
    file = gold / f"drill/{name}.jsonl"
    lines = read_lines(file, Drill) if file.is_file() else ()
    return tuple(_drilled(name, place, line) for place, line in enumerate(lines))


def _drilled(name: str, place: int, line: Drill) -> BodyQuestion:
    return BodyQuestion(
        id=f"{name}-d{place:03d}",
        question=line.question,
        kind="drill" if line.answers else "unanswerable",
        grades={3: frozenset(line.answers), 2: frozenset(line.partly)},
    )
