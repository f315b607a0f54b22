"""What a language model is asked about passages, and what it may say: one grade a passage, nothing else."""

import hashlib
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import Any

from evqa.corpus.judge import MOST_READ, Shown
from index.judging.endpoint import UnusableError
from index.models.embedding import indexed_text

# The probability that the best passage answers, by its grade. By the grades in eval/gold/grades, of the 3,160 questions
# that the wording decides, it is .98, .09, .01 and .00; a model reads less well than their readers did.
GRADES = {3: 0.95, 2: 0.1, 1: 0.01, 0: 0.0}
# Words and characters of a passage, and of the sentence before it, that are sent.
MOST_WORDS = 150
MOST_CHARACTERS = 2_000
# Characters of a reply that are read, from its end.
MOST_REPLIED = 8_000
# What a server may take for the start of a message of its own: <|im_start|>, </s>, <start_of_turn>, [INST].
STEERING = re.compile(r"<(?=[^\s\d=])|\[(?=/?[A-Z_]{3,}\])")

# One grade a passage, in the order of the passages.
Grades = tuple[int, ...]


@cache
def prompt() -> str:
    """What the model is told to do."""
    return files("index.judging").joinpath("prompt.txt").read_text(encoding="utf-8").strip()


@cache
def version() -> str:
    """What tells this prompt, form of reply and table of grades from others: 12 hexadecimal digits."""
    asked = json.dumps([prompt(), schema(MOST_READ), sorted(GRADES.items()), MOST_WORDS, STEERING.pattern])
    return hashlib.sha256(asked.encode()).hexdigest()[:12]


def schema(count: int) -> dict[str, Any]:
    """The JSON Schema of a reply on so many passages. It leaves no room for a word."""
    numbers = [str(number) for number in range(1, count + 1)]
    grade = {"type": "integer", "enum": sorted(GRADES)}
    return {
        "type": "object",
        "properties": dict.fromkeys(numbers, grade),
        "required": numbers,
        "additionalProperties": False,
    }


def message(question: str, shown: Sequence[Shown]) -> str:
    """Question and passages as one JSON object.

    No text can end its string, nor begin what a server's template would take for another message: the first character
    of such a mark is escaped, which JSON undoes.
    """
    passages = [
        {"number": number, "before": before, "text": text}
        for number, (text, before) in enumerate(map(texts, shown), start=1)
    ]
    written = json.dumps({"question": question, "passages": passages}, ensure_ascii=False)
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def texts(each: Shown) -> tuple[str, str]:
    """What the model reads of a passage, and before it: as printed, a table row with the names of its columns."""
    passage = each.passage
    text = indexed_text(passage) if passage.kind == "table_row" else passage.text
    return cut(text), cut(each.before.text) if each.before else ""


def cut(text: str) -> str:
    """The first `MOST_WORDS` words of a text, at most `MOST_CHARACTERS`, with "…" where more follows."""
    words = text.split()
    short = " ".join(words[:MOST_WORDS])
    is_whole = len(words) <= MOST_WORDS and len(short) <= MOST_CHARACTERS
    return short if is_whole else f"{short[:MOST_CHARACTERS]} …"


def grades_in(reply: str, count: int) -> Grades:
    """The grades in a reply on so many passages; a passage without one has 0.

    What stands around the one JSON object, such as a fence or a thought, is passed over. Raises UnusableError unless
    there is exactly one object, with a grade at least, and with nothing but grades of passages that were shown.
    """
    found = _objects(reply.rpartition("</think>")[2][-MOST_REPLIED:])
    if len(found) != 1:
        raise UnusableError("a reply without grades" if not found else "a reply with several lists of grades")
    (pairs,) = found
    grades = dict(pairs)
    if len(grades) < len(pairs):
        raise UnusableError("two grades for one passage")
    if not grades:
        raise UnusableError("a reply without grades")
    if not grades.keys() <= {str(number) for number in range(1, count + 1)}:
        raise UnusableError("a grade for a passage that wasn't shown")
    if not all(type(grade) is int and grade in GRADES for grade in grades.values()):
        raise UnusableError("what is no grade")
    return tuple(grades.get(str(number), 0) for number in range(1, count + 1))


class _Pairs(list[tuple[str, Any]]):
    """The members of a JSON object in order, those of the same name too."""


def _objects(text: str) -> list[_Pairs]:
    """The JSON objects in a text, those inside another one left out."""
    decoder = json.JSONDecoder(object_pairs_hook=_Pairs)
    found, start = [], text.find("{")
    while start >= 0:
        end = start + 1
        # A brace of the text around the object begins nothing.
        with suppress(ValueError, RecursionError):
            value, end = decoder.raw_decode(text, start)
            found.append(value)
        start = text.find("{", end)
    return found
