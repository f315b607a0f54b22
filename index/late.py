"""Late interaction: every question token looks for its best counterpart in a unit (MaxSim), weighted by rarity.

MaxSim: Khattab and Zaharia, ColBERT, SIGIR 2020. The weights are a soft inverse document frequency: a
token that few units come close to says more about which unit answers.
"""

import numpy as np

from index.embedding import Floats, Integers

LOW, HIGH = 0.2, 1.0
FLOOR = 1e-3
INFORMATIVE = 0.5


def similarities(cosines: Floats, offsets: Integers) -> Floats:
    """Best cosine (m, u) of each question token in each unit; 0 for a unit without tokens.

    `cosines` (t, m) are those of all units' tokens, unit number i owning rows offsets[i] to offsets[i + 1].
    """
    found = np.zeros((cosines.shape[1], len(offsets) - 1), dtype=np.float32)
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled):
        found[:, filled] = np.maximum.reduceat(cosines, offsets[:-1][filled], axis=0).T
    return found


def weights(background: Floats) -> Floats:
    """Weight (m,) of each question token from its similarities (m, u) to background units; 1 without any.

    −log of the mean over units of the similarity, scaled from LOW..HIGH to 0..1 and clipped.
    """
    if background.shape[1] == 0:
        return np.ones(len(background), dtype=np.float32)
    closeness = np.clip((background - LOW) / (HIGH - LOW), 0.0, 1.0).mean(axis=1)
    found: Floats = -np.log(np.clip(closeness, FLOOR, 1.0)).astype(np.float32)
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
