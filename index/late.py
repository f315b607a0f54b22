"""Late interaction: every question token looks for its best counterpart in a unit (MaxSim), weighted by rarity.

MaxSim: Khattab and Zaharia, ColBERT, SIGIR 2020. The weights are a soft inverse document frequency: a
token that few units come close to says more about which unit answers.
"""

import numpy as np

from index.embedding import Flags, Floats, Integers

LOW, HIGH = 0.2, 1.0
FLOOR = 1e-3
INFORMATIVE = 0.5
CHUNK = 64


def similarities(question: Floats, tokens: Floats, offsets: Integers) -> Floats:
    """Best cosine of each question token (m, dim) in each unit, (m, u); 0 for a unit without tokens.

    Unit number i holds tokens[offsets[i]:offsets[i + 1]] of tokens (t, dim).
    """
    found = np.zeros((len(question), len(offsets) - 1), dtype=np.float32)
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled) == 0:
        return found
    for first in range(0, len(question), CHUNK):
        cosines = question[first : first + CHUNK] @ tokens.T
        found[first : first + CHUNK, filled] = np.maximum.reduceat(cosines, offsets[:-1][filled], axis=1)
    return found


def weights(background: Floats, informative: Flags) -> Floats:
    """Weight (m,) of each question token from its similarities (m, u) to background units.

    −log of the mean over units of the similarity scaled from LOW..HIGH to 0..1. Tokens that aren't
    `informative` (m,), such as punctuation, weigh 0.
    """
    if background.shape[1] == 0:
        return informative.astype(np.float32)
    closeness = np.clip((background - LOW) / (HIGH - LOW), 0.0, 1.0).mean(axis=1)
    found: Floats = np.where(informative, -np.log(np.clip(closeness, FLOOR, 1.0)), 0.0).astype(np.float32)
    return found


def late(similarity: Floats, weight: Floats) -> Floats:
    """Weighted mean (u,) over question tokens of their similarities (m, u), clipped to 0..1; 0 without weights."""
    total = float(weight.sum())
    if total <= 0.0:
        return np.zeros(similarity.shape[1], dtype=np.float32)
    found: Floats = np.clip(weight @ similarity / np.float32(total), 0.0, 1.0)
    return found


def weakest(similarity: Floats, weight: Floats) -> Floats:
    """Lowest similarity (u,) among the heaviest tokens, which together hold the share INFORMATIVE of all weight."""
    total = float(weight.sum())
    if total <= 0.0:
        return np.zeros(similarity.shape[1], dtype=np.float32)
    order = np.argsort(-weight, kind="stable")
    count = 1 + int(np.searchsorted(np.cumsum(weight[order]), INFORMATIVE * total))
    found: Floats = np.clip(similarity[order[:count]].min(axis=0), 0.0, 1.0)
    return found
