"""The passages of cited papers that bear on what a review says of them."""

from collections.abc import Iterator, Sequence

from evqa.answering.ranking import Ranked
from evqa.corpus.corpus import Corpus, Filter, Query
from evqa.corpus.holdings import paper_ids
from evqa.language.framing import has_topic
from evqa.model import Passage
from evqa.question.understanding import Understanding

# How near a passage must come to a statement that cites its paper, in late interaction (docs/decisions/0008).
BEARING = 0.46
# So many papers are shown beside an answer, for its first statements.
MOST = 3


def beside(asked: Understanding, chosen: Sequence[Ranked], papers: Corpus) -> list[Ranked]:
    """For each paper that the chosen passages cite its passage nearest to that statement, if it is near.

    Where a bibliography entry answers, its paper's passage nearest to the question.
    """
    found: dict[str, Ranked] = {}
    for text, paper in _cited(asked, chosen, papers):
        if paper not in found and len(found) < MOST:
            best = papers.retrieve(Query(text, within=Filter(documents=frozenset({paper})), limit=1)).candidates
            if best and best[0].late >= BEARING:
                found[paper] = Ranked(best[0], best[0].relevance)
    return list(found.values())


def _cited(asked: Understanding, chosen: Sequence[Ranked], papers: Corpus) -> Iterator[tuple[str, str]]:
    """Ids of the papers that the answer cites, each with what they are to bear on; printed numbers before carried."""
    ids = paper_ids(papers)
    for passage in [each.passage for each in chosen[: 2 * MOST]]:
        printed = [number for each in passage.sentences for number in each.references]
        carried = [number for each in passage.sentences for number in each.carried]
        text = _borne_on(asked, passage)
        for number in dict.fromkeys([*printed, *carried] if text else ()):
            is_asked = asked.numbers is None or number in asked.numbers.numbers
            if is_asked and (paper := ids.get((passage.document.id, number))):
                yield text, paper


def _borne_on(asked: Understanding, passage: Passage) -> str:
    """What is said, or of an entry what was asked; "" where only facts of the bibliography were."""
    if passage.kind != "reference":
        return passage.indexed or passage.text
    return "" if asked.facts.selects or not has_topic(asked.content) else asked.content
