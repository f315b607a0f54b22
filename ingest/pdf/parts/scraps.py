"""Words inside figures, such as the scales of axes and the boxes of a flow chart."""

import re
from collections.abc import Sequence, Set
from itertools import groupby

from ingest.pdf.lines.paragraphs import BULLET, Paragraph
from ingest.pdf.parts.look import Look
from ingest.structure.floats import labelled

_FEWEST = 3
_MOST_WORDS, _MOST_LINES = 8, 2
_MARKER = re.compile(r"\[\d+(?:[,–-]\s?\d+)*\]|\(\d+(?:[,–-]\s?\d+)+\)|<sup>\d|\bet al\b")


def scraps(found: Sequence[Paragraph], look: Look, kept: Set[int]) -> set[int]:
    """The paragraphs that are words inside figures: three or more in a row on a page with a figure, none `kept`."""
    labels = [(p.page, label) for p in found if (label := labelled(p.bare))]
    illustrated = {page for page, label in labels if not label[0].startswith("Table")}
    flags = [i not in kept and p.page in illustrated and _is_scrap(p, look) for i, p in enumerate(found)]
    runs = [[i for i, _ in run] for is_scrap, run in groupby(enumerate(flags), key=lambda one: one[1]) if is_scrap]
    return {i for run in runs if len(run) >= _FEWEST for i in run}


def _is_scrap(paragraph: Paragraph, look: Look) -> bool:
    is_short = len(paragraph.bare.split()) <= _MOST_WORDS and len(paragraph.lines) <= _MOST_LINES
    is_narrow = max(line.x1 - line.x0 for line in paragraph.lines) < 0.6 * look.width
    is_prose = paragraph.bare[-1] in ".:;" or _MARKER.search(paragraph.text)
    return is_short and is_narrow and not (is_prose or labelled(paragraph.text) or BULLET.match(paragraph.bare))
