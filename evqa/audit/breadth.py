"""Works so broad that a title alone can't tell whether a specific statement stands in them."""

import re
from collections.abc import Sequence

import numpy as np

from evqa.audit.likeness import Floats, Likeness, covered
from evqa.model import Reference

_OVERVIEW = re.compile(
    r"\b(?:reviews?|overview|guide|guidelines?|roles?|advances?|perspectives?|insights?|implications|progress|emerging"
    r"|current|landscape|challenges|opportunities|update|trends?|future|introduction|handbook|state of the art|survey"
    r"|consensus|recommendations?|mechanisms?)\b",
    re.IGNORECASE,
)


def is_broad(entries: Sequence[Reference], likeness: Likeness, least: float) -> list[bool]:
    """Of each entry whether it is an overview by its title's words, or near to the whole document.

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
