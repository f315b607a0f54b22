"""The passages of cited papers that bear on what a review says of them."""

from collections.abc import Iterator, Sequence

from evqa.holdings import paper_ids
from evqa.model import Passage
from evqa.ranking import Ranked
from evqa.retriever import Filter, Query, Retriever
from evqa.understanding import Understanding

# How near a passage must come to a statement that cites its paper, in late interaction (docs/decisions/0008).
BEARING = 0.5
# So many papers are shown beside an answer, for its first statements.
MOST = 3


def beside(asked: Understanding, chosen: Sequence[Ranked], papers: Retriever) -> list[Ranked]:
    """For each paper that the chosen passages cite its passage nearest to that statement, if it is near."""
    found: dict[str, Ranked] = {}
    for passage, paper in _cited(asked, chosen, papers):
        if paper not in found and len(found) < MOST:
            query = Query(passage.indexed or passage.text, within=Filter(documents=frozenset({paper})), limit=1)
            best = papers.retrieve(query).candidates
            if best and best[0].late >= BEARING:
                found[paper] = Ranked(best[0], best[0].late)
    return list(found.values())


def _cited(asked: Understanding, chosen: Sequence[Ranked], papers: Retriever) -> Iterator[tuple[Passage, str]]:
    """Passages of the answer with the ids of the papers that they cite, printed numbers before carried ones."""
    ids = paper_ids(papers)
    for passage in [each.passage for each in chosen[: 2 * MOST]]:
        printed = [number for each in passage.sentences for number in each.references]
        carried = [number for each in passage.sentences for number in each.carried]
        for number in dict.fromkeys([*printed, *carried] if passage.kind != "reference" else ()):
            is_asked = asked.numbers is None or number in asked.numbers.numbers
            if is_asked and (paper := ids.get((passage.document.id, number))):
                yield passage, paper
