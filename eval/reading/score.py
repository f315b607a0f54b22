"""Score how much of an article's bibliography and citations a reader got right."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from eval.reading.abbreviations import Score
from eval.reading.context import REACH, Unmarked, agrees, is_exact, most_pairs, sentence_words, words_before
from eval.reading.jatstruth import TrueEntry, Truth, plain_doi
from evqa.language.words import squeeze
from evqa.model import Citation, Document, Record, Reference

ALIKE = 0.9


class Share(Record):
    """`right` out of `of`."""

    right: int = 0
    of: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(right=self.right + other.right, of=self.of + other.of)

    @property
    def value(self) -> float | None:
        """The share; None if `of` is 0."""
        return self.right / self.of if self.of else None


class ArticleScore(Record):
    """The score of one article. An article that wasn't read has nothing right.

    `missed` and `extra` are counts by bibliography number. `printed_dois` counts only true DOIs that occur in the text
    that was read. `wrong_dois` counts found DOIs that differ from the entry's. `context`, `exact_context` and
    `sentences` are shares of the matched links that have words to compare. `untitled` are the numbers of entries
    without their title, `misplaced` of those cited in another context.
    """

    references: int
    references_found: int
    titles: Share
    dois: Share
    printed_dois: Share
    wrong_dois: int
    links: Score
    context: Share
    exact_context: Share
    sentences: Share
    missed: dict[int, int]
    extra: dict[int, int]
    untitled: tuple[int, ...] = ()
    misplaced: tuple[int, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the bibliography has the right number of entries."""
        return self.references == self.references_found


def score_article(truth: Truth, document: Document | None) -> ArticleScore:
    """Score a document against the truth; None means that the article wasn't read."""
    entries = _entries(truth, document)
    text = squeeze(document.text) if document else ""
    found = _mentions(truth, document) if document else {}
    true = Counter(mention.position for mention in truth.mentions)
    counts = {p: (true[p], len(found.get(p, ()))) for p in {*true, *found}}
    bound = _BoundPlaces(truth, document, found)
    return ArticleScore(
        references=len(truth.entries),
        references_found=len(document.references) if document else 0,
        titles=_share(is_title(e, r) for e, r in entries if e.title),
        dois=_share(is_doi(e, r) for e, r in entries if e.doi),
        printed_dois=_share(is_doi(e, r) for e, r in entries if e.doi and squeeze(e.doi) in text),
        wrong_dois=sum(bool(r and r.DOI and plain_doi(r.DOI) != e.doi) for e, r in entries if e.doi),
        links=Score(sum(min(c) for c in counts.values()), sum(f for _, f in counts.values()), len(truth.mentions)),
        context=bound.share(_agrees),
        exact_context=bound.share(_is_exact),
        sentences=bound.share(_is_in_statement),
        missed={p: t - f for p, (t, f) in sorted(counts.items()) if t > f},
        extra={p: f - t for p, (t, f) in sorted(counts.items()) if f > t},
        untitled=tuple(e.position for e, r in entries if e.title and not is_title(e, r)),
        misplaced=bound.failing(_agrees),
    )


def is_title(entry: TrueEntry, reference: Reference | None) -> bool:
    """Whether the parsed title is the true one: normalised edit similarity of letters and digits of at least .9."""
    if reference is None or not reference.title or not entry.title:
        return False
    return Levenshtein.normalized_similarity(squeeze(entry.title), squeeze(reference.title)) >= ALIKE


def is_doi(entry: TrueEntry, reference: Reference | None) -> bool:
    """Whether the parsed DOI is the true one, ignoring case and resolver."""
    return bool(reference and reference.DOI and plain_doi(reference.DOI) == entry.doi)


def _share(rights: Iterable[bool]) -> Share:
    listed = list(rights)
    return Share(right=sum(listed), of=len(listed))


def positions(truth: Truth, document: Document) -> Mapping[int, int]:
    """Bibliography position of each number: its place if both lists are equally long, else the number itself."""
    if len(document.references) == len(truth.entries):
        return {reference.number: place for place, reference in enumerate(document.references, start=1)}
    return {reference.number: reference.number for reference in document.references}


