"""A printed line: runs of characters side by side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.markup.styled import Span, Styled
from ingest.pdf.file.extract import Run
from ingest.pdf.file.tags import ARTIFACT
from ingest.pdf.known.records import MARK

_SPACE = 0.14
_CELL_GAP = 0.9
_LETTERS = re.compile(r"[^\W\d_]")
# TeX sets degrees as a raised ring.
_RING = re.compile("[∘◦]")

# A run and its level: 0 on the baseline, 1 a superscript, -1 a subscript.
Placed = tuple[Run, int]


@dataclass(frozen=True)
class Line:
    """Runs on one baseline, in reading order. Points; y grows upwards.

    `size`: of the characters on the baseline. `printed`: the characters, superscripts raised. `is_bold`: most
    characters are; `is_all_bold`: every word is. `lead`: length of the bold beginning. `targets`: the file's
    destinations that point at it.
    """

    page: int
    x0: float
    x1: float
    baseline: float
    size: float
    printed: Styled
    is_bold: bool
    is_all_bold: bool
    lead: int
    placed: tuple[Placed, ...] = ()
    targets: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The characters."""
        return self.printed.text

    @property
    def heading(self) -> str:
        """The level, "1" to "6", if the file tags every run as one heading's, else ""."""
        tags = {run.tag for run, _ in self.placed}
        tag = tags.pop() if len(tags) == 1 else ""
        return tag[1:] if tag.startswith("H") else ""

    @property
    def is_artifact(self) -> bool:
        """Whether the file tags every run as no part of the text."""
        return bool(self.placed) and all(run.tag == ARTIFACT for run, _ in self.placed)


def line_of(page: int, placed: Sequence[Placed], size: float, baseline: float, targets: tuple[str, ...] = ()) -> Line:
    """Make a line of runs in reading order. `size` and `baseline`: of the runs on the baseline."""
    parts = list(_spaced(placed, size))
    texts: list[str] = []
    raised: list[Span] = []
    linked: list[Span] = []
    at = 0
    for space, run, level in parts:
        texts.append(f"{space}{_RING.sub('°', run.text) if level > 0 else run.text}")
        start = at + len(texts[-1]) - len(run.text.lstrip())
        at += len(texts[-1])
        if level > 0 and raised and raised[-1].end == start:
            raised[-1] = Span(raised[-1].start, at, "raised")
        elif level > 0:
            raised.append(Span(start, at, "raised"))
        if run.link:
            linked.append(Span(start, at, "goto" if run.link.startswith(MARK) else "link", run.link))
    spans = [*raised, *linked, *(Span(0, at, "target", name) for name in targets)]
    worded = [(run.is_bold, len(run.text)) for run, _ in placed if _LETTERS.search(run.text)]
    leading = next((i for i, (run, _) in enumerate(placed) if not run.is_bold), len(placed))
    return Line(
        page=page,
        x0=min(run.x0 for run, _ in placed),
        x1=max(run.x1 for run, _ in placed),
        baseline=baseline,
        size=size,
        printed=Styled("".join(texts), tuple(sorted(spans, key=lambda span: span.start))),
        is_bold=sum(n for bold, n in worded if bold) * 2 > sum(n for _, n in worded),
        is_all_bold=all(bold for bold, _ in worded) and any(run.is_bold for run, _ in placed),
        lead=sum(map(len, texts[:leading])),
        placed=tuple(placed),
        targets=targets,
    )


def _spaced(placed: Sequence[Placed], size: float) -> Iterator[tuple[str, Run, int]]:
    end = placed[0][0].x0
    for run, level in placed:
        yield " " if run.x0 - end > _SPACE * size and not run.is_joined else "", run, level
        end = run.x1


def apart(line: Line) -> list[Line]:
    """Cut a line where its words stand further apart than a space."""
    groups: list[list[Placed]] = []
    end = line.x0
    for run, level in line.placed:
        if not groups or run.x0 - end > _CELL_GAP * line.size:
            groups.append([])
        groups[-1].append((run, level))
        end = max(end, run.x1)
    held = [line.targets, *[()] * (len(groups) - 1)]
    return [line_of(line.page, each, line.size, line.baseline, own) for each, own in zip(groups, held, strict=True)]


def joined(first: Line, second: Line) -> Line:
    """Join two lines that stand side by side."""
    targets = (*first.targets, *second.targets)
    return line_of(second.page, (*first.placed, *second.placed), second.size, second.baseline, targets)
