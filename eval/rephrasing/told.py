"""Answers of evqa on the body of documents, as a writing model is shown them; and rephrasings written by hand."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from eval.command_line import say
from eval.judging.body import BodyDocument
from eval.judging.candidates import stored
from eval.rephrasing.seeded import Told
from eval.runs.lines import read_lines
from eval.sets import GOLD
from evqa.answer import ask
from evqa.errors import InputError
from evqa.model import Record
from evqa.phrasing.bare import bare
from evqa.phrasing.phrased import claim_texts
from evqa.settings import Settings
from index.judging.judged import judged
from index.judging.local import LocalJudge
from index.judging.ready import judge_model
from ingest.passages import passages
from ingest.reader import read

HAND = GOLD / "phrasing/rephrased.jsonl"
SEED = 48
SHORTEST, LONGEST = 25, 600
# Claims of one answer, and sentences from elsewhere, that a fault is made of.
MOST_CLAIMS, OTHERS, FOREIGN = 5, 12, 8
PROSE = ("prose", "abstract")


class Rephrased(Record):
    """A sentence that someone wrote for some claims of a document. `claims`: the first words of each."""

    document: str
    claims: tuple[str, ...]
    sentence: str


class Sound(NamedTuple):
    """A sentence that says what the claims say, and these."""

    sentence: str
    claims: tuple[str, ...]


def half_of(path: Path) -> str:
    """Which half a file belongs to, by the last bit of its SHA-256: "even" is built on, "odd" looked at once."""
    return "odd" if hashlib.sha256(path.read_bytes()).digest()[-1] % 2 else "even"


def told_answers(documents: Sequence[BodyDocument], home: Path, half: str) -> list[Told]:
    """The answers to the questions of these documents, each with sentences that aren't in it."""
    answers: list[tuple[str, tuple[str, ...]]] = []
    for document in documents:
        say(f"{document.name}: {len(document.questions)} questions")
        answers += [(document.name, claims) for claims in _answers(document, home)]
    by_document: dict[str, list[str]] = {}
    for name, claims in answers:
        by_document.setdefault(name, []).extend(claims)
    random = Random(SEED)  # noqa: S311 - nothing secret
    return [_told(name, claims, by_document, random, half) for name, claims in answers]


def _told(name: str, claims: tuple[str, ...], by_document: dict[str, list[str]], random: Random, half: str) -> Told:
    others = [text for text in by_document[name] if text not in claims]
    rest = [each for each in sorted(by_document) if each != name]
    foreign = by_document[random.choice(rest)] if rest else []
    return Told(
        claims,
        tuple(random.sample(others, min(OTHERS, len(others)))),
        tuple(random.sample(foreign, min(FOREIGN, len(foreign)))),
        half == "odd",
    )


def _answers(document: BodyDocument, home: Path) -> Iterator[tuple[str, ...]]:
    """The claims of each answer that are sentences of the text, without their markers."""
    with stored([document.path], home, document.name, Settings().model) as corpus:
        asked = judged(corpus, Settings(), lambda: LocalJudge(judge_model(home), corpus), say)
        for question in document.questions:
            answer = ask(question.question, asked)
            kinds = {passage.id: passage.kind for passage in answer.passages}
            told = zip(answer.claims, claim_texts(answer), strict=True)
            claims = [text for claim, text in told if kinds[claim.passage] in PROSE and SHORTEST < len(text) < LONGEST]
            if claims:
                yield tuple(claims[:MOST_CLAIMS])


def written_by_hand(shared: Path, half: str, file: Path = HAND) -> list[Sound]:
    """The rephrasings of one half of the articles. Raises InputError for a claim that its document doesn't have."""
    found: list[Sound] = []
    lines = read_lines(file, Rephrased)
    for name in dict.fromkeys(line.document for line in lines):
        path = shared / f"articles/xml/{name}.xml"
        if half_of(path) == half:
            sentences = _sentences(path)
            own = (line for line in lines if line.document == name)
            found += [
                Sound(line.sentence, tuple(_claim(name, start, sentences) for start in line.claims)) for line in own
            ]
    return found


def _claim(name: str, start: str, sentences: Sequence[tuple[str, str]]) -> str:
    for text, told in sentences:
        if " ".join(text.split()).startswith(start):
            return told
    raise InputError(HAND, f"{name} has no sentence that begins with {start!r}", "correct the line")


def _sentences(path: Path) -> list[tuple[str, str]]:
    """The sentences of a document's text as printed, each with how a model is shown it."""
    document = read(path)
    return [
        (text, bare(text, passage.indexed))
        for passage in passages(document)
        if passage.kind in PROSE
        for each in passage.sentences
        for text in [document.text[each.start : each.end]]
    ]
