"""The record of a part of a document that a question names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evqa.corpus.corpus import Span
from evqa.model import Outline, Section

Position = Literal["first", "last"]


@dataclass(frozen=True)
class NamedPart:
    """A part of the corpus that a question names.

    `label`: the table's or figure's ("Table 1"), "Table" or "Figure" when any will do.
    `spans`: where it lies; empty when no document has it, and then `problem` says so.
    """

    name: str
    start: int
    end: int
    spans: tuple[Span, ...] = ()
    labels: tuple[str, ...] = ()
    problem: str | None = None


def spans_of(outline: Outline, sections: Sequence[Section]) -> tuple[Span, ...]:
    """The stretches of a document's text that the sections cover."""
    return tuple(Span(outline.document.id, s.start, s.end) for s in sections)


def merged(parts: Sequence[NamedPart]) -> NamedPart | None:
    """All named parts as one; None if there is none."""
    if not parts:
        return None
    spans = tuple(span for part in parts for span in part.spans)
    labels = tuple(label for part in parts for label in part.labels)
    problems = [part.problem for part in parts if part.problem]
    return replace(parts[0], spans=spans, labels=labels, problem=problems[0] if problems else None)
