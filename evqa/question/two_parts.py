"""Split a question that joins two: "What is X and how is it treated?" asks two things, "when and where" one."""

import re
from itertools import takewhile
from typing import NamedTuple

from evqa.language.light_words import is_light
from evqa.language.words import FUNCTION_WORDS, fold

# Most questions in one, and fewest words of a clause that no auxiliary verb tells as one ("which grain keeps longest").
MOST, SHORTEST = 3, 4
_AUXILIARY = r"(?:is|are|was|were|does|do|did|has|have|had|can|could|may|might|will|would|should|must)"
_NEGATED = rf"(?:{_AUXILIARY}n['’]t|can['’]t|won['’]t)"
_ASKING = r"(?:what|which|who|whom|whose|how|why|when|where)"
_PREPOSITION = r"(?:in|at|by|to|for|from|with|of|on|under|into|after|before|between|through|during|within)"
_SUBJECT = r"(?:it|they|he|she|we|you|i|the|there|this|these|that|those|an?|any|its|their|one)"
_OPENING = rf"(?:(?:{_PREPOSITION}\s+)?{_ASKING}\b|(?:{_AUXILIARY}|{_NEGATED})\s+{_SUBJECT}\b)"
# Where a second question may begin.
_JOINT = re.compile(rf"(?:\?\s+(?:(?:and|or)\s+)?|[,;]?\s+and\s+|;\s+)(?={_OPENING})", re.IGNORECASE)
_BEGINS = re.compile(rf"(?:^|[,:;–?]\s+|\s-\s+)(?:and\s+)?(?:{_OPENING}|(?:{_AUXILIARY}|{_NEGATED})\b)", re.IGNORECASE)
# "Who supplied it" and "what causes it" do without an auxiliary verb; "and by how much", "and when" are no clauses.
_CLAUSE = re.compile(
    rf"\b(?:{_AUXILIARY}|{_NEGATED})\b|^(?:what|who)\s+\w+(?:(?<!s)s|ed)\b|^(?:what|who|how)['’]s\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:it|they|them|he|she|these|those|this)\b(?!\s+[a-z]+s?\s+(?:that|which)\b)", re.IGNORECASE)
# "Why is it that …", "how long does it take" and "these patients" stand for nothing named before by themselves.
_REPLACED = re.compile(
    r"\b(?:it(?!\s+(?:takes?|(?:[a-z]+\s+)?(?:that|which))\b)|they|them|he|she|(?:these|those|this)(?!\s+\w))\b",
    re.IGNORECASE,
)
# What is so asked for is named as a whole: "who is the corresponding author".
_NAMING = re.compile(r"\b(?:what|who|which)\s+(?:is|are|was|were)\s+(?:(?:the|an?)\s+)?", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:its|their|his|her)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:[\w'’/-]*[^\W_])?")


class Part(NamedTuple):
    """One of several questions in one. `words`: as asked; `question`: what can be asked by itself, its pronoun replaced
    by what the first part is about."""

    words: str
    question: str


def parts_of(question: str) -> tuple[Part, ...]:
    """The two or three questions that a question joins; () if it is one.

    It is two where two clauses each ask: "which drug is used, and why does it fail?". "On which days and at what doses
    is it given?" and "when was it done, and where?" are one.
    """
    pieces = _pieces(question)
    if not 1 < len(pieces) <= MOST or not _asks(pieces[0]):
        return ()
    topic = _topic(pieces[0])
    first, *others = pieces
    return (Part(first, f"{first}?"), *(Part(each, f"{_by_itself(each, topic)}?") for each in others))


def _pieces(question: str) -> list[str]:
    """The question cut at every joint between clauses that ask."""
    pieces: list[str] = []
    at = 0
    for joint in _JOINT.finditer(question):
        rest = question[joint.end() :]
        upto = next((later.start() for later in _JOINT.finditer(rest)), len(rest))
        if _is_whole(rest[:upto]) and _asks(question[at : joint.start()]):
            pieces.append(question[at : joint.start()])
            at = joint.end()
    return [piece.strip(" ?.,;\n\t") for piece in (*pieces, question[at:])]


def _asks(piece: str) -> bool:
    """Whether a clause that asks stands in the piece: "on which days" is none."""
    return bool(_BEGINS.search(piece)) and (bool(_CLAUSE.search(piece)) or len(piece.split()) >= SHORTEST)


def _is_whole(clause: str) -> bool:
    """Whether it is a clause, and says what it asks about or points to what the first part is about."""
    return bool(_CLAUSE.search(clause)) and bool(_points(clause) or any(map(_says, _WORD.findall(clause))))


def _points(clause: str) -> bool:
    return bool(_PRONOUN.search(clause) or _OWNED.search(clause))


def _says(word: str) -> bool:
    folded = fold(word)
    return not is_light(folded) and folded not in FUNCTION_WORDS


def _topic(piece: str) -> str:
    """The words of the first part that say what it is about; "" if none does."""
    naming = _NAMING.search(piece)
    name = _WORD.findall(piece[naming.end() :] if naming else "")
    phrase = list(takewhile(lambda word: fold(word) not in FUNCTION_WORDS, name))
    whole = set(phrase) if any(map(_says, phrase)) else set()
    return " ".join(word for word in _WORD.findall(piece) if _says(word) or word in whole)


def _by_itself(clause: str, topic: str) -> str:
    """The clause with its pronoun replaced by the topic, if there is one."""
    if not topic:
        return clause
    named = _REPLACED.sub(lambda _: topic, clause, count=1)
    return named if named != clause else _OWNED.sub(lambda _: f"{topic}’s", clause, count=1)
