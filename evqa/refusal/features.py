"""What tells an answered question from one that the corpus doesn't answer."""

from collections.abc import Sequence
from typing import NamedTuple

from evqa.answering.ranking import Ranked, Ranking
from evqa.corpus.corpus import Corpus, Term
from evqa.fitted import Doubt, fitted
from evqa.language.light_words import is_light
from evqa.language.words import FUNCTION_WORDS
from evqa.question.spelling import unknown_words
from evqa.question.understanding import Understanding
from evqa.refusal.polarity import conflict
from evqa.refusal.quantities import find_quantity
from evqa.refusal.stability import instability

NAMES = ("no_quantity", "conflict", "unheard", "odd", "unstable")
# Which way each may count: all speak against an answer. The fit keeps to it.
SIGNS = (-1, -1, -1, -1, -1)
ANSWERED = (0.0, 0.0, 0.0, 0.0, 0.0)

# Token cosines: from SAME on a word is there; a word that nothing in the corpus comes near is UNHEARD from the
# first of these on altogether, from the second on not at all.
SAME, UNHEARD = 0.87, (0.5, 0.62)
# A passage that scores nearly as well may hold the quantity too.
NEARLY = 0.03


def observed(asked: Understanding, ranking: Ranking, corpus: Corpus) -> tuple[float, ...] | None:
    """The features; None where a rule refuses: nothing found, a part named that isn't there, no word understood."""
    selected = asked.numbers or asked.facts.selects or asked.part
    if not ranking.ranked or asked.problems or not (selected or is_understood(ranking.terms, corpus)):
        return None
    return features(asked, ranking)


def features(asked: Understanding, ranking: Ranking) -> tuple[float, ...]:
    """Values of `NAMES` for a question and its ranked passages, each in 0..1.

    no_quantity: a quantity is asked for and neither the best passage nor a second nearly as good holds one of
    that kind. conflict: the question takes for granted what the best passage says the opposite of. unheard: how
    clearly nothing in the corpus comes near a word, as a mean over the words with a topic. odd: the best passage
    has most of the question's very words but clearly lacks one of them. unstable: how much of the question's weight
    lies in words without which another passage would be the best. Where numbers or a named part alone picked the
    passages, the words say nothing and all but the first two are as with an answer; where facts did, all are.
    """
    if asked.facts.selects:
        return ANSWERED
    best = ranking.ranked[0]
    stated = (_no_quantity(asked.question, ranking), float(conflict(asked.question, _text(best), asked.content)))
    if asked.numbers or not best.candidate.matches or not any(term.weight for term in ranking.terms):
        return (*stated, *ANSWERED[2:])
    found = _topical(ranking.terms, best)
    return (*stated, _mean([word.unheard for word in found]), _odd(found), instability(ranking))


class _Word(NamedTuple):
    """A word with a topic: its weight, how near the corpus and how near the best passage comes to it."""

    weight: float
    nearest: float
    match: float
    doubt: Doubt

    @property
    def missing(self) -> float:
        """How clearly the best passage lacks it, 0..1, less for a word that is near to many passages."""
        there, away = self.doubt.missing, self.doubt.away
        return min(self.weight / self.doubt.specific, 1.0) * _between(there - self.match, 0.0, there - away)

    @property
    def unheard(self) -> float:
        """How clearly nothing in the corpus comes near it, 0..1."""
        return _between(self.weight, *self.doubt.rare) * (1.0 - _between(self.nearest, *UNHEARD))


def _topical(terms: Sequence[Term], best: Ranked) -> list[_Word]:
    pairs = zip(terms, best.candidate.matches, strict=True)
    doubt = fitted().confidence.doubt
    return [
        _Word(term.weight, term.nearest, match, doubt)
        for term, match in pairs
        if term.weight and not is_light(term.text)
    ]


def _odd(found: Sequence[_Word]) -> float:
    """How much of the question the best passage has word for word, times how clearly it lacks a word.

    A question far from the text's wording lacks many words and is a paraphrase; in one that keeps to the wording,
    what is lacking is what isn't told.
    """
    total = sum(word.weight for word in found)
    if not total:
        return 0.0
    kept = sum(word.weight * _between(word.match, word.doubt.near, SAME) for word in found) / total
    return kept * max(word.missing for word in found)


def _no_quantity(question: str, ranking: Ranking) -> float:
    quantity = find_quantity(question)
    if quantity is None:
        return 0.0
    first = ranking.ranked[0]
    near = [each for each in ranking.ranked[:2] if each.score >= first.score - NEARLY]
    return float(not any(quantity.is_in(_text(each)) for each in near))


def is_understood(terms: Sequence[Term], corpus: Corpus) -> bool:
    """Whether any word with a meaning of its own is one of the corpus's or of general English."""
    spoken = [term for term in terms if len(term.text) > 1 and term.text not in FUNCTION_WORDS]
    unknown = set(unknown_words(" ".join(term.text for term in spoken), corpus))
    return any(term.is_common or term.text not in unknown for term in spoken)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _between(value: float, low: float, high: float) -> float:
    """Where the value lies from low (0) to high (1)."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _text(each: Ranked) -> str:
    """What the index sees of a passage: it holds no reference numbers."""
    return each.passage.indexed or each.passage.text
