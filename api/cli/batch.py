"""Reads and asks a file of questions. The whole file is checked before the first question is asked."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evqa.answer import ask
from evqa.corpus.corpus import Corpus
from evqa.errors import InputError, UsageError
from evqa.model import Answer, Filters

EXAMPLE = 'write {"id": "1", "question": "…"}'


@dataclass(frozen=True)
class BatchQuestion:
    """A question and the id of its answer."""

    id: str | int
    question: str


def load_questions(path: Path) -> list[BatchQuestion]:
    """The questions in order. Blank lines and other fields are ignored.

    Raises InputError naming the file and the line that can't be used.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(path, "can't be read", "check the path", error.strerror) from error
    except UnicodeDecodeError as error:
        raise InputError(path, f"not UTF-8 (byte {error.start + 1})", "save it as UTF-8") from error
    questions = [_question(line, f"{path}, line {n}") for n, line in enumerate(lines, start=1) if line.strip()]
    if not questions:
        raise InputError(path, "holds no question", 'write one {"id", "question"} a line')
    return questions


def answer_to(item: BatchQuestion, corpus: Corpus, k: int, filters: Filters | None = None) -> Answer:
    """The answer. A question that can't be used gets a refusal with the reason as a warning."""
    try:
        return ask(item.question, corpus, k, filters)
    except UsageError as error:
        return Answer(
            question=item.question,
            status="insufficient_evidence",
            confidence=0.0,
            warnings=(str(error),),
            corpus=corpus.state,
        )


def _question(line: str, where: str) -> BatchQuestion:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(where, "not JSON", EXAMPLE, str(error)) from error
    if not isinstance(value, dict):
        raise InputError(where, "not an object", EXAMPLE)
    return BatchQuestion(_id(value, where), _text(value, where))


def _id(value: dict[str, Any], where: str) -> str | int:
    given = value.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise InputError(where, f'"id" is {given!r}', "give a text or a whole number")
    return _utf8(given, where) if isinstance(given, str) else given


def _text(value: dict[str, Any], where: str) -> str:
    given = value.get("question")
    if not isinstance(given, str):
        raise InputError(where, f'"question" is {given!r}', "give a text")
    return _utf8(given, where)


def _utf8(text: str, where: str) -> str:
    """The text. Raises InputError for half a surrogate pair, which JSON can name but UTF-8 can't write."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(where, f"half a surrogate pair at character {error.start + 1}", "correct it") from error
    return text
