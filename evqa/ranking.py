"""Passages for a question, best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evqa.expansion import variants
from evqa.library import Candidate, Filter, Library, Query
from evqa.literature import matching
from evqa.model import Passage
from evqa.spelling import respelled
from evqa.understanding import Understanding
from evqa.words import words

# Worth of what a passage is, in units of the late-interaction score (0..1).
ENTRY = -0.06
SOUGHT_ENTRY = 0.0
LISTED_ENTRY = 0.15
CAPTION = -0.05
MATTER = -0.06
POSITION = 0.05


@dataclass(frozen=True)
class Ranked:
    """A candidate with the score it is ranked by."""

    candidate: Candidate
    score: float

    @property
    def passage(self) -> Passage:
        """The candidate's passage."""
        return self.candidate.passage


def rank(asked: Understanding, library: Library) -> list[Ranked]:
    """Candidates for the question, best first, ties by place in the document."""
    if asked.facts.selects and asked.facts.explicit and not asked.part:
        return _entries(asked, library)
    if asked.numbers and not asked.problems:
        return _citing(asked, library, asked.numbers.numbers)
    return _by_content(asked, library, asked.within)


def has_content(asked: Understanding) -> bool:
    """Whether a topic is left when the words about the literature are taken out."""
    return any(word not in _FRAME_WORDS for word in words(asked.content))


_FRAME_WORDS = frozenset(
    "a an the this that these those it its their is are was were be been do does did has have had of in on at by for to from with and or"
    " what which who whom whose where when how why many much any all some there here list listed lists name named show shown share shared"
    " claim claims statement statements sentence sentences passage passages support supports supported report reports reported say says"
    " said appear appears appeared publish published publication publications work works paper papers article articles entry entries"
    " reference references cite cited cites citing citation citations source sources number numbers year years author authors journal"
    " journals title titles book review reviews study studies among used use back fall falls relied rely row rows table document text"
    " bibliography printed given written wrote doi full me please tell found find according first last".split()
)


def _query(asked: Understanding, library: Library, within: Filter) -> Query:
    text = respelled(asked.content or asked.question, library)
    return Query(text, variants(text, library.outlines()), within)


def _by_content(asked: Understanding, library: Library, within: Filter) -> list[Ranked]:
    candidates = library.retrieve(_query(asked, library, within))
    return _sorted(Ranked(each, each.late + _worth(asked, each.passage)) for each in _placed(asked, candidates))


def _sorted(ranked: Iterable[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=lambda each: (-round(each.score, 6), each.passage.document.id, each.passage.start))


def _worth(asked: Understanding, passage: Passage) -> float:
    """What the kind of passage adds, given what the question asks for."""
    if asked.part:
        return 0.0
    if passage.kind == "reference":
        return LISTED_ENTRY if asked.facts.explicit else SOUGHT_ENTRY if asked.facts.sought else ENTRY
    if passage.kind == "caption":
        return CAPTION
    return MATTER if is_matter(passage) else 0.0


def is_matter(passage: Passage) -> bool:
    """Whether the passage stands in the back matter (funding, contributions, notices)."""
    title = set(words(passage.section.title)) if passage.section else set()
    return bool(title & _MATTER) and not (passage.section and passage.section.number)


_MATTER = frozenset(
    "funding contributions contribution interest interests acknowledgements acknowledgments availability ethics consent note"
    " statement disclosure disclosures competing abbreviations supplementary publisher".split()
)


def _placed(asked: Understanding, candidates: Sequence[Candidate]) -> list[Candidate]:
    """With "closes" or "opens" the candidates gain by how late or early they stand in the part."""
    if asked.position is None or len(candidates) < 2:
        return list(candidates)
    starts = sorted(each.passage.start for each in candidates)
    first, length = starts[0], max(1, starts[-1] - starts[0])

    def nearness(each: Candidate) -> float:
        share = (each.passage.start - first) / length
        return share if asked.position == "last" else 1 - share

    return [replace(each, late=min(1.0, each.late + POSITION * nearness(each))) for each in candidates]


def _citing(asked: Understanding, library: Library, numbers: tuple[int, ...]) -> list[Ranked]:
    """Statements that cite the numbers, or their entries first when the entry is asked for."""
    within = replace(asked.within, cites=frozenset(numbers))
    ranked = _by_content(asked, library, within) if has_content(asked) else _in_order(library.passages(within))
    wants_entry = asked.numbers is not None and asked.numbers.entry
    return sorted(ranked, key=lambda each: (each.passage.kind == "reference") != wants_entry)


def _in_order(passages: Sequence[Passage]) -> list[Ranked]:
    """Passages as they stand in the document, all equally good."""
    return [Ranked(Candidate(passage, 0.0, 0.0, 1.0, 1.0), 1.0) for passage in passages]


def _entries(asked: Understanding, library: Library) -> list[Ranked]:
    """The entries of which the stated facts are true, by topic where there is one, else by number."""
    found = matching(asked.facts, library.references())
    wanted = {(reference.document, reference.number) for reference in found}
    entries = library.passages(Filter(kinds=frozenset({"reference"})))
    kept = [p for p in entries if any((p.document.id, number) in wanted for number in p.references)]
    if not has_content(asked):
        return _in_order(kept)
    ids = {passage.id for passage in kept}
    query = replace(_query(asked, library, Filter(kinds=frozenset({"reference"}))), limit=max(200, len(entries)))
    return _sorted(Ranked(each, each.late) for each in library.retrieve(query) if each.passage.id in ids)
