"""Complete the passages chosen: what they announce comes after them, and a finding stands before what sets it up."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from evqa.answering.choosing import margins
from evqa.answering.following import announced, finding_after, is_of_its_study
from evqa.answering.ranking import Ranked
from evqa.corpus.corpus import Candidate, Corpus
from evqa.model import Passage
from evqa.question.understanding import Understanding


class Completed(NamedTuple):
    """The passages that answer, and for a finding the passage that sets it up, by the finding's id."""

    chosen: list[Ranked]
    set_ups: Mapping[str, Passage]


def completed(asked: Understanding, chosen: Sequence[Ranked], ranked: Sequence[Ranked], corpus: Corpus) -> Completed:
    """The chosen passages with what belongs to them; as they are where numbers, facts or places picked them."""
    if not chosen or asked.kind.by != "content":
        return Completed(list(chosen), {})
    known = {each.passage.id: each for each in ranked}
    first, set_ups = _with_finding(asked, chosen[0], known, corpus)
    together = (each for one in (*first, *chosen[1:]) for each in (one, *_announced(one, known, corpus)))
    return Completed(list(_once(together)), set_ups)


def _once(passages: Iterator[Ranked]) -> Iterator[Ranked]:
    seen: set[str] = set()
    for each in passages:
        if each.passage.id not in seen:
            seen.add(each.passage.id)
            yield each


def _announced(one: Ranked, known: Mapping[str, Ranked], corpus: Corpus) -> Iterator[Ranked]:
    return (_ranked(each, known) for each in announced(one.passage, corpus))


def _with_finding(
    asked: Understanding, first: Ranked, known: Mapping[str, Ranked], corpus: Corpus
) -> tuple[tuple[Ranked, ...], dict[str, Passage]]:
    """The finding that the first passage sets up, with that as its context; both in printed order where the finding
    lacks a number of the other, and the first alone where there is no such finding."""
    found = None if asked.intent.citation else finding_after(first.passage, corpus)
    if found is None or not _answers_as_well(finding := _ranked(found, known), first):
        return (first,), {}
    if _numbers(first.passage) - _numbers(found):
        return (first, finding), {}
    return (finding,), {found.id: first.passage}


def _answers_as_well(finding: Ranked, first: Ranked) -> bool:
    """Whether the judge thinks so; where it hasn't read the finding, whether that says that it is of the same study."""
    if finding.relevance is None or first.relevance is None:
        return is_of_its_study(finding.passage)
    return finding.relevance >= first.relevance - margins([first]).margin


def _numbers(passage: Passage) -> set[int]:
    return {number for each in passage.sentences for number in (*each.references, *each.carried)}


def _ranked(passage: Passage, known: Mapping[str, Ranked]) -> Ranked:
    """The passage as it was ranked; with scores of 0 where it wasn't found by itself."""
    return known.get(passage.id) or Ranked(Candidate(passage, 0.0, 0.0, 0.0), 0.0)
