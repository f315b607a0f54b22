"""Set recognised lines as runs, as if a PDF had printed them: few sizes, bold or not, superscripts small and raised."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.pdf.file.extract import Run

# Font size in x-heights, and the usual height of a capital in x-heights.
_EM, _CAPITAL = 2.1, 1.45
_FEWEST = 4
# Lines whose sizes differ by less have one size.
_SAME = 0.07
_BOLD = 1.3
_SMALLER, _RISE = 0.65, 0.35


@dataclass(frozen=True)
class Word:
    """A recognised word or superscript. Points; `stroke` is the mean width of its strokes, `confidence` a share."""

    text: str
    x0: float
    x1: float
    baseline: float
    stroke: float
    confidence: float
    is_raised: bool


@dataclass(frozen=True)
class PrintedLine:
    """A recognised line: number and mean height of its letters as high as an x, and of those as high as a capital."""

    flats: int
    flat: float
    talls: int
    tall: float
    words: tuple[Word, ...]

    @property
    def letters(self) -> int:
        """The number of its characters."""
        return sum(len(word.text) for word in self.words)


def set_pages(pages: Sequence[Sequence[PrintedLine]]) -> list[tuple[Run, ...]]:
    """Return the runs of each page, in the order of its lines."""
    lines = [line for page in pages for line in page]
    tall = median([x.tall / x.flat for x in lines if min(x.flats, x.talls) >= _FEWEST and x.flat] or [_CAPITAL])
    heights = [_x_height(line, tall) for line in lines]
    sizes = iter(_snapped(heights, [line.letters for line in lines]))
    usual = _usual_stroke(lines, heights)
    return [tuple(run for line in page for run in _runs(line, next(sizes), usual)) for page in pages]


def _x_height(line: PrintedLine, tall: float) -> float:
    """The x-height of a line by most of its letters; 0.0 if none tells."""
    if line.flats >= _FEWEST or (line.flats and line.flats >= line.talls):
        return line.flat
    return line.tall / tall if line.talls else line.flat


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


def _runs(line: PrintedLine, x_height: float, usual: float) -> Iterable[Run]:
    size = round(_EM * x_height, 1)
    bases = [word.baseline for word in line.words if not word.is_raised]
    baseline = round(median(bases), 1) if bases else 0.0
    is_bold = _is_bold([word for word in line.words if not word.is_raised], x_height, usual)
    is_first = True
    for word in line.words:
        x0, x1 = round(word.x0, 1), round(word.x1, 1)
        if word.is_raised:
            rise = round(baseline + _RISE * size, 1)
            yield Run(word.text, x0, x1, rise, round(_SMALLER * size, 1), False, is_first)
        else:
            own = is_bold or _is_bold([word], x_height, 1.1 * usual)
            yield Run(word.text, x0, x1, baseline, size, own, is_first)
        is_first = False


def _is_bold(words: Sequence[Word], x_height: float, usual: float) -> bool:
    letters = sum(len(word.text) for word in words)
    strokes = sum(word.stroke * len(word.text) for word in words)
    return bool(letters) and strokes > _BOLD * usual * x_height * letters
