"""Find the passages of cited papers that bear on what a review says of them."""

from collections.abc import Iterator, Sequence

from evqa.answering.ranking import Ranked
from evqa.corpus.corpus import Corpus, Filter, Query
from evqa.corpus.views import paper_ids
from evqa.model import Passage
from evqa.question.understanding import Understanding

# Least late-interaction score of a paper's passage with the statement that cites the paper (docs/decisions/0008).
BEARING = 0.46
# Passages of at most this many papers are added to an answer.
MOST = 3


def paper_passages(asked: Understanding, chosen: Sequence[Ranked], papers: Corpus) -> list[Ranked]:
    """One passage for each paper that the chosen passages cite: the nearest to that statement, if near enough.

    Where an entry of the bibliography answers, it is the paper's passage nearest to the question.
    """
    found: dict[str, Ranked] = {}
    for text, paper in _cited(asked, chosen, papers):
        if paper not in found and len(found) < MOST:
            best = papers.retrieve(Query(text, within=Filter(documents=frozenset({paper})), limit=1)).candidates
            if best and best[0].late >= BEARING:
                found[paper] = Ranked(best[0], best[0].relevance)
    return list(found.values())


def _cited(asked: Understanding, chosen: Sequence[Ranked], papers: Corpus) -> Iterator[tuple[str, str]]:
    """For each cited paper the text to compare its passages with, and its id; printed numbers before carried ones."""
    ids = paper_ids(papers.outlines())
    for passage in [each.passage for each in chosen[: 2 * MOST]]:
        printed = [number for each in passage.sentences for number in each.references]
        carried = [number for each in passage.sentences for number in each.carried]
        text = _borne_on(asked, passage)
        for number in dict.fromkeys([*printed, *carried] if text else ()):
            is_asked = asked.numbers is None or number in asked.numbers.numbers
            if is_asked and (paper := ids.get((passage.document.id, number))):
                yield text, paper


def _borne_on(asked: Understanding, passage: Passage) -> str:
    """The statement, or for an entry what the question asks; "" if it asks only for bibliographic facts."""
    if passage.kind != "reference":
        return passage.indexed or passage.text
    return "" if asked.kind.has_facts or not asked.kind.has_topic else asked.content
