"""Rank the passages of a corpus for a question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import add
from typing import NamedTuple

from evqa.answering.fusion import relevances
from evqa.answering.stated import stated, unstated
from evqa.corpus.corpus import Candidate, Corpus, Filter, Query, Retrieved, Term
from evqa.corpus.judge import Verdict
from evqa.fitted import fitted
from evqa.language.expansion import abbreviations_of
from evqa.model import Outline, Passage, PassageKind, Reference
from evqa.question.facts.literature import extreme, matching
from evqa.question.numbers import Numbers
from evqa.question.spelling import respelled
from evqa.question.understanding import Understanding

# Bonuses and costs in units of relevance (0 to 1). Too few questions need them for a fit.
# A cited paper's passage comes before the review's only if it answers clearly better.
PAPER = -0.08
SPELLING = 0.3
# Entries within this of the best count as on the topic.
NEAR_TOPIC = 0.15
# In longer bibliographies only entries that match the stated facts are compared with the topic, at most this many.
MANY_ENTRIES = 1_000
ENTRIES: frozenset[PassageKind] = frozenset({"reference"})


class Ranked(NamedTuple):
    """A candidate with the score it is ranked by, which is its `relevance` where a judge read it."""

    candidate: Candidate
    score: float
    relevance: float | None = None

    @property
    def passage(self) -> Passage:
        """The candidate's passage."""
        return self.candidate.passage


@dataclass(frozen=True)
class Ranking:
    """Candidates best first (ties by place in the document), and the words they were looked up by.

    `verdict`: what a judge said, whose relevances order the candidates then. `before`: the ranking before that.
    `problem`: why another judge than the one that is set decided, or that the document doesn't state what is asked of
    it, in one line, or "".
    """

    ranked: tuple[Ranked, ...] = ()
    terms: tuple[Term, ...] = ()
    verdict: Verdict | None = None
    before: "Ranking | None" = None
    problem: str = ""


def written_out(text: str, outlines: Sequence[Outline]) -> str:
    """The text with the documents' abbreviations written out."""
    return abbreviations_of(outlines).written_out(text)


def cites(passage: Passage) -> bool:
    """Whether any number stands in the passage or is carried to it."""
    return passage.is_citing


@dataclass(frozen=True)
class Scoring:
    """The steps of ranking that an ablation may replace, each by a function with the same arguments and result."""

    written_out: Callable[[str, Sequence[Outline]], str] = written_out
    relevances: Callable[[Sequence[Candidate]], list[float]] = relevances


SCORING = Scoring()


def rank(asked: Understanding, corpus: Corpus, scoring: Scoring = SCORING) -> Ranking:
    """The passages of the corpus for the question."""
    if asked.kind.by == "number" and asked.numbers:
        return _citing(asked, corpus, asked.numbers, scoring)
    if asked.kind.by == "facts":
        return _entries(asked, corpus, scoring)
    if asked.kind.by == "metadata" and asked.metadata:
        found = stated(asked.metadata.kind, corpus)
        return Ranking(_in_order(found), problem="" if found else unstated(asked.metadata.kind, corpus))
    if asked.kind.by == "printed":
        return _as_printed(asked, corpus)
    return _by_content(asked, corpus, asked.within, scoring)


def _query(asked: Understanding, corpus: Corpus, within: Filter, scoring: Scoring) -> Query:
    text = respelled(asked.content or asked.question, corpus)
    content = scoring.written_out(text, corpus.outlines())
    return Query(content, within=within, saturation=fitted().ranking.saturation)


def _by_content(asked: Understanding, corpus: Corpus, within: Filter, scoring: Scoring) -> Ranking:
    found = corpus.retrieve(_query(asked, corpus, within, scoring))
    return _weighed(asked, found, scoring)


def _weighed(asked: Understanding, found: Retrieved, scoring: Scoring) -> Ranking:
    """Candidates ranked by relevance plus a bonus or cost of their kind."""
    scores = map(add, scoring.relevances(found.candidates), _worths(asked, found.candidates))
    return Ranking(_sorted(list(map(Ranked, found.candidates, scores))), found.terms)


def rank_papers(asked: Understanding, reviews: Corpus, papers: Corpus, scoring: Scoring = SCORING) -> Ranking:
    """Rank passages of cited papers; only of the papers whose numbers the question names, if it names any.

    The question is written out by the reviews' abbreviations, with one variant by the papers' own. No papers are
    searched unless the question is open to them.
    """
    if not asked.kind.is_open:
        return Ranking()
    text = scoring.written_out(respelled(asked.content, papers), reviews.outlines())
    variants = abbreviations_of(papers.outlines()).variants(text)[:1]
    within = Filter(documents=named_papers(asked, papers))
    query = Query(text, variants, within, saturation=fitted().ranking.saturation)
    return _weighed(asked, papers.retrieve(query), scoring)


def named_papers(asked: Understanding, papers: Corpus) -> frozenset[str] | None:
    """Ids of the papers whose numbers the question names; None if it names none."""
    if asked.numbers is None:
        return None
    homes = [outline.document for outline in papers.outlines()]
    return frozenset(home.id for home in homes if home.reference in asked.numbers.numbers)


