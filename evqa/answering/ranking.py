"""Passages for a question, best first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import add
from typing import NamedTuple

from evqa.answering.fusion import relevances
from evqa.corpus.corpus import Candidate, Corpus, Filter, Found, Query, Term
from evqa.fitted import fitted
from evqa.language.expansion import definitions, variants, written_out
from evqa.language.framing import has_topic
from evqa.model import Passage, PassageKind, Reference
from evqa.question.facts.literature import extreme, matching
from evqa.question.numbers import Numbers
from evqa.question.spelling import respelled
from evqa.question.understanding import Understanding

# Worths that aren't fitted, in units of relevance (0..1), as too few questions ask for such things.
# The review comes first: of its papers only what answers clearly better leads.
PAPER = -0.08
SPELLING, DEFINING = 0.3, 0.25
# Entries on the topic asked for score at most this much less than the best.
NEAR_TOPIC = 0.15
# Of longer bibliographies only entries of which the stated facts are true are compared with a topic, and only so many.
MANY_ENTRIES = 1_000
ENTRIES: frozenset[PassageKind] = frozenset({"reference"})


class Ranked(NamedTuple):
    """A candidate with the score it is ranked by."""

    candidate: Candidate
    score: float

    @property
    def passage(self) -> Passage:
        """The candidate's passage."""
        return self.candidate.passage


@dataclass(frozen=True)
class Ranking:
    """Candidates best first, ties by place in the document, and the terms that they were looked up by."""

    ranked: tuple[Ranked, ...] = ()
    terms: tuple[Term, ...] = ()


def rank(asked: Understanding, corpus: Corpus) -> Ranking:
    """The passages of the corpus for the question."""
    if asked.numbers and not asked.problems:
        return _citing(asked, corpus, asked.numbers)
    if asked.facts.selects and not asked.part and not asked.problems:
        return _entries(asked, corpus)
    if asked.part and not asked.part.problem and not has_topic(asked.content):
        return _as_printed(asked, corpus)
    return _by_content(asked, corpus, asked.within)


def _query(asked: Understanding, corpus: Corpus, within: Filter) -> Query:
    text = respelled(asked.content or asked.question, corpus)
    content = written_out(text, definitions(corpus.outlines()))
    return Query(content, within=within, saturation=fitted().ranking.saturation)


def _by_content(asked: Understanding, corpus: Corpus, within: Filter) -> Ranking:
    found = corpus.retrieve(_query(asked, corpus, within))
    return _weighed(asked, found)


def _weighed(asked: Understanding, found: Found) -> Ranking:
    """Candidates by relevance and by what they are."""
    scores = map(add, relevances(found.candidates), _worths(asked, found.candidates))
    return Ranking(_sorted(list(map(Ranked, found.candidates, scores))), found.terms)


def rank_papers(asked: Understanding, reviews: Corpus, papers: Corpus) -> Ranking:
    """Passages of the cited papers for a question about content; of a number's paper where it names one.

    The question is put as to the reviews, and as the papers' own abbreviations would have it.
    """
    if asked.part or asked.facts.selects or asked.problems or asked.within.kinds or not has_topic(asked.content):
        return Ranking()
    text = written_out(respelled(asked.content, papers), definitions(reviews.outlines()))
    within = Filter(documents=named_papers(asked, papers))
    query = Query(text, variants(text, papers.outlines())[:1], within, saturation=fitted().ranking.saturation)
    return _weighed(asked, papers.retrieve(query))


def named_papers(asked: Understanding, papers: Corpus) -> frozenset[str] | None:
    """Ids of the papers whose numbers the question names; None if it names none."""
    if asked.numbers is None:
        return None
    homes = [outline.document for outline in papers.outlines()]
    return frozenset(home.id for home in homes if home.reference in asked.numbers.numbers)


