"""Citations of a file that tells its markers itself."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from evqa.model import Citation, Rejected, Sentence, Unresolved, Where
from ingest.citations import Bound
from ingest.rough import Mark


def told(text: str, marks: Sequence[tuple[Mark, Where]], sentences: Sequence[Sentence], guessed: Bound) -> Bound:
    """What the marks cite, bound to sentences; of what was guessed only the lookalikes beside them stay."""
    ordered = sorted(marks, key=lambda m: (m[0].start, m[0].end))
    return Bound(
        guessed.style,
        [_citation(text, mark, where, sentences) for mark, where in ordered if mark.numbers],
        _beside(guessed.rejected, [mark for mark, _ in ordered]),
        [_unresolved(text, mark) for mark, _ in ordered if mark.reason],
    )


def _citation(text: str, mark: Mark, where: Where, sentences: Sequence[Sentence]) -> Citation:
    return Citation(
        marker=text[mark.start : mark.end],
        start=mark.start,
        end=mark.end,
        sentence=None if where == "table" else _sentence_at(sentences, mark.start),
        references=mark.numbers,
        where=where,
    )


def _sentence_at(sentences: Sequence[Sentence], start: int) -> int | None:
    at = bisect_right(sentences, start, key=lambda s: s.start) - 1
    return at if at >= 0 and start < sentences[at].end else None


def _unresolved(text: str, mark: Mark) -> Unresolved:
    printed = text[mark.start : mark.end]
    return Unresolved(marker=printed, start=mark.start, end=mark.end, missing=mark.missing, reason=mark.reason)


def _beside(rejected: Sequence[Rejected], marks: Sequence[Mark]) -> list[Rejected]:
    """Those that touch no mark."""
    starts = [m.start for m in marks]
    return [
        r
        for r in rejected
        if (at := bisect_left(starts, r.end)) == 0 or max(m.end for m in marks[max(0, at - 3) : at]) <= r.start
    ]
