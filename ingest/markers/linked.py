"""Citations of a file that links its markers to its bibliography itself."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from evqa.errors import MarkerError
from evqa.model import Citation, Reference, Rejected, Sentence, Unresolved, Where
from ingest.markers.citations import Bound, sentence_at
from ingest.markers.lookalikes import stands_as_marker, stands_as_value
from ingest.markers.markers import expand, format_numbers
from ingest.structure.draft import LinkedMarker

_NOT_LINKED = "printed like a marker, but the file doesn't link it as it does the others"
# Of many markers that are linked, so few may be exceptions.
_MANY, _FEW = 20, 0.05
# Higher ones are years.
_HIGHEST = 999


def linked_citations(
    text: str, marks: Sequence[tuple[LinkedMarker, Where]], sentences: Sequence[Sentence], guessed: Bound
) -> Bound:
    """Bind linked markers to sentences. What was found by pattern beside them is listed, but not bound.

    If the file links less than half of its printed markers, the markers found by pattern count too.
    """
    ordered = sorted(marks, key=lambda m: (m[0].start, m[0].end))
    places = [mark for mark, _ in ordered]
    others = _beside(guessed.citations, places)
    cited = [_citation(text, mark, where, sentences) for mark, where in ordered if mark.numbers]
    is_linked = len(others) <= len(cited)
    open_ones = [c for c in others if is_linked and _is_open(text, c)]
    unlike = [c for c in others if is_linked and not _is_open(text, c)]
    if not is_linked:
        cited = sorted([*cited, *others], key=lambda c: c.start)
    rejected = sorted([*_beside(guessed.rejected, places), *map(_rejected, unlike)], key=lambda r: r.start)
    return Bound(guessed.style, cited, rejected, _lost(text, places, guessed, open_ones))


def both_citations(
    text: str,
    marks: Sequence[tuple[LinkedMarker, Where]],
    sentences: Sequence[Sentence],
    guessed: Bound,
    references: Sequence[Reference],
) -> Bound:
    """Bind the markers that a file links, and those found by pattern where it links none.

    Of a marker of names and years that is linked in part, the pattern gives what no link covers. Where the file links
    most of its markers, what looks like a value and isn't linked stays unresolved.
    """
    ordered = sorted(marks, key=lambda m: (m[0].start, m[0].end))
    places = [mark for mark, _ in ordered]
    years = {reference.number: reference.year for reference in references}
    cited: list[Citation] = []
    for mark, where in ordered:
        found = [c for c in guessed.citations if c.start < mark.end and mark.start < c.end] if mark.unlinked else []
        more = [n for c in found for n in c.references if n not in mark.numbers and years.get(n) in mark.unlinked]
        numbers = tuple(dict.fromkeys((*mark.numbers, *more)))
        if numbers:
            cited.append(_citation(text, replace(mark, numbers=numbers), where, sentences))
    others = _beside(guessed.citations, places)
    doubtful = _doubtful(text, others, len(places))
    everything = sorted([*cited, *(c for c in others if c not in doubtful)], key=lambda c: c.start)
    unresolved = _lost(text, places, guessed, doubtful)
    return Bound(guessed.style, everything, _beside(guessed.rejected, places), unresolved)


def _lost(text: str, places: Sequence[LinkedMarker], guessed: Bound, unlinked: Sequence[Citation]) -> list[Unresolved]:
    """List the markers whose links lead nowhere, those that aren't linked, and what was found to have no entry.

    A number without an entry stays unresolved beside those of its marker that have one.
    """
    broken = [mark for mark in places if mark.reason]
    missing = [
        u for u in guessed.unresolved if not any(_overlap(u, mark) for mark in (broken if u.missing else places))
    ]
    open_ones = [
        Unresolved(marker=c.marker, start=c.start, end=c.end, missing=(), reason=_NOT_LINKED) for c in unlinked
    ]
    found = [*(_unresolved(text, mark) for mark in broken), *missing, *open_ones]
    return sorted(found, key=lambda u: (u.start, u.end))


def _is_open(text: str, found: Citation) -> bool:
    """Tell whether what a file doesn't link may well be a marker: round brackets hold many other numbers."""
    is_sure = found.marker.startswith("[") or any(c.isalpha() for c in found.marker)
    return is_sure or stands_as_marker(text, found.start, found.end)


def _doubtful(text: str, others: Sequence[Citation], linked: int) -> list[Citation]:
    """Return what may be a value, of the markers that a file doesn't link, if it links most of its markers."""
    numbers = [c for c in others if c.where != "table" and not any(character.isalpha() for character in c.marker)]
    values = [c for c in numbers if stands_as_value(text, c.start, c.end)]
    if len(others) - len(values) > linked:
        return []
    if linked < _MANY or len(others) > _FEW * linked:
        return values
    return [c for c in numbers if c in values or not stands_as_marker(text, c.start, c.end)]


def _rejected(found: Citation) -> Rejected:
    return Rejected(marker=found.marker, start=found.start, end=found.end, reason=_NOT_LINKED)


def _overlap(one: Unresolved, mark: LinkedMarker) -> bool:
    return mark.start < one.end and one.start < mark.end


def disagreements(text: str, marks: Sequence[tuple[LinkedMarker, Where]]) -> list[str]:
    """Return a warning if links lead to other entries than the printed numbers, which count; [] otherwise."""
    wrong = [(m, m.linked) for m, _ in marks if m.linked]
    return _warning(text, wrong, ("marker is linked", "markers are linked"), "printed numbers")


def contradictions(text: str, marks: Sequence[tuple[LinkedMarker, Where]], guessed: Bound) -> list[str]:
    """Return a warning if links lead to other entries than the printed numbers; [] otherwise."""
    by_start = {c.start: c.references for c in guessed.citations}
    printed = [(m, by_start.get(m.start) or _numbers(text[m.start : m.end])) for m, _ in marks if m.numbers]
    wrong = [(m, m.numbers) for m, numbers in printed if numbers and not set(m.numbers) & set(numbers)]
    return _warning(text, wrong, ("marker leads", "markers lead"), "file's links")


def _numbers(printed: str) -> tuple[int, ...]:
    """Return the numbers that a marker prints; () if it prints names or years."""
    try:
        numbers = expand(printed)
    except MarkerError:
        return ()
    return numbers if max(numbers) <= _HIGHEST else ()


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
