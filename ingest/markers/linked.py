"""Citations of a file that links its markers to its bibliography itself."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from evqa.model import Citation, Reference, Rejected, Sentence, Unresolved, Where
from ingest.markers.citations import Bound, sentence_at
from ingest.markers.markers import format_numbers
from ingest.structure.draft import LinkedMarker


def linked_citations(
    text: str, marks: Sequence[tuple[LinkedMarker, Where]], sentences: Sequence[Sentence], guessed: Bound
) -> Bound:
    """Bind linked markers to sentences. Of what was found by pattern, only rejected lookalikes beside them stay.

    If the file links less than half of its printed markers, the markers found by pattern count too.
    """
    ordered = sorted(marks, key=lambda m: (m[0].start, m[0].end))
    places = [mark for mark, _ in ordered]
    others = _beside(guessed.citations, places)
    cited = [_citation(text, mark, where, sentences) for mark, where in ordered if mark.numbers]
    if len(others) > len(cited):
        cited = sorted([*cited, *others], key=lambda c: c.start)
    lost = [_unresolved(text, mark) for mark in places if mark.reason]
    return Bound(guessed.style, cited, _beside(guessed.rejected, places), lost)


def both_citations(
    text: str,
    marks: Sequence[tuple[LinkedMarker, Where]],
    sentences: Sequence[Sentence],
    guessed: Bound,
    references: Sequence[Reference],
) -> Bound:
    """Bind the markers that a file links, and those found by pattern where it links none.

    Of a marker of names and years that is linked in part, the pattern gives what no link covers.
    """
    ordered = sorted(marks, key=lambda m: (m[0].start, m[0].end))
    places = [mark for mark, _ in ordered]
    years = {reference.number: reference.year for reference in references}
    cited: list[Citation] = []
    for mark, where in ordered:
        found = [c for c in guessed.citations if c.start < mark.end and mark.start < c.end] if mark.unlinked else []
        more = [n for c in found for n in c.references if n not in mark.numbers and years.get(n) in mark.unlinked]
        cited.append(
            _citation(text, replace(mark, numbers=tuple(dict.fromkeys((*mark.numbers, *more)))), where, sentences)
        )
    # A number without an entry stays unresolved beside those of its marker that have one.
    unresolved = [u for u in guessed.unresolved if u.missing or not any(_overlap(u, mark) for mark in places)]
    everything = sorted([*cited, *_beside(guessed.citations, places)], key=lambda c: c.start)
    return Bound(guessed.style, everything, _beside(guessed.rejected, places), unresolved)


def _overlap(one: Unresolved, mark: LinkedMarker) -> bool:
    return mark.start < one.end and one.start < mark.end


def disagreements(text: str, marks: Sequence[tuple[LinkedMarker, Where]]) -> list[str]:
    """Return a warning if links lead to other entries than the printed numbers, which count; [] otherwise."""
    wrong = [(m, m.linked) for m, _ in marks if m.linked]
    return _warning(text, wrong, ("marker is linked", "markers are linked"), "printed numbers")


def contradictions(text: str, marks: Sequence[tuple[LinkedMarker, Where]], guessed: Bound) -> list[str]:
    """Return a warning if links lead to other entries than the printed numbers; [] otherwise."""
    by_start = {c.start: c.references for c in guessed.citations}
    wrong = [(m, m.numbers) for m, _ in marks if m.start in by_start and not set(m.numbers) & set(by_start[m.start])]
    return _warning(text, wrong, ("marker leads", "markers lead"), "file's links")


def _warning(
    text: str, wrong: Sequence[tuple[LinkedMarker, Sequence[int]]], said: tuple[str, str], followed: str
) -> list[str]:
    """A warning of markers with the entries that their links lead to; [] without. `said`: of one marker, of several."""
    if not wrong:
        return []
    first, entries = wrong[0]
    one = f"{text[first.start : first.end][:60]} leads to {format_numbers(entries)}"
    times = f"{len(wrong)} {said[len(wrong) > 1]}"
    return [f"{times} to other entries than printed ({one}): the {followed} are followed, check them"]


def with_markers(text: str, spans: Sequence[tuple[int, int]], marks: Sequence[LinkedMarker]) -> list[tuple[int, int]]:
    """Join a "sentence" of markers only to the sentence before it: the markers stand behind its full stop."""
    result: list[tuple[int, int]] = []
    ordered = sorted(marks, key=lambda m: m.start)
    starts = [m.start for m in ordered]
    for start, end in spans:
        near = ordered[bisect_left(starts, start) : bisect_left(starts, end)]
        inside = [m for m in near if m.end <= end]
        if result and inside and not any(c.isalnum() for c in _outside(text, start, end, inside)):
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def _outside(text: str, start: int, end: int, marks: Sequence[LinkedMarker]) -> str:
    bounds = [start, *(place for m in marks for place in (m.start, m.end)), end]
    return "".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))


def _citation(text: str, mark: LinkedMarker, where: Where, sentences: Sequence[Sentence]) -> Citation:
    return Citation(
        marker=text[mark.start : mark.end],
        start=mark.start,
        end=mark.end,
        sentence=None if where == "table" else sentence_at(sentences, mark.start),
        references=mark.numbers,
        where=where,
    )


def _unresolved(text: str, mark: LinkedMarker) -> Unresolved:
    printed = text[mark.start : mark.end]
    return Unresolved(marker=printed, start=mark.start, end=mark.end, missing=mark.missing, reason=mark.reason)


_Spot = TypeVar("_Spot", Rejected, Citation)


def _beside(found: Sequence[_Spot], marks: Sequence[LinkedMarker]) -> list[_Spot]:
    """Keep the records that overlap no linked marker."""
    starts = [m.start for m in marks]
    return [
        r
        for r in found
        if (at := bisect_left(starts, r.end)) == 0 or max(m.end for m in marks[max(0, at - 3) : at]) <= r.start
    ]