def _sorted(ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
    scores = [_score(each) for each in ranked]
    # Where the passages stand matters only between equals, of which there are seldom any.
    if len(set(scores)) < len(ranked):
        return tuple(sorted(ranked, key=_order))
    return tuple(each for _, each in sorted(zip(scores, ranked, strict=True)))


def _score(each: Ranked) -> float:
    return -round(each.score, 6)


def _order(each: Ranked) -> tuple[float, str, int]:
    """Best score first, then as the documents have it."""
    return _score(each), each.passage.document.id, each.passage.start


def _worths(asked: Understanding, candidates: Sequence[Candidate]) -> list[float]:
    """The worth of each candidate, read from its kind alone where no text need be looked at."""
    if asked.spells or asked.defines or asked.wants.citation:
        return [_worth(asked, each.passage) for each in candidates]
    kinds = [each.passage.kind for each in candidates]
    first = dict(zip(reversed(kinds), reversed(candidates), strict=True))
    worth = {kind: _worth(asked, each.passage) for kind, each in first.items()}
    return [worth[kind] for kind in kinds]


def _worth(asked: Understanding, passage: Passage) -> float:
    """What the kind of passage adds, given what the question asks for."""
    weights = fitted().ranking
    if passage.kind == "reference":
        return weights.listed_entry if asked.facts.explicit else 0.0 if asked.facts.sought else weights.entry
    said = _said(asked, passage)
    if passage.kind == "paper":
        return said + PAPER
    return said + weights.citing * (asked.wants.citation and cites(passage))


def _said(asked: Understanding, passage: Passage) -> float:
    """What a passage is worth that says what the term stands for or means that the question asks about."""
    spelt = SPELLING * bool(asked.spells and asked.spells.search(passage.text))
    return spelt + (DEFINING * asked.defines.grade(passage.text) if asked.defines else 0.0)


def cites(passage: Passage) -> bool:
    """Whether any number stands in the passage or is carried to it."""
    return passage.is_citing


def _citing(asked: Understanding, corpus: Corpus, numbers: Numbers) -> Ranking:
    """Statements that cite the numbers, or their entries first when the entry is asked for."""
    within = replace(asked.within, cites=frozenset(numbers.numbers))
    if has_topic(asked.content):
        found = _by_content(asked, corpus, within)
    else:
        found = Ranking(_in_order(corpus.passages(within)))
    return replace(
        found, ranked=tuple(sorted(found.ranked, key=lambda each: _rank_of_use(asked, numbers, each.passage)))
    )


def _rank_of_use(asked: Understanding, numbers: Numbers, passage: Passage) -> int:
    """Text before table rows before the entry; the entry first when it is asked for, rows when a table is."""
    if passage.kind == "reference":
        return -1 if numbers.entry else 2
    return int(passage.kind == "table_row" and not (asked.part and asked.part.labels))


def _as_printed(asked: Understanding, corpus: Corpus) -> Ranking:
    """All of the named part from its beginning, or from its end where that is asked for."""
    found = [p for p in corpus.passages(asked.within) if p.kind != "reference"]
    return Ranking(_in_order(found[::-1] if asked.position == "last" else found))


def _in_order(passages: Sequence[Passage]) -> tuple[Ranked, ...]:
    """Passages as they stand in the document, all equally good."""
    return tuple(Ranked(Candidate(passage, 0.0, 0.0, 1.0), 1.0) for passage in passages)


def _entries(asked: Understanding, corpus: Corpus) -> Ranking:
    """The entries of which the stated facts are true, by topic where there is one, else by number."""
    found = matching(asked.facts, corpus.references())
    if has_topic(asked.content):
        return _on_topic(asked, corpus, found)
    kept = extreme(asked.facts.order, found) if asked.facts.order else found
    printed = _by_place(kept)
    passages = corpus.passages(_printing(kept, corpus))
    return Ranking(_in_order([passage for passage in passages if _place(passage) in printed]))


def _on_topic(asked: Understanding, corpus: Corpus, found: Sequence[Reference]) -> Ranking:
    """Entries by topic; where the oldest or newest is asked for, that of those near the best alone."""
    every = len(corpus.references())
    within = Filter(kinds=ENTRIES) if every <= MANY_ENTRIES else _printing(found, corpus)
    query = replace(_query(asked, corpus, within), limit=max(200, min(every, MANY_ENTRIES)))
    retrieved = corpus.retrieve(query)
    printed = _by_place(found)
    ranked = _sorted([Ranked(each, each.relevance) for each in retrieved.candidates if _place(each.passage) in printed])
    if asked.facts.order and ranked:
        near = [each for each in ranked if each.score >= ranked[0].score - NEAR_TOPIC]
        kept = _by_place(extreme(asked.facts.order, [printed[_place(each.passage)] for each in near]))
        ranked = tuple(each for each in near if _place(each.passage) in kept)
    return Ranking(ranked, retrieved.terms)


def _printing(entries: Sequence[Reference], corpus: Corpus) -> Filter:
    """The passages that print the entries, so that of a long bibliography the others needn't be looked at."""
    if len(entries) == len(corpus.references()):
        return Filter(kinds=ENTRIES)
    return Filter(kinds=ENTRIES, entries=frozenset((entry.document, entry.number) for entry in entries))


_Place = tuple[str | None, tuple[int, ...]]


def _by_place(entries: Sequence[Reference]) -> dict[_Place, Reference]:
    """Entries by document and number, to be found by the passage that prints them; the first of a number twice used."""
    return {(entry.document, (entry.number,)): entry for entry in reversed(entries)}


def _place(passage: Passage) -> _Place:
    """Document and number of the entry that a passage prints."""
    return passage.document.id, passage.references[:1]