def _sorted(ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
    scores = [_score(each) for each in ranked]
    # Equal scores are rare; only then does the place of a passage matter.
    if len(set(scores)) < len(ranked):
        return tuple(sorted(ranked, key=_order))
    return tuple(each for _, each in sorted(zip(scores, ranked, strict=True)))


def _score(each: Ranked) -> float:
    return -round(each.score, 6)


def _order(each: Ranked) -> tuple[float, str, int]:
    """Sorts by score, then by document and place in it."""
    return _score(each), each.passage.document.id, each.passage.start


def _worths(asked: Understanding, candidates: Sequence[Candidate]) -> list[float]:
    """The bonus of each candidate. It depends on the kind alone, unless a long form is asked for."""
    if asked.spells:
        return [_worth(asked, each.passage) for each in candidates]
    kinds = [each.passage.kind for each in candidates]
    first = dict(zip(reversed(kinds), reversed(candidates), strict=True))
    worth = {kind: _worth(asked, each.passage) for kind, each in first.items()}
    return [worth[kind] for kind in kinds]


def _worth(asked: Understanding, passage: Passage) -> float:
    """The bonus or cost of a passage for what it is, given what the question asks for."""
    weights = fitted().ranking
    if passage.kind == "reference":
        return weights.listed_entry if asked.facts.explicit else 0.0 if asked.facts.sought else weights.entry
    spelt = SPELLING * bool(asked.spells and asked.spells.search(passage.text))
    return spelt + PAPER * (passage.kind == "paper")


def _citing(asked: Understanding, corpus: Corpus, numbers: Numbers, scoring: Scoring) -> Ranking:
    """Passages that cite the numbers; their entries first if the question is about the entries."""
    within = replace(asked.within, cites=frozenset(numbers.numbers))
    by_content = asked.kind.has_topic
    found = _by_content(asked, corpus, within, scoring) if by_content else Ranking(_in_order(corpus.passages(within)))
    return replace(
        found, ranked=tuple(sorted(found.ranked, key=lambda each: _rank_of_use(asked, numbers, each.passage)))
    )


def _rank_of_use(asked: Understanding, numbers: Numbers, passage: Passage) -> int:
    """0 for text, 1 for table rows (0 if a table is named), 2 for the entry (-1 if the question is about it)."""
    if passage.kind == "reference":
        return -1 if numbers.entry else 2
    return int(passage.kind == "table_row" and not (asked.part and asked.part.labels))


def _as_printed(asked: Understanding, corpus: Corpus) -> Ranking:
    """The passages of the named part in printed order, or backwards if the question asks for its end."""
    found = [p for p in corpus.passages(asked.within) if p.kind != "reference"]
    return Ranking(_in_order(found[::-1] if asked.position == "last" else found))


def _in_order(passages: Sequence[Passage]) -> tuple[Ranked, ...]:
    """Passages in the order given, all with the best score."""
    return tuple(Ranked(Candidate(passage, 0.0, 0.0, 1.0), 1.0) for passage in passages)


def _entries(asked: Understanding, corpus: Corpus, scoring: Scoring) -> Ranking:
    """The entries that match the stated facts, by topic if the question has one, else by number."""
    found = matching(asked.facts, corpus.references())
    if asked.kind.has_topic:
        return _on_topic(asked, corpus, found, scoring)
    kept = extreme(asked.facts.order, found) if asked.facts.order else found
    printed = _by_place(kept)
    passages = corpus.passages(_printing(kept, corpus))
    return Ranking(_in_order([passage for passage in passages if _place(passage) in printed]))


def _on_topic(asked: Understanding, corpus: Corpus, found: Sequence[Reference], scoring: Scoring) -> Ranking:
    """Entries by topic. If the oldest or newest is asked for, only those near the best are compared."""
    every = len(corpus.references())
    within = Filter(kinds=ENTRIES) if every <= MANY_ENTRIES else _printing(found, corpus)
    query = replace(_query(asked, corpus, within, scoring), limit=max(200, min(every, MANY_ENTRIES)))
    retrieved = corpus.retrieve(query)
    printed = _by_place(found)
    ranked = _sorted([Ranked(each, each.relevance) for each in retrieved.candidates if _place(each.passage) in printed])
    if asked.facts.order and ranked:
        near = [each for each in ranked if each.score >= ranked[0].score - NEAR_TOPIC]
        kept = _by_place(extreme(asked.facts.order, [printed[_place(each.passage)] for each in near]))
        ranked = tuple(each for each in near if _place(each.passage) in kept)
    return Ranking(ranked, retrieved.terms)


def _printing(entries: Sequence[Reference], corpus: Corpus) -> Filter:
    """A filter for the passages that print the entries, so that no others are read from a long bibliography."""
    if len(entries) == len(corpus.references()):
        return Filter(kinds=ENTRIES)
    return Filter(kinds=ENTRIES, entries=frozenset((entry.document, entry.number) for entry in entries))


_Place = tuple[str | None, tuple[int, ...]]


def _by_place(entries: Sequence[Reference]) -> dict[_Place, Reference]:
    """Entries by document and number. If a number is used twice, its first entry is kept."""
    return {(entry.document, (entry.number,)): entry for entry in reversed(entries)}


def _place(passage: Passage) -> _Place:
    """Document and number of the entry that the passage prints."""
    return passage.document.id, passage.references[:1]
