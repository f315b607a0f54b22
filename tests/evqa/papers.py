"""An invented review with two of the papers that it cites, on a shelf."""

from collections.abc import Sequence

from evqa.model import Home, Outline, Passage, Reference
from tests.evqa.invented import BREAD_HOME, BREAD_OUTLINE, BREAD_PASSAGES, BREAD_REFERENCES, review
from tests.evqa.shelf import Shelf

CRUST = """
# |Abstract
The colour of the crust depends on sugars that the culture leaves, and on steam [4].
# 1|Methods
Ovens stood at 240 °C in every bakery of Lapland.
# 2|Results
! Figure 1 | A brown crust
"""
TRIALS = """
# |Abstract
Sourdough bread lowered the peak of glucose by a fifth in adults [1].
# 1|Methods
Reindeer milk was served with every loaf [2].
"""


def _paper(name: str, number: int, body: str) -> tuple[Outline, list[Passage]]:
    home = Home(id=name, title=f"About {name}", kind="paper", reference=number, review=BREAD_HOME.id)
    outline, passages, _ = review(home, body, [], {})
    own = (number,)
    placed = [
        each.model_copy(
            update={
                "kind": "paper",
                "references": own,
                "sentences": tuple(s.model_copy(update={"references": own}) for s in each.sentences),
            }
        )
        for each in passages
    ]
    return outline, placed


_PAPERS = [_paper("d-trials", 2, TRIALS), _paper("d-crust", 10, CRUST)]
PAPER_PASSAGES = [passage for _, passages in _PAPERS for passage in passages]


def shelf(others: Sequence[Outline] = (), passages: Sequence[Passage] = (), entries: Sequence[Reference] = ()) -> Shelf:
    """The review on bread, its two papers, and what else is given."""
    outlines = [BREAD_OUTLINE, *(outline for outline, _ in _PAPERS), *others]
    return Shelf(outlines, [*BREAD_PASSAGES, *PAPER_PASSAGES, *passages], [*BREAD_REFERENCES, *entries])


WITH_PAPERS = shelf()
