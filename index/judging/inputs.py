"""What the local judge reads: token vectors of a question and of passages, and the scores of the ranking."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from evqa.corpus.judge import Shown
from index.models.embedding import Floats, Halves, Integers

# Tokens kept of the question, of a passage, and of the end of the sentence before it.
QUESTION, PASSAGE, BEFORE = 48, 100, 20
# What a token of a passage belongs to; 0 is padding.
OWN, EARLIER = 1, 2
FEATURES, TOKEN_FEATURES = 13, 6
SCALE, DISTANCE = 4.0, 8.0
KINDS = ("reference", "table_row", "caption", "abstract")


class Texts(NamedTuple):
    """Token vectors of length 1: of the question (m, dim), and of n passages and the sentences before them, each
    (tokens, dim); (0, dim) where no sentence stands before."""

    question: Floats | Halves
    own: Sequence[Floats | Halves]
    before: Sequence[Floats | Halves]


class Inputs(NamedTuple):
    """What the network reads of b passages with up to l tokens: `question` (b, m, dim), `passages` (b, l, dim), `parts`
    (b, l) as OWN or EARLIER, `nearness` (b, m, TOKEN_FEATURES), `features` (b, FEATURES), and the places (b,) of these
    passages among all."""

    question: Floats
    passages: Floats
    parts: Integers
    nearness: Floats
    features: Floats
    places: Integers


def cut(texts: Texts) -> Texts:
    """The texts within what is read of each."""
    return Texts(
        texts.question[:QUESTION],
        [each[:PASSAGE] for each in texts.own],
        [each[max(0, len(each) - BEFORE) :] for each in texts.before],
    )


def features(shown: Sequence[Shown]) -> Floats:
    """The scores of n passages in the order of their ranking, as the judge weighs them (n, FEATURES): the scores, their
    distance to the best, the place, and what kind of passage it is."""
    scores = np.array([(each.score, each.dense, each.lexical, each.late) for each in shown], dtype=np.float32)
    scores = scores.reshape(-1, 4)
    distance = scores - scores.max(axis=0, keepdims=True) if len(scores) else scores
    place = 1 / (1 + np.arange(len(shown), dtype=np.float32))
    kinds = np.array([[each.passage.kind == kind for kind in KINDS] for each in shown], dtype=np.float32)
    columns = [scores * SCALE, distance * DISTANCE, place, kinds.reshape(-1, len(KINDS))]
    found: Floats = np.column_stack(columns).astype(np.float32)
    return found


def nearness(texts: Texts) -> Floats:
    """How near each question token comes to each passage, by itself and against the other passages (n, m,
    TOKEN_FEATURES).

    The best cosine in the passage and in the sentence before; how far the former lies above the mean of the passages
    and below their best; how far their best lies above their mean; and their best.
    """
    own = _best(texts.question, texts.own)
    before = _best(texts.question, texts.before)
    mean, best = own.mean(axis=0), own.max(axis=0)
    shared = [np.broadcast_to(each, own.shape) for each in ((best - mean) * SCALE, best)]
    columns = [own, before, (own - mean) * SCALE, (best - own) * SCALE, *shared]
    found: Floats = np.stack(columns, axis=-1).astype(np.float32)
    return found


def _best(question: Floats | Halves, texts: Sequence[Floats | Halves]) -> Floats:
    """The best cosine (n, m) of each question token in each text; 0 in an empty one."""
    exact = question.astype(np.float32)
    rows = [(exact @ each.astype(np.float32).T).max(axis=1) if len(each) else np.zeros(len(question)) for each in texts]
    return np.array(rows, dtype=np.float32).reshape(len(texts), len(question))


def inputs(texts: Texts, weighed: Floats, together: int, chosen: Sequence[int] | None = None) -> Iterator[Inputs]:
    """The passages (or only those `chosen`, by place) as the network reads them, `together` at once, shortest first, so
    that little is padded."""
    near = nearness(texts)
    places = range(len(texts.own)) if chosen is None else chosen
    order = sorted(places, key=lambda place: (len(texts.own[place]) + len(texts.before[place]), place))
    for first in range(0, len(order), together):
        yield _padded(texts, near, weighed, order[first : first + together])


def _padded(texts: Texts, near: Floats, weighed: Floats, places: Sequence[int]) -> Inputs:
    longest = max(1, *(len(texts.own[place]) + len(texts.before[place]) for place in places))
    tokens, dimension = texts.question.shape
    passages = np.zeros((len(places), longest, dimension), dtype=np.float32)
    parts = np.zeros((len(places), longest), dtype=np.int64)
    for row, place in enumerate(places):
        own, before = texts.own[place], texts.before[place]
        both = len(own) + len(before)
        passages[row, : len(own)], passages[row, len(own) : both] = own, before
        parts[row, : len(own)], parts[row, len(own) : both] = OWN, EARLIER
    question = np.broadcast_to(texts.question, (len(places), tokens, dimension)).astype(np.float32)
    at = np.array(places, dtype=np.int64)
    return Inputs(question, passages, parts, near[at], weighed[at], at)
