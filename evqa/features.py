"""What tells an answered question from one that the corpus doesn't answer."""

import re
from collections.abc import Sequence

from evqa.polarity import conflict
from evqa.ranking import Ranked, Ranking
from evqa.retriever import Retriever, Term
from evqa.spelling import unknown_words
from evqa.understanding import Understanding
from evqa.words import FUNCTION_WORDS

NAMES = (
    "late",
    "lead",
    "scatter",
    "familiar",
    "foreign",
    "strangest",
    "rare",
    "name",
    "no_quantity",
    "conflict",
    "selected",
)

# A number that is a quantity: not part of a name ("PD-1", "miR-21") and not a table's or a type's.
_NUMBER = re.compile(r"(?<![\w-])(?<!able )(?<!igure )(?<!ype )(?<!hase )\d+(?:[.,]\d+)*(?![\w-]*[A-Za-z]\d)")
MANY_RARE = 3
# Familiarity below which a question is on foreign ground: unrelated texts come about half as near as related ones.
HOME_GROUND = 0.5


def features(asked: Understanding, ranking: Ranking, retriever: Retriever) -> tuple[float, ...]:
    """Values of `NAMES` for a question and its ranked passages, each in 0..1.

    late: score of the best passage; lead: by how much it leads the tenth. familiar: how near the corpus
    as a whole comes to the question's terms, weighted; foreign: how far that falls below HOME_GROUND;
    strangest: the same of the two strangest terms. scatter: how much of it the best passage lacks. rare:
    terms that neither the corpus nor general English knows (of three); name: one unknown to the corpus is
    written as a name. no_quantity: a quantity is asked for and none of the best three passages has one.
    conflict: question and best passage point opposite ways. selected: numbers or facts picked the passages.
    """
    best, terms = ranking.ranked[0], ranking.terms
    unknown = unknown_words(" ".join(term.text for term in terms), retriever)
    return (
        best.candidate.late,
        _lead(ranking),
        _scatter(terms, best),
        _familiar(terms),
        max(0.0, 1 - _familiar(terms) / HOME_GROUND),
        _strangest(terms),
        min(1.0, sum(term.text in unknown and not term.is_common for term in terms) / MANY_RARE),
        float(_has_name(asked.question, unknown)),
        float(asked.wants.quantity and not any(_NUMBER.search(_text(each)) for each in ranking.ranked[:3])),
        float(conflict(asked.content, best.passage.text)),
        float(asked.numbers is not None or asked.facts.selects),
    )


def _lead(ranking: Ranking) -> float:
    """By how much the best score leads the tenth; 0 where the best isn't first for its score."""
    tenth = ranking.ranked[min(9, len(ranking.ranked) - 1)]
    return min(1.0, max(0.0, ranking.ranked[0].score - tenth.score))


def is_understood(terms: Sequence[Term], retriever: Retriever) -> bool:
    """Whether any word with a meaning of its own is one of the corpus's or of general English."""
    spoken = [term for term in terms if len(term.text) > 1 and term.text not in FUNCTION_WORDS]
    unknown = set(unknown_words(" ".join(term.text for term in spoken), retriever))
    return any(term.is_common or term.text not in unknown for term in spoken)


def _familiar(terms: Sequence[Term]) -> float:
    """Weighted mean of how near the corpus comes to each term; 1 without terms."""
    total = sum(term.weight for term in terms)
    return sum(term.weight * term.nearest for term in terms) / total if total else 1.0


def _scatter(terms: Sequence[Term], best: Ranked) -> float:
    """Weighted mean of what the best passage lacks of the nearest match that the corpus has."""
    total = sum(term.weight for term in terms)
    if not total or not best.candidate.matches:
        return 0.0
    pairs = zip(terms, best.candidate.matches, strict=True)
    return sum(term.weight * max(0.0, term.nearest - match) for term, match in pairs) / total


def _strangest(terms: Sequence[Term]) -> float:
    """Mean nearness of the two terms that the corpus comes least near to; 1 without terms."""
    lowest = sorted(term.nearest for term in terms if term.weight)[:2]
    return sum(lowest) / len(lowest) if lowest else 1.0


def _has_name(question: str, unknown: Sequence[str]) -> bool:
    """Whether an unknown word is written as a name: a capital inside the question, or letters with digits."""
    tokens = [token.strip("?,.()") for token in question.replace("-", " ").split()[1:]]
    return any(t.lower() in unknown and (t[:1].isupper() or any(map(str.isdigit, t))) for t in tokens)


def _text(each: Ranked) -> str:
    """What the index sees of a passage: it holds no reference numbers."""
    return each.passage.indexed or each.passage.text
