"""Find which stored documents are papers that another stored document cites, and under which number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from rapidfuzz import fuzz, process

from evqa.model import Placement, Rival
from evqa.works.same_work import SHORT, Work, compared

# Titles less alike than this aren't reported as rivals.
FAR = 0.85
# Of two documents that cite each other's papers, the review is the one that nothing cites, unless the other cites
# more than this many times as many papers.
UNCITED = 2
# How much a document holds of its work: see `StoredWork`.
ABSTRACT, TEXT, FILE = range(3)

By = Literal["doi", "title"]
Rivals = Mapping[str, Sequence[Rival]]


@dataclass(frozen=True, slots=True)
class StoredWork:
    """A stored document: its identity as a work, and the works in its bibliography by number.

    `fullness`: of several documents of one work the fullest is placed: a file of the user's own before a text, and a
    text before an abstract, that a source has of it.
    """

    document: str
    source: str
    title: str
    work: Work
    entries: tuple[tuple[int, Work], ...] = ()
    fullness: int = FILE


@dataclass(frozen=True, slots=True)
class _Match:
    """A stored paper that may be the entry of that number in a review's bibliography."""

    review: str
    paper: str
    number: int
    by: By
    score: float
    is_same: bool
    fullness: int = FILE

    @property
    def worth(self) -> tuple[int, bool, float, int]:
        """Sorts matches: the fullest first, DOI before title, then the nearer title, then the lower number."""
        return self.fullness, self.by == "doi", self.score, -self.number


Matches = dict[str, dict[str, _Match]]


def place(documents: Sequence[StoredWork]) -> tuple[Placement, ...]:
    """Where each document belongs, in the order given. The result doesn't depend on that order.

    A paper is placed under one number of one review: the one that cites most of the documents, most of all
    one that no other cites. Of two papers under one number the better match is placed. What isn't placed
    stands on its own, with the entries that came near as `rivals`.
    """
    matches = sorted(_matches(documents), key=lambda match: (match.review, match.paper, match.number))
    sources = {each.document: each.source for each in documents}
    found, rivals = _settled(matches, sources)
    years = {each.document: each.work.year or 0 for each in documents}
    homes = _homes(found, years)
    return tuple(_placement(each, homes, rivals, sources) for each in documents)


def _matches(documents: Sequence[StoredWork]) -> Iterator[_Match]:
    """Every pair of a document and another document's entry that are, or may be, the same work."""
    entries = [(each.document, number, entry) for each in documents for number, entry in each.entries]
    search = _EntrySearch([entry for _, _, entry in entries])
    for paper in documents if len(documents) > 1 else ():
        for at in search.near(paper.work):
            review, number, entry = entries[at]
            like = compared(paper.work, entry)
            if review != paper.document and (like.is_same or like.score >= FAR):
                found = (like.by, like.score, like.is_same)
                yield _Match(review, paper.document, number, *found, paper.fullness)


class _EntrySearch:
    """Finds the entries that may be a given work."""

    def __init__(self, entries: Sequence[Work]) -> None:
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._printed = [(at, entry.printed) for at, entry in enumerate(entries) if entry.printed]
        for at, entry in enumerate(entries):
            for key in {entry.doi, entry.title, entry.head} - {""}:
                self._keys[key].append(at)
        lengths = np.array([len(entry.title) for entry in entries], dtype=np.int64)
        self._places = np.argsort(lengths, kind="stable")
        self._lengths = lengths[self._places]
        self._titles = [entries[at].title for at in self._places.tolist()]

    def near(self, paper: Work) -> list[int]:
        """Places of the entries with the DOI, the title with or without subtitle, or one much like it."""
        keys = [key for key in (paper.doi, paper.title, paper.head) if key]
        found = {at for key in keys for at in self._keys.get(key, ())}
        found.update(self._alike(paper.title) if paper.title else ())
        if len(paper.title) >= SHORT:
            found.update(at for at, printed in self._printed if paper.title in printed)
        return sorted(found)

    def _alike(self, title: str) -> list[int]:
        """Places of the entries with similar titles. Only titles of a similar length are compared."""
        shortest, longest = len(title) * FAR / (2 - FAR), len(title) * (2 - FAR) / FAR
        first, last = np.searchsorted(self._lengths, (shortest, longest + 1)).tolist()
        if first == last:
            return []
        scores = process.cdist(
            [title], self._titles[first:last], scorer=fuzz.ratio, score_cutoff=100 * FAR, dtype=np.uint8
        )
        places: list[int] = self._places[first:last][scores[0] > 0].tolist()
        return places


