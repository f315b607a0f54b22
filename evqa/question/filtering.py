"""Put a question to what filters leave of a corpus: one document, some years, a kind of passage, a section."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from evqa.corpus.corpus import Corpus, Filter, Query, Retrieved, Span, Wrapped
from evqa.corpus.naming import document_named
from evqa.corpus.views import View, only
from evqa.errors import UsageError
from evqa.language.words import words
from evqa.model import Filters, Outline, Passage, PassageKind, Section
from evqa.question.scope.part import spans_of
from evqa.question.scope.roles import role_called
from evqa.question.scope.section_names import by_number

# An error names at most this many sections.
MOST_NAMED = 8


def filtered(corpus: Corpus, filters: Filters | None) -> Corpus:
    """What the filters leave of the corpus; itself without filters.

    Raises UsageError, which lists what there is, if a name fits nothing or several documents, if no document is of the
    years, or if no section has the title.
    """
    if filters is None:
        return corpus
    if filters.document is not None:
        named = document_named(filters.document, corpus)
        corpus = View(corpus, only(corpus.outlines(), named), alone=True)
    if filters.years is not None:
        corpus = View(corpus, _of_years(filters.years, corpus.outlines()), alone=True)
    spans = None if filters.section is None else _section(filters.section, corpus.outlines())
    kinds = None if filters.kind is None else frozenset({filters.kind})
    return corpus if spans is None and kinds is None else _Part(corpus, kinds, spans)


class _Part(Wrapped):
    """A corpus of which only passages of some kinds, or inside some stretches, are asked. None means any."""

    def __init__(self, whole: Corpus, kinds: frozenset[PassageKind] | None, spans: tuple[Span, ...] | None) -> None:
        super().__init__(whole)
        self._kinds, self._spans = kinds, spans

    def passages(self, within: Filter) -> Sequence[Passage]:
        """Those that this filter lets through, too."""
        return self._whole.passages(self._here(within))

    def retrieve(self, query: Query) -> Retrieved:
        """Candidates for the query among these passages."""
        return self._whole.retrieve(replace(query, within=self._here(query.within)))

    def _here(self, within: Filter) -> Filter:
        kinds, spans = within.kinds, within.spans
        if self._kinds is not None:
            kinds = self._kinds if kinds is None else self._kinds & kinds
        if self._spans is not None:
            spans = self._spans if spans is None else common(self._spans, spans)
        return replace(within, kinds=kinds, spans=spans)


def common(some: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """The stretches that lie inside one of each, by document and place."""
    ours, theirs = _united(some), _united(others)
    found: list[Span] = []
    one = other = 0
    while one < len(ours) and other < len(theirs):
        mine, your = ours[one], theirs[other]
        start, end = max(mine.start, your.start), min(mine.end, your.end)
        if mine.document == your.document and start < end:
            found.append(Span(mine.document, start, end))
        # The one that ends first can't meet any later one.
        if (mine.document, mine.end) <= (your.document, your.end):
            one += 1
        else:
            other += 1
    return tuple(found)


def _united(spans: Sequence[Span]) -> list[Span]:
    """The same stretches by document and place, those that overlap made one, as sections and their subsections do."""
    united: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.document, each.start, each.end)):
        last = united[-1] if united else None
        if last and last.document == span.document and span.start < last.end:
            united[-1] = Span(last.document, last.start, max(last.end, span.end))
        else:
            united.append(span)
    return [span for span in united if span.start < span.end]


def _of_years(years: tuple[int | None, int | None], outlines: Sequence[Outline]) -> list[Outline]:
    first, last = years[0] or 0, years[1] or 9999
    found = [each for each in outlines if each.year is not None and first <= each.year <= last]
    if not found:
        known = sorted({each.year for each in outlines if each.year is not None})
        there = f"those whose year is known are of {known[0]} to {known[-1]}" if known else "ask without years"
        asked = "-".join(str(year or "") for year in (years if years[0] != years[1] else years[:1]))
        reason = "no document is of these" if known else "the year of no document is known"
        raise UsageError(f"years {asked}", reason, there)
    return found


def _section(named: str, outlines: Sequence[Outline]) -> tuple[Span, ...]:
    """The sections of that title in all documents; else those of that role or number; else those with these words."""
    wanted = words(named)
    numbered = (span for part in by_number(f"section {named.strip()}", outlines) for span in part.spans)
    spans = (
        _titled(outlines, lambda title: title == wanted)
        or (role_called(named.strip(), outlines) or ("", ()))[1]
        or tuple(numbered)
        or _titled(outlines, lambda title: bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(title)} ")
    )
    if not spans:
        titles = list(dict.fromkeys(section.title for outline in outlines for section in outline.sections))
        there = "; ".join([*titles[:MOST_NAMED], *["…"] * (len(titles) > MOST_NAMED)])
        step = f"the sections are: {there}" if titles else "ask without a section"
        raise UsageError(f"section {named[:80]!r}", "there is none of this title, number or part", step)
    return spans


def _titled(outlines: Sequence[Outline], fits: Callable[[list[str]], bool]) -> tuple[Span, ...]:
    """The sections whose title fits, by its folded words."""

    def chosen(outline: Outline) -> list[Section]:
        return [section for section in outline.sections if fits(words(section.title))]

    return tuple(span for outline in outlines for span in spans_of(outline, chosen(outline)))
