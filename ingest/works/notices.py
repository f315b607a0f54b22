"""Kinds of notices as the sources name them."""

import re

from evqa.model import Notice, NoticeType
from evqa.works.keys import doi_key

# Folded to letters. What isn't here, such as a new version or a comment, is no notice.
_KINDS: dict[str, NoticeType] = {
    "retraction": "retraction",
    "retractionin": "retraction",
    "retractedandrepublishedin": "retraction",
    "partialretraction": "partial-retraction",
    "partialretractionin": "partial-retraction",
    "withdrawal": "withdrawal",
    "removal": "withdrawal",
    "expressionofconcern": "expression-of-concern",
    "expressionofconcernin": "expression-of-concern",
    "concern": "expression-of-concern",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "erratumin": "correction",
    "correctedandrepublishedin": "correction",
    "addendum": "correction",
    "clarification": "correction",
    "reinstatement": "reinstatement",
    "reinstated": "reinstatement",
}


def kind_of(said: str | None) -> NoticeType | None:
    """The kind of a notice; None for what is none."""
    return _KINDS.get(re.sub(r"[^a-z]", "", (said or "").lower()))


def notice(said: str | None, doi: str | None, day: str | None, source: str) -> Notice | None:
    """A notice; None if the source tells of something else."""
    kind = kind_of(said)
    return Notice(type=kind, DOI=doi_key(doi or "") or None, date=day, source=source) if kind else None
