"""Calibrated probability that the corpus answers a question: features of its ranking, and a logistic model of them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from evqa.answering.ranking import Ranked, Ranking
from evqa.corpus.corpus import Corpus, Term
from evqa.fitted import WordBounds, fitted
from evqa.language.light_words import is_light
from evqa.language.words import FUNCTION_WORDS
from evqa.question.spelling import unknown_words
from evqa.question.understanding import Understanding
from evqa.refusal.logistic import logistic

NAMES = ("unheard", "odd")
# The sign of each weight, which the fit keeps: every feature speaks against an answer.
SIGNS = (-1, -1)
ANSWERED = (0.0, 0.0)

# Token cosines. From SAME on, a passage has the word. Below the first of UNHEARD the corpus doesn't know a word, above
# the second it does.
SAME, UNHEARD = 0.87, (0.5, 0.62)


def features(asked: Understanding, ranking: Ranking) -> tuple[float, ...]:
    """Values of `NAMES` for a question and its ranked passages, each in 0..1.

    unheard: how clearly nothing in the corpus comes near a word, as a mean over the words with a topic. odd: the best
    passage has most of the question's very words but clearly lacks one of them. Where numbers, facts or a named part
    alone picked the passages, the words say nothing and both are as with an answer.
    """
    best = ranking.ranked[0]
    is_picked = asked.kind.has_facts or asked.kind.by == "number" or not best.candidate.matches
    if is_picked or not any(term.weight for term in ranking.terms):
        return ANSWERED
    found = _topical(ranking.terms, best)
    return _mean([word.unheard for word in found]), _odd(found)


class _Word(NamedTuple):
    """A word with a topic: its weight, and its best cosine in the corpus and in the best passage."""

    weight: float
    nearest: float
    match: float
    doubt: WordBounds

    @property
    def missing(self) -> float:
        """How clearly the best passage lacks the word, 0 to 1; less if many passages come near it."""
        there, away = self.doubt.missing, self.doubt.away
        return min(self.weight / self.doubt.specific, 1.0) * _between(there - self.match, 0.0, there - away)

    @property
    def unheard(self) -> float:
        """How clearly the corpus doesn't know the word, 0 to 1."""
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
    """The share of the question that the best passage has word for word, times how clearly it lacks one word.

    A paraphrase lacks many of the text's words. Where the question keeps to the wording, a word that is missing is
    likely what the text doesn't say.
    """
    total = sum(word.weight for word in found)
    if not total:
        return 0.0
    kept = sum(word.weight * _between(word.match, word.doubt.near, SAME) for word in found) / total
    return kept * max(word.missing for word in found)


def is_understood(terms: Sequence[Term], corpus: Corpus) -> bool:
    """Whether the corpus or general English knows any of the content words."""
    spoken = [term for term in terms if len(term.text) > 1 and term.text not in FUNCTION_WORDS]
    unknown = set(unknown_words(" ".join(term.text for term in spoken), corpus))
    return any(term.is_common or term.text not in unknown for term in spoken)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _between(value: float, low: float, high: float) -> float:
    """The value on a scale from low (0) to high (1), clipped."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def observed(
    asked: Understanding,
    ranking: Ranking,
    corpus: Corpus,
    understood: Callable[[Sequence[Term], Corpus], bool] = is_understood,
) -> tuple[float, ...] | None:
    """The features; None if a rule refuses: nothing was found, something named is missing, or no word is known."""
    if not ranking.ranked or asked.problems:
        return None
    if not (asked.kind.is_narrowed or understood(ranking.terms, corpus)):
        return None
    return features(asked, ranking)


def probability(values: Sequence[float]) -> float:
    """Probability in 0..1, rounded to 4 places, for feature values in the order of `NAMES`."""
    model = fitted().confidence
    return logistic(model.bias, model.weights, NAMES, values)


def threshold() -> float:
    """Confidence below which a question is refused."""
    return fitted().confidence.threshold