def _settled(matches: Iterable[_Match], sources: Mapping[str, str]) -> tuple[Matches, Rivals]:
    """The accepted matches by review and paper, one paper a number, and the rivals of each paper."""
    rivals: dict[str, list[Rival]] = defaultdict(list)
    found: Matches = defaultdict(dict)
    taken: dict[tuple[str, int], _Match] = {}
    for match in sorted(matches, key=lambda each: each.worth, reverse=True):
        first = taken.get((match.review, match.number))
        if not match.is_same:
            rivals[match.paper].append(_rival(match, "title, year and author don't make it the same work"))
        elif match.paper in found[match.review]:
            rivals[match.paper].append(_rival(match, "it fits there too"))
        elif first:
            rivals[match.paper].append(_rival(match, f"{sources[first.paper]} fits better or as well"))
        else:
            taken[match.review, match.number] = found[match.review][match.paper] = match
    return found, rivals


def _rival(match: _Match, reason: str) -> Rival:
    return Rival(
        review=match.review,
        reference=match.number,
        score=round(match.score, 3),
        fits=match.is_same,
        reason=reason,
    )


def _homes(found: Matches, years: Mapping[str, int]) -> dict[str, list[_Match]]:
    """The matches of every paper, first the one with the review that it is placed under. Reviews have none."""
    left = dict(found)
    placed: dict[str, _Match] = {}
    reviews: set[str] = set()
    while review := _next_review(left, placed.keys() | reviews, years):
        reviews.add(review)
        placed.update({paper: match for paper, match in left.pop(review).items() if _is_free(paper, placed, reviews)})
        left = {each: cited for each, cited in left.items() if each not in placed}
    return {
        paper: [
            match,
            *(cited[paper] for each, cited in sorted(found.items()) if paper in cited and each != match.review),
        ]
        for paper, match in placed.items()
    }


def _is_free(paper: str, placed: Mapping[str, _Match], reviews: set[str]) -> bool:
    return paper not in placed and paper not in reviews


def _next_review(left: Matches, gone: Iterable[str], years: Mapping[str, int]) -> str | None:
    """The document that cites most of the remaining papers; None if none cites any."""
    gone = set(gone)
    citing = {review: {paper for paper in cited if paper not in gone} for review, cited in left.items()}
    cited = {paper for papers in citing.values() for paper in papers}
    worth = {
        review: (len(papers) * (1 if review in cited else UNCITED), review not in cited, years[review], review)
        for review, papers in citing.items()
        if papers
    }
    return max(worth, key=lambda review: worth[review], default=None)


def _placement(
    document: StoredWork, homes: Mapping[str, Sequence[_Match]], rivals: Rivals, sources: Mapping[str, str]
) -> Placement:
    named = {"document": document.document, "source": document.source, "title": document.title}
    near = tuple(rivals.get(document.document, ()))
    if document.document not in homes:
        papers = sum(matches[0].review == document.document for matches in homes.values())
        return Placement(**named, kind="review", papers=papers, rivals=near)
    match, *others = homes[document.document]
    reason = f"it is placed under {sources[match.review]}"
    return Placement(
        **named,
        kind="paper",
        review=match.review,
        reference=match.number,
        by=match.by,
        score=round(match.score, 3),
        rivals=(*(_rival(other, reason) for other in others), *near),
    )
