"""How near the words of texts come to other texts: what an audit of citations is told of a document."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Nearness:
    """Of each of the w words of some texts: the text it stands in, its weight, and its best cosine in n other texts.

    `owner` (w,) numbers the texts from 0, ascending; `weight` (w,) is a soft inverse document frequency, at least 0;
    `cosine` (w, n). `texts` counts the texts, those without words included. `words` are the words, folded.
    """

    owner: Integers
    weight: Floats
    cosine: Floats
    texts: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likeness:
    """A document's p passages and its e entries, held against each other.

    `passages`: the words of the passages against the entries (p texts, e others). `entries`: the words of the entries'
    titles against the passages (e texts, p others). `titles` (e, e): how alike titles are. `alike` (p, p): how alike
    passages are. `pooled` (p, e): cosines of their embeddings. All 0 for an entry or passage without words.
    """

    passages: Nearness
    entries: Nearness
    titles: Floats
    alike: Floats
    pooled: Floats


def covered(nearness: Nearness) -> Floats:
    """Weighted mean over each text's words of their cosines, (texts, n); 0 for a text without weight."""
    return shares(nearness, nearness.cosine)


def shares(nearness: Nearness, cosine: Floats) -> Floats:
    """The same of other cosines (w, n) of the same words."""
    found = np.zeros((nearness.texts, cosine.shape[1]), dtype=np.float32)
    total = weights(nearness)
    starts = np.flatnonzero(np.diff(nearness.owner, prepend=-1))
    if len(starts):
        owners = nearness.owner[starts]
        sums = np.add.reduceat(cosine * nearness.weight[:, None], starts, axis=0)
        found[owners] = sums / np.maximum(total[owners], np.finfo(np.float32).tiny)[:, None]
    return found


def weights(nearness: Nearness) -> Floats:
    """The weight of all of a text's words together, (texts,)."""
    return np.bincount(nearness.owner, weights=nearness.weight, minlength=nearness.texts).astype(np.float32)


def standardised(values: Floats) -> Floats:
    """Values (s, e) less the mean of their column, then of their row, in standard deviations of the row.

    So neither an entry that is near to everything nor a statement that is near to all entries stands out.
    """
    if values.size == 0:
        return values
    centred = values - values.mean(axis=0)
    centred -= centred.mean(axis=1, keepdims=True)
    found: Floats = (centred / (centred.std(axis=1, keepdims=True) + 1e-3)).astype(np.float32)
    return found
