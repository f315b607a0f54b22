"""Collect the statements of a document that print reference numbers, with the passages around them."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from evqa.model import Citation, Document, Heading, Passage, Where


class CitedStatement(NamedTuple):
    """A sentence, table row or caption with the numbers printed in it, in order.

    `numbers` are those of entries that exist, each once. `own`: places, among the passages, of the one that it stands
    in and of those before it to which its numbers are carried; `near`: of those beside it in its paragraph, and of its
    table's caption. `bare` is its text without the markers.
    """

    start: int
    end: int
    where: Where
    label: str | None
    section: Heading | None
    numbers: tuple[int, ...]
    own: tuple[int, ...]
    near: tuple[int, ...]
    text: str
    bare: str


def cited_statements(document: Document, passages: Sequence[Passage]) -> tuple[CitedStatement, ...]:
    """The citing statements in printed order. `passages`: all of the document's, in the order of the text."""
    known = {reference.number for reference in document.references}
    citations = sorted(document.citations, key=lambda each: each.start)
    return tuple(_Finder(document, passages, known).statements(citations))


class _Finder:
    def __init__(self, document: Document, passages: Sequence[Passage], known: set[int]) -> None:
        self._document = document
        self._passages = passages
        self._known = known
        self._spans = [
            (each.start, each.end, place, each)
            for place, passage in enumerate(passages)
            if passage.kind != "reference"
            for each in passage.sentences
        ]
        self._starts = [start for start, *_ in self._spans]
        self._blocks = sorted(block.start for block in document.blocks)
        self._captions = {
            passage.label: place for place, passage in reversed(list(enumerate(passages))) if passage.kind == "caption"
        }

    def statements(self, citations: Sequence[Citation]) -> list[CitedStatement]:
        inside: dict[int, list[Citation]] = {}
        for citation in citations:
            at = bisect_right(self._starts, citation.start) - 1
            if at >= 0 and citation.start < self._spans[at][1]:
                inside.setdefault(at, []).append(citation)
        found = [self._statement(at, held) for at, held in inside.items()]
        return [each for each in found if each.numbers]

    def _statement(self, at: int, citations: Sequence[Citation]) -> CitedStatement:
        start, end, place, _ = self._spans[at]
        passage = self._passages[place]
        printed = dict.fromkeys(number for each in citations for number in each.references)
        numbers = tuple(number for number in printed if number in self._known)
        return CitedStatement(
            start,
            end,
            citations[0].where,
            passage.label,
            passage.section,
            numbers,
            (place, *self._carried(at, numbers)),
            tuple(self._near(at)),
            self._document.text[start:end],
            self._bare(start, end, citations),
        )

    def _carried(self, at: int, numbers: Sequence[int]) -> list[int]:
        """Places of the earlier passages to which its numbers are carried."""
        found = []
        for start, _, place, statement in reversed(self._spans[:at]):
            if not self._same_block(start, at) or not set(statement.carried) & set(numbers):
                break
            found.append(place)
        return found

    def _near(self, at: int) -> list[int]:
        """Places of the passages directly before and after it in its block; for a row, the place of the caption."""
        place = self._spans[at][2]
        if self._passages[place].kind == "table_row":
            caption = self._captions.get(self._passages[place].label)
            return [] if caption is None else [caption]
        neighbours = [self._spans[i] for i in (at - 1, at + 1) if 0 <= i < len(self._spans)]
        return [other for start, _, other, _ in neighbours if other != place and self._same_block(start, at)]

    def _same_block(self, start: int, at: int) -> bool:
        return bisect_right(self._blocks, start) == bisect_right(self._blocks, self._starts[at])

    def _bare(self, start: int, end: int, citations: Sequence[Citation]) -> str:
        parts = []
        for each in citations:
            parts.append(self._document.text[start : max(start, each.start)])
            start = max(start, each.end)
        return " ".join(" ".join([*parts, self._document.text[start:end]]).split())
