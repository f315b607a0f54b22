"""Answers and evidence tables that a notebook shows as HTML: quotations, numbers, entries, doubts, all escaped."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from api.evidence.records import EvidenceTable
from api.evidence.writing import csv_text, markdown_text
from api.text.answer import LIKELY, NEAREST, VERDICTS, confidence_text, numbers_text, place_text, unchecked_line
from api.text.entry import address, entry_text
from api.text.terminal import in_cells
from eval.pages.templates import rendered
from evqa.model import Answer, Claim, RankedPassage, Reference
from evqa.works.standing import is_grave, standing_text

FOLDER = Path(__file__).parent


class ShownAnswer(Answer):
    """An answer that a notebook shows with its quotations. It is the same record, and has the same JSON."""

    def _repr_html_(self) -> str:
        """The answer, or the refusal with the nearest passages, as a piece of HTML without scripts."""
        told = {mark for claim in self.claims for mark in marks(claim)}
        values = {
            "answer": self,
            "passages": {passage.id: passage for passage in self.passages},
            "nearest": self.passages[:NEAREST],
            "notes": [*filter(None, [self.note]), *(each for each in self.warnings if each not in told)],
            "unchecked": unchecked_line(self.references),
            "is_likely": self.confidence >= LIKELY,
            "titled": self.corpus.documents > 1,
        }
        return rendered(FOLDER / "answer.html", values, FILTERS)


class ShownTable(EvidenceTable):
    """An evidence table that a notebook shows, and that can be written as CSV and Markdown."""

    def csv(self) -> str:
        """The table as CSV, in the bytes of `evqa table`; open files for it with `newline=""`."""
        return csv_text(self)

    def markdown(self) -> str:
        """The table as Markdown, in the bytes of `evqa table --format md`."""
        return markdown_text(self)

    def _repr_html_(self) -> str:
        """The table as a piece of HTML without scripts."""
        return rendered(FOLDER / "table.html", {"table": self}, {"cells": in_cells})


def shown_answer(answer: Answer) -> ShownAnswer:
    """The answer, as a notebook shows it."""
    return ShownAnswer(**dict(answer))


def shown_table(table: EvidenceTable) -> ShownTable:
    """The table, as a notebook shows it."""
    return ShownTable(**dict(table))


def marks(claim: Claim) -> Sequence[str]:
    """What is doubtful or missing about the numbers of a claim."""
    return [each.warning for each in claim.doubts] + [each.warning for each in claim.unresolved]


def numbers(claim: Claim) -> str:
    """The numbers of a claim in brackets."""
    return numbers_text(claim.references, claim.carried)


def place(passage: RankedPassage, titled: bool) -> str:
    """Where a passage stands, in words."""
    return place_text(passage, titled)


def link(entry: Reference) -> str:
    """The web address of an entry's work; "" without one."""
    found = address(entry)
    return found if found.startswith(("https://", "http://")) else ""


FILTERS: Mapping[str, Callable[..., Any]] = {
    "cells": in_cells,
    "confidence": confidence_text,
    "entry": entry_text,
    "grave": is_grave,
    "link": link,
    "marks": marks,
    "numbers": numbers,
    "place": place,
    "standing": standing_text,
    "verdict": VERDICTS.__getitem__,
}
