"""What the local judge reads: a question beside a passage as token ids, and the scores that the ranking gave it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from evqa.corpus.judge import Shown
from index.models.embedding import Floats, Integers

# Word pieces kept of the question, the passage, its section's title, and the end of the sentence before.
QUESTION, PASSAGE, TITLE, BEFORE = 48, 96, 8, 16
CLS, SEP = 101, 102
# The scores themselves, their distance to the best of the ranking, the place, and what kind of passage it is.
FEATURES = 12
SCALE, DISTANCE = 4.0, 8.0

# From a text to its word pieces, without special ones.
Pieces = Callable[[str], Sequence[int]]


class Pair(NamedTuple):
    """Token ids of a question with a passage, the first `question` of which are the question's."""

    ids: tuple[int, ...]
    question: int


def pair(question: str, shown: Shown, pieces: Pieces) -> Pair:
    """[CLS] question [SEP] passage [SEP] title [SEP] end of the sentence before [SEP]."""
    passage = shown.passage
    asked = (CLS, *pieces(question)[:QUESTION], SEP)
    title = pieces(passage.section.title)[:TITLE] if passage.section else ()
    before = (*pieces(shown.before)[-BEFORE:], SEP) if shown.before else ()
    text = pieces(passage.indexed or passage.text)[:PASSAGE]
    return Pair((*asked, *text, SEP, *title, SEP, *before), len(asked))


def features(shown: Sequence[Shown]) -> Floats:
    """The scores of n passages in the order of their ranking, as the judge weighs them (n, FEATURES)."""
    scores = np.array([(each.score, each.dense, each.lexical, each.late) for each in shown], dtype=np.float32)
    scores = scores.reshape(-1, 4)
    place = 1 / (1 + np.arange(len(shown), dtype=np.float32))
    kinds = [[each.passage.kind == kind for kind in ("reference", "table_row", "caption")] for each in shown]
    distance = scores - scores.max(axis=0, initial=-np.inf) if len(shown) else scores
    flags = np.array(kinds, dtype=np.float32).reshape(-1, 3)
    found: Floats = np.column_stack([scores * SCALE, distance * DISTANCE, place, flags]).astype(np.float32)
    return found


class Batch(NamedTuple):
    """Pairs of about one length, padded to n ids: `ids`, `mask` and `segments` (b, n), 1 in `segments` for what isn't
    the question, and the places (b,) of the pairs among all."""

    ids: Integers
    mask: Integers
    segments: Integers
    places: Integers


def batches(pairs: Sequence[Pair], size: int) -> list[Batch]:
    """The pairs in batches of `size`, shortest first, so that little is padded."""
    order = sorted(range(len(pairs)), key=lambda place: (len(pairs[place].ids), place))
    return [_padded(pairs, order[first : first + size]) for first in range(0, len(order), size)]


def _padded(pairs: Sequence[Pair], places: Sequence[int]) -> Batch:
    longest = max(len(pairs[place].ids) for place in places)
    ids, mask, segments = (np.zeros((len(places), longest), dtype=np.int64) for _ in range(3))
    for row, place in enumerate(places):
        each = pairs[place]
        ids[row, : len(each.ids)] = each.ids
        mask[row, : len(each.ids)] = 1
        segments[row, each.question : len(each.ids)] = 1
    return Batch(ids, mask, segments, np.array(places, dtype=np.int64))
