"""Which of the works that a source found is the one that an entry prints."""

from collections.abc import Sequence

from evqa.corpus.same_work import Work, compared, work
from evqa.model import Reference
from evqa.works.records import FoundWork


def matched(entry: Reference, found: Sequence[FoundWork]) -> FoundWork | None:
    """The work that the entry names; None if none of them is."""
    printed = work(entry.title or "", entry.DOI or "", entry.year, entry.first_author, entry.raw)
    likeness = [(compared(_work(each), printed), each) for each in found]
    same = [(like.score, -place, each) for place, (like, each) in enumerate(likeness) if like.is_same]
    return max(same, key=lambda one: one[:2])[2] if same else None


def _work(found: FoundWork) -> Work:
    year = found.issued.date_parts[0][0] if found.issued else None
    return work(found.title or "", found.DOI or "", year, found.author[0].surname if found.author else "")
