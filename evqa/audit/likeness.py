"""How near passages, titles and their words come to each other, and which works are too broad to be judged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evqa.model import Reference

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
    """A document's p passages and e entries, compared with each other.

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


_OVERVIEW = re.compile(
    r"\b(?:reviews?|overview|guide|guidelines?|roles?|advances?|perspectives?|insights?|implications|progress|emerging"
    r"|current|landscape|challenges|opportunities|update|trends?|future|introduction|handbook|state of the art|survey"
    r"|consensus|recommendations?|mechanisms?)\b",
    re.IGNORECASE,
)


def is_broad(entries: Sequence[Reference], likeness: Likeness, least: float) -> list[bool]:
    """For each entry, whether its title has words of an overview or is near to the whole document.

    `least`: from how many standard deviations above the other titles a title counts as near to the whole.
    """
    near = breadth(likeness)
    return [
        bool(each >= least) or _OVERVIEW.search(entry.title or "") is not None
        for entry, each in zip(entries, near, strict=True)
    ]


def breadth(likeness: Likeness) -> Floats:
    """How near each title is to the document as a whole, in standard deviations of all titles, (e,)."""
    used = np.abs(likeness.entries.cosine).sum(axis=0) > 0
    if not used.any():
        return np.zeros(likeness.entries.texts, dtype=np.float32)
    near = covered(likeness.entries)[:, used].mean(axis=1)
    found: Floats = ((near - near.mean()) / (near.std() + 1e-6)).astype(np.float32)
    return found
