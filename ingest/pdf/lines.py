"""Runs of characters put together to printed lines, superscripts marked."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.pdf.extract import Page, Run

_SMALL = 0.86
_SAME_BASELINE = 0.12
_SPACE = 0.14
_WIDEST_GAP = 1.5
_INVISIBLE = dict.fromkeys([0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_LABEL_GAP = 4.0
_LABEL = re.compile(r"[\[(]?\d{1,3}[\].)]{0,2}|[•‣▪◦●○■–\x01-\x08\uf0b7\uf0a7]|\(?[a-z][.)]")


@dataclass
class Line:
    """Runs side by side on one baseline, in reading order. Points, y grows upwards.

    `size`: of the largest part of its characters. `raised`: for each run whether it is a superscript.
    """

    page: int
    runs: list[Run] = field(default_factory=list)
    raised: list[int] = field(default_factory=list)
    size: float = 0.0
    baseline: float = 0.0

    @property
    def x0(self) -> float:
        """Left end."""
        return min(run.x0 for run in self.runs)

    @property
    def x1(self) -> float:
        """Right end."""
        return max(run.x1 for run in self.runs)

    @property
    def is_all_bold(self) -> bool:
        """Whether every word is bold."""
        return all(r.is_bold for r in self.runs if re.search(r"[^\W\d_]", r.text))

    @property
    def is_bold(self) -> bool:
        """Whether most characters are bold."""
        return sum(len(r.text) for r in self.runs if r.is_bold) * 2 > sum(len(r.text) for r in self.runs)

    @property
    def bare(self) -> str:
        """The characters without markup."""
        return "".join(f"{space}{run.text}" for space, run, _ in self._parts())

    @property
    def text(self) -> str:
        """The characters, superscripts in `<sup>`."""
        return "".join(
            f"{space}<sup>{run.text}</sup>" if level > 0 else f"{space}{run.text}"
            for space, run, level in self._parts()
        )

    def _parts(self) -> Iterable[tuple[str, Run, int]]:
        for i, (run, level) in enumerate(zip(self.runs, self.raised, strict=True)):
            gap = run.x0 - self.runs[i - 1].x1 if i else 0.0
            is_apart = gap > _SPACE * self.size
            yield " " if is_apart else "", run, level

    def takes(self, run: Run) -> int | None:
        """0 if a run goes on with the line, 1 as a superscript, -1 as a subscript; None if it doesn't belong."""
        gap = run.x0 - self.x1
        rise = run.baseline - self.baseline
        if not -2.0 * self.size <= gap <= _WIDEST_GAP * self.size:
            return None
        if abs(rise) <= _SAME_BASELINE * self.size:
            return 0
        is_near = gap <= 0.7 * self.size
        if is_near and run.size <= _SMALL * self.size and -0.45 * self.size <= rise <= 0.85 * self.size:
            return 1 if rise > 0 else -1
        return None

    def add(self, run: Run, level: int) -> None:
        """Appends a run."""
        self.runs.append(run)
        self.raised.append(level)
        if len(self.runs) == 1:
            self.size, self.baseline = run.size, run.baseline


def lines(page: Page) -> list[Line]:
    """The lines of a page in the file's order."""
    found: list[Line] = []
    for printed in page.runs:
        run = replace(printed, text=_visible(printed.text))
        if not run.text.strip():
            continue
        line = found[-1] if found else None
        level = line.takes(run) if line else None
        if line and level is not None:
            line.add(run, level)
        elif line and _leads(line, run):
            line.raised = [1] * len(line.runs)
            line.add(run, 0)
            line.size, line.baseline = run.size, run.baseline
        else:
            found.append(Line(page.number))
            found[-1].add(run, 0)
    return _with_labels(_once(found))


def _once(found: Sequence[Line]) -> list[Line]:
    """Lines without those that lie upon one of the same words: layers left under a figure, doubled bold."""
    seen: dict[str, list[Line]] = defaultdict(list)
    kept: list[Line] = []
    for line in found:
        twins = seen[line.bare]
        if not any(abs(t.x0 - line.x0) < 2 and abs(t.baseline - line.baseline) < 0.8 * line.size for t in twins):
            kept.append(line)
        twins.append(line)
    return kept


def _visible(text: str) -> str:
    """Characters without invisible ones; a soft hyphen at the end is one that is printed."""
    text = text[:-1] + "-" if text.endswith("\xad") else text
    return text.translate(_INVISIBLE)


def _with_labels(found: Sequence[Line]) -> list[Line]:
    """Lines with the number or bullet that is set apart in front of them."""
    result: list[Line] = []
    for i, line in enumerate(found):
        before = result[-1] if result else None
        following = found[i + 1] if i + 1 < len(found) else None
        if before and _is_label(before, line) and not (following and _is_beside(line, following)):
            for run, level in zip(line.runs, line.raised, strict=True):
                before.add(run, level)
            before.size = line.size
        else:
            result.append(line)
    return result


def _is_label(label: Line, line: Line) -> bool:
    is_near = 0 < line.x0 - label.x1 < _LABEL_GAP * line.size
    return is_near and abs(label.baseline - line.baseline) < 0.5 * line.size and bool(_LABEL.fullmatch(label.bare))


def _is_beside(line: Line, other: Line) -> bool:
    gap = other.x0 - line.x1
    return abs(line.baseline - other.baseline) < 0.3 * line.size and 0 < gap < 5 * line.size


def _leads(line: Line, run: Run) -> bool:
    """Whether a line is only the superscript in front of a run."""
    rise = line.baseline - run.baseline
    gap = run.x0 - line.x1
    is_small = line.size <= _SMALL * run.size
    return is_small and 0.05 * run.size < rise < 0.85 * run.size and -0.5 * run.size <= gap <= 0.7 * run.size


def body_size(found: Sequence[Line]) -> float:
    """The size in which most characters are set."""
    counts: Counter[float] = Counter()
    for line in found:
        counts[round(line.size, 1)] += len(line.bare)
    return counts.most_common(1)[0][0] if counts else 0.0
