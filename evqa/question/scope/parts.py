"""Find which parts of a document a question names: the abstract, "Table 2", "the section on dosing".

The words for parts are those of scientific articles in general. What they mean is looked up in the document's own
sections, tables and figures.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from evqa.language.wordings import LEAD, SEVERAL
from evqa.model import Outline
from evqa.question.numbers import expanded
from evqa.question.scope.labels import by_label, labelled
from evqa.question.scope.part import NamedPart, merged
from evqa.question.scope.phrases import by_phrase
from evqa.question.scope.places import by_place
from evqa.question.scope.roles import by_role
from evqa.question.scope.section_names import by_number, by_title, of_number


def find_parts(question: str, outlines: Sequence[Outline]) -> tuple[NamedPart, ...]:
    """Parts named in the question, in order, not overlapping; offsets are into the question."""
    finders: tuple[Callable[[str, Sequence[Outline]], Iterable[NamedPart]], ...] = (
        _several,
        by_label,
        by_number,
        by_phrase,
        by_title,
        by_role,
        by_place,
    )
    found: list[NamedPart] = []
    for finder in finders:
        for part in finder(question, outlines):
            if all(part.end <= other.start or part.start >= other.end for other in found):
                found.append(part)
    return tuple(sorted(found, key=lambda part: part.start))


def _several(question: str, outlines: Sequence[Outline]) -> Iterable[NamedPart]:
    """ "Tables 1 and 2", "figs. 1–3", "sections 3 and 4"."""
    pattern = rf"{LEAD}(?:the\s+)?\b(?P<noun>tables|figures|figs|sections|chapters)\.?\s*{SEVERAL}"
    for match in re.finditer(pattern, question, re.IGNORECASE):
        kind = {"t": "Table", "f": "Figure"}.get(match["noun"][0].lower())
        numbers = map(str, expanded(match["list"]))
        each = [
            labelled(kind, n, match.span(), outlines) if kind else of_number(n, match.span(), outlines) for n in numbers
        ]
        if whole := merged(each):
            yield whole
