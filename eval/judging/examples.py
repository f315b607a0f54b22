"""What the judge learns from: a question with its candidates as the judge reads them, and a grade for each."""

from collections.abc import Sequence
from typing import NamedTuple

from index.judging.inputs import Texts
from index.models.embedding import Floats

# Grades: answers, answers in part or only together with its neighbour, is about the thing asked, says nothing of it.
ANSWERS, PARTLY, TOPIC, NOTHING = 3, 2, 1, 0


class Example(NamedTuple):
    """A question of a document with its n candidates in the order of their ranking.

    `texts`: their token vectors, `features` (n, FEATURES), and one grade (0 to 3) for each. `is_answerable`: whether
    the document answers it at all.
    """

    document: str
    question: str
    texts: Texts
    features: Floats
    grades: Sequence[int]
    is_answerable: bool
