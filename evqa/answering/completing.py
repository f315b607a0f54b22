"""Complete the passages chosen: what they announce comes after them."""

from collections.abc import Iterator, Mapping, Sequence

from evqa.answering.following import announced
from evqa.answering.ranking import Ranked
from evqa.corpus.corpus import Candidate, Corpus
from evqa.model import Passage
from evqa.question.understanding import Understanding


def completed(asked: Understanding, chosen: Sequence[Ranked], ranked: Sequence[Ranked], corpus: Corpus) -> list[Ranked]:
    """The chosen passages with what they announce; as they are where numbers, facts or places picked them."""
    if not chosen or asked.kind.by != "content":
        return list(chosen)
    known = {each.passage.id: each for each in ranked}
    together = (each for one in chosen for each in (one, *_announced(one, known, corpus)))
    return list(_once(together))


def _once(passages: Iterator[Ranked]) -> Iterator[Ranked]:
    seen: set[str] = set()
    for each in passages:
        if each.passage.id not in seen:
            seen.add(each.passage.id)
            yield each


def _announced(one: Ranked, known: Mapping[str, Ranked], corpus: Corpus) -> Iterator[Ranked]:
    return (_ranked(each, known) for each in announced(one.passage, corpus))


def _ranked(passage: Passage, known: Mapping[str, Ranked]) -> Ranked:
    """The passage as it was ranked; with scores of 0 where it wasn't found by itself."""
    return known.get(passage.id) or Ranked(Candidate(passage, 0.0, 0.0, 0.0), 0.0)