def _entries(truth: Truth, document: Document | None) -> list[tuple[TrueEntry, Reference | None]]:
    if document is None:
        return [(entry, None) for entry in truth.entries]
    place = positions(truth, document)
    read = {place[reference.number]: reference for reference in document.references}
    return [(entry, read.get(entry.position)) for entry in truth.entries]


def _mentions(truth: Truth, document: Document) -> dict[int, list[Citation]]:
    """Citations by bibliography position, without those of the abstract and the back."""
    place = positions(truth, document)
    found = defaultdict(list)
    for citation in document.citations:
        if not is_outside(truth, document, citation):
            for number in dict.fromkeys(citation.references):
                found[place.get(number, number)].append(citation)
    return found


def is_outside(truth: Truth, document: Document, citation: Citation) -> bool:
    """Whether a citation is in the abstract, or under a heading that the XML has only in its back.

    Tables and captions are never outside: they are printed where there is room, even after the conclusions.
    """
    at = citation.start
    if citation.where != "text":
        return False
    in_abstract = any(b.kind == "abstract" and b.start <= at < b.end for b in document.blocks)
    return in_abstract or any(
        s.start <= at < s.end and squeeze(s.title) in truth.back_titles for s in document.sections
    )


class _CitedPlace(NamedTuple):
    """A place where an entry is cited: the words before it, and the words of its own sentence."""

    before: tuple[str, ...]
    sentence: str


Check = Callable[[_CitedPlace, _CitedPlace], bool]


class _BoundPlaces:
    """The true and the found places of each entry, to be paired as well as possible."""

    def __init__(self, truth: Truth, document: Document | None, found: Mapping[int, Sequence[Citation]]) -> None:
        self._true: dict[int, list[_CitedPlace]] = defaultdict(list)
        self._found: dict[int, list[_CitedPlace]] = {}
        if document is None:
            return
        entries = {entry.position: entry for entry in truth.entries}
        text = Unmarked(document, {n: entries[p] for n, p in positions(truth, document).items() if p in entries})
        for mention in truth.mentions:
            entry = entries[mention.position]
            before = words_before(mention.before, entry)
            self._true[mention.position].append(_CitedPlace(before, "".join(sentence_words(mention, entry))))
        for entry in truth.entries:
            numbered = any(m.is_numbered for m in truth.mentions if m.position == entry.position)
            self._found[entry.position] = [_found(text, c, entry, numbered) for c in found.get(entry.position, ())]

    def share(self, check: Check) -> Share:
        """The matched links that pass the check; links without words before them don't count."""
        return sum((self._of(true, self._found[p], check) for p, true in self._true.items()), Share())

    def failing(self, check: Check) -> tuple[int, ...]:
        """Positions of the entries of which a matched link fails the check."""
        shares = {position: self._of(true, self._found[position], check) for position, true in self._true.items()}
        return tuple(sorted(position for position, share in shares.items() if share.right < share.of))

    def _of(self, true: Sequence[_CitedPlace], found: Sequence[_CitedPlace], check: Check) -> Share:
        telling = [place for place in true if place.before]
        of = max(0, min(len(true), len(found)) - (len(true) - len(telling)))
        holds = [[n for n, place in enumerate(found) if check(one, place)] for one in telling]
        return Share(right=min(of, most_pairs(holds)), of=of)


def _found(text: Unmarked, citation: Citation, entry: TrueEntry, is_numbered: bool) -> _CitedPlace:
    before = words_before(text.before(citation, is_numbered), entry, REACH)
    return _CitedPlace(before, squeeze(text.statement(citation)))


def _agrees(true: _CitedPlace, found: _CitedPlace) -> bool:
    return agrees(true.before, found.before)


def _is_exact(true: _CitedPlace, found: _CitedPlace) -> bool:
    return is_exact(true.before, found.before)


def _is_in_statement(true: _CitedPlace, found: _CitedPlace) -> bool:
    """Whether the statement assigned to the citation holds the words that certainly belong to it."""
    return true.sentence in found.sentence and agrees(true.before, found.before)
