"""Which of the works that a source found is the one that an entry prints."""

from collections.abc import Sequence

from evqa.model import Reference
from evqa.works.identity import best_match
from evqa.works.records import FoundWork


def matched(entry: Reference, found: Sequence[FoundWork]) -> FoundWork | None:
    """The work that the entry names; None if none of them is likely enough to be it."""
    match = best_match(entry, found)
    return match.work if match else None
