"""What tells an answered question from one that the corpus doesn't answer."""

from collections.abc import Sequence

from evqa.library import Library
from evqa.polarity import conflict
from evqa.ranking import Ranked
from evqa.spelling import respelled, unknown_words
from evqa.understanding import Understanding

NAMES = ("late", "dense", "weakest", "lead", "unknown", "strange_name", "quantity_missing", "conflict", "selected")


def features(asked: Understanding, ranked: Sequence[Ranked], library: Library) -> tuple[float, ...]:
    """Values of `NAMES` for a question and its ranked passages, each in about 0..1.

    late, dense, weakest: scores of the best passage (weakest: its least matched informative token).
    lead: by how much the best leads the tenth. unknown: share of the content words without a relative
    in the corpus; strange_name: one of them is written as a name. quantity_missing: a quantity is asked for
    and none of the best three passages has a number. conflict: question and best passage point opposite ways.
    selected: numbers or facts picked the passages.
    """
    best = ranked[0]
    text = respelled(asked.content or asked.question, library)
    unknown = unknown_words(text, library)
    many = max(1, len(set(text.split())))
    return (
        best.candidate.late,
        best.candidate.dense,
        best.candidate.weakest,
        best.score - ranked[min(9, len(ranked) - 1)].score,
        min(1.0, len(unknown) / many),
        float(_has_name(asked.question, unknown)),
        float(asked.wants_quantity and not any(_has_number(each) for each in ranked[:3])),
        float(conflict(asked.content, best.passage.text)),
        float(asked.numbers is not None or (asked.facts.selects and asked.facts.explicit)),
    )


def _has_name(question: str, unknown: Sequence[str]) -> bool:
    """Whether an unknown word is written as a name: a capital inside the question, or letters with digits."""
    tokens = question.replace("-", " ").split()[1:]
    return any(
        token.strip("?,.()").lower() in unknown and (token[0].isupper() or any(c.isdigit() for c in token))
        for token in tokens
    )


def _has_number(each: Ranked) -> bool:
    """Whether the indexed text, which holds no reference numbers, has a number of its own."""
    tokens = (each.passage.indexed or each.passage.text).replace("-", " ").replace("–", " ").split()
    return any(token.strip("().,;%<>=~").replace(",", "").replace(".", "").isdigit() for token in tokens)
