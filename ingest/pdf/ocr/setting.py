"""Set recognised lines as runs, as if a PDF had printed them: few sizes, bold or not, superscripts small and raised."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from ingest.pdf.file.extract import Run
from ingest.pdf.ocr.ordering import in_reading_order
from ingest.pdf.ocr.printed import PrintedLine, Word

# Font size in x-heights, and the usual height of a capital in x-heights.
_EM, _CAPITAL = 2.1, 1.45
_FEWEST = 4
# Lines whose sizes differ by less have one size.
_SAME = 0.07
# Lines of a paragraph: how far below each other, in x-heights, and by how much their sizes may seem to differ.
_PITCH, _ENOUGH, _LITTLE, _MUCH = 3.2, 8, 0.25, 0.6
_BOLD, _SURER = 1.3, 1.1
_SMALLER, _RISE, _SPACE = 0.65, 0.35, 0.15


def set_pages(pages: Sequence[Sequence[PrintedLine]]) -> list[tuple[Run, ...]]:
    """Return the runs of each page in reading order."""
    em = _EM * median([line.flat[1] for page in pages for line in page if line.flat[0]] or [1.0])
    pages = [in_reading_order(page, em) for page in pages]
    lines = [line for page in pages for line in page]
    tall = median([line.tall[1] / line.flat[1] for line in lines if _tells_both(line)] or [_CAPITAL])
    heights = [_x_height(line, tall) for line in lines]
    usual = _usual_stroke(lines, heights)
    bold = [_is_bold(line.printed, height, usual) for line, height in zip(lines, heights, strict=True)]
    heights = _snapped(heights, [line.letters for line in lines])
    at = 0
    made: list[tuple[Run, ...]] = []
    for page in pages:
        here = slice(at, at + len(page))
        even = _evened(page, heights[here], bold[here])
        made.append(
            tuple(
                run
                for line, height, is_bold in zip(page, even, bold[here], strict=True)
                for run in _runs(line, height, is_bold, usual)
            )
        )
        at += len(page)
    return made


def _evened(lines: Sequence[PrintedLine], heights: Sequence[float], bold: Sequence[bool]) -> list[float]:
    """The heights, the same for lines that stand close below each other in one weight and differ by little.

    Where few letters tell, as at the end of a paragraph, they may differ by more.
    """
    even = list(heights)
    start = 0
    for at in range(1, len(lines) + 1):
        if (
            at < len(lines)
            and bold[at] == bold[at - 1]
            and _is_close(lines[at - 1], lines[at], min(heights[at - 1 : at + 1]))
        ):
            continue
        counts: Counter[float] = Counter()
        for place in range(start, at):
            counts[heights[place]] += lines[place].letters
        (most, _), *_ = counts.most_common(1)
        for place in range(start, at):
            line = lines[place]
            differs = _LITTLE if line.flat[0] + line.tall[0] >= _ENOUGH else _MUCH
            if abs(heights[place] - most) <= differs * most:
                even[place] = most
        start = at
    return even


def _is_close(above: PrintedLine, below: PrintedLine, height: float) -> bool:
    drop = above.baseline - below.baseline
    shared = min(above.x1, below.x1) - max(above.x0, below.x0)
    return 0 < drop < _PITCH * height and shared > 0


def _tells_both(line: PrintedLine) -> bool:
    return min(line.flat[0], line.tall[0]) >= _FEWEST


def _x_height(line: PrintedLine, tall: float) -> float:
    """The x-height of a line by most of its letters; 0.0 if none tells."""
    (flats, flat), (talls, capital) = line.flat, line.tall
    return flat if flats >= _FEWEST or flats >= talls else capital / tall


def _snapped(heights: Sequence[float], letters: Sequence[int]) -> list[float]:
    """The heights, each replaced by the most frequent one that is nearly the same."""
    counts: Counter[float] = Counter()
    for height, count in zip(heights, letters, strict=True):
        counts[round(height, 1)] += count
    usual = [height for height, _ in counts.most_common() if height]
    kept: list[float] = []
    for height in usual:
        if not any(abs(height - other) <= _SAME * other for other in kept):
            kept.append(height)
    fallback = kept[0] if kept else 1.0
    return [min(kept, key=lambda other: abs(height - other)) if height else fallback for height in heights]


def _usual_stroke(lines: Iterable[PrintedLine], heights: Iterable[float]) -> float:
    """The median width of strokes in x-heights."""
    found = [
        word.stroke / height
        for line, height in zip(lines, heights, strict=True)
        if height
        for word in line.words
        if word.stroke
    ]
    return median(found) if found else 0.0


def _runs(line: PrintedLine, x_height: float, is_bold: bool, usual: float) -> Iterator[Run]:
    size, baseline = round(_EM * x_height, 1), round(line.baseline, 1)
    end = line.x0
    for place, word in enumerate(line.words):
        # An f reaches over the space behind it; no gap tells of that space then.
        lead = " " if place and not line.words[place - 1].is_raised and word.x0 - end < _SPACE * size else ""
        end = word.x1
        ends = round(word.x0, 1), round(word.x1, 1)
        if word.is_raised:
            rise, small = round(baseline + _RISE * size, 1), round(_SMALLER * size, 1)
            yield Run(word.text, *ends, rise, small, is_new_line=place == 0)
        else:
            # A single word is told less surely than a line.
            own = is_bold or _is_bold([word], x_height, _SURER * usual)
            yield Run(lead + word.text, *ends, baseline, size, own, is_new_line=place == 0)


def _is_bold(words: Sequence[Word], x_height: float, usual: float) -> bool:
    letters = sum(len(word.text) for word in words)
    strokes = sum(word.stroke * len(word.text) for word in words)
    return bool(letters) and strokes > _BOLD * usual * x_height * letters
