"""Late interaction: every word of a question looks for its best counterpart in a unit (MaxSim), weighted by rarity.

MaxSim: Khattab and Zaharia, ColBERT, SIGIR 2020. The weights are a soft inverse document frequency: a
word that few units come close to says more about which unit answers.
"""

import numpy as np

from index.models.embedding import Flags, Floats, Integers

# Similarities from LOW to HIGH count as closeness from 0 to 1.
LOW, HIGH = 0.2, 0.9
FLOOR = 1e-3


def similarities(cosines: Floats, offsets: Integers) -> Floats:
    """Best cosine of each question token in each unit, (m, u); 0 for a unit without tokens.

    `cosines` (t, m) of the units' tokens, unit number i having rows offsets[i] to offsets[i + 1].
    """
    found = np.zeros((cosines.shape[1], len(offsets) - 1), dtype=np.float32)
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled):
        found[:, filled] = np.maximum.reduceat(cosines, offsets[:-1][filled], axis=0).T
    return found


def by_word(similarity: Floats, words: Integers, count: int) -> Floats:
    """Similarities (count, u) of words: the mean over their pieces, 0 for a word without any.

    `words` (m,) numbers the word of each piece from 0, ascending.
    """
    found = np.zeros((count, similarity.shape[1]), dtype=np.float32)
    starts = np.flatnonzero(np.diff(words, prepend=-1))
    if len(starts):
        lengths = np.diff(np.append(starts, len(words)))
        found[words[starts]] = np.add.reduceat(similarity, starts, axis=0) / lengths[:, None]
    return found


def weights(background: Floats, pieces: Integers, informative: Flags) -> Floats:
    """Weight (w,) of each word from its similarities (w, u) to background units.

    −log of the mean over units of the similarity scaled from LOW..HIGH to 0..1, times the root of the
    number of `pieces` (w,) the word has. Words that aren't `informative` (w,) weigh nothing, unless none is.
    """
    if background.shape[1] == 0:
        return np.ones(len(background), dtype=np.float32)
    closeness = np.clip((background - LOW) / (HIGH - LOW), 0.0, 1.0).mean(axis=1)
    found = (-np.log(np.clip(closeness, FLOOR, 1.0)) * np.sqrt(pieces) * informative).astype(np.float32)
    return found if found.any() else np.ones(len(background), dtype=np.float32)


def late(similarity: Floats, weight: Floats) -> Floats:
    """Weighted mean (u,) of the words' similarities (w, u), clipped to 0..1; 0 without words."""
    total = float(weight.sum())
    if total <= 0.0:
        return np.zeros(similarity.shape[1], dtype=np.float32)
    found: Floats = (weight @ similarity / np.float32(total)).astype(np.float32)
    return np.clip(found, 0.0, 1.0)
