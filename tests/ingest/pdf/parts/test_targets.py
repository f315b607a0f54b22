"""Lines that destinations point at."""

from dataclasses import replace

import pytest

from ingest.pdf.known.records import Destination
from ingest.pdf.lines.line import Line
from ingest.pdf.parts.targets import with_targets
from tests.ingest.pdf.printed import down, printed, run

ENTRIES = [
    "1. Doe A. Wool of the north. Sheep. 2001.",
    "2. Roe B. Salt and barley. Boats. 2002.",
    "3. Poe C. Timber for harbours. Ships. 2003.",
]
AUTHORS = ["Doe A (2001) Wool of the north.", "Roe B (2002) Salt and barley.", "Poe C (2003) Timber for harbours."]


def cited(words: list[str]) -> list[Line]:
    """A page whose words link to the destinations of the same order."""
    return printed(*(replace(run(text, y=700 - 12 * i), link=f"#{i}") for i, text in enumerate(words)))


def aimed(entries: list[str], words: list[str], rise: float, x: float | None = 50) -> list[tuple[str, tuple[str, ...]]]:
    """The lines of a list and what points at them, each destination lying so much above its line."""
    places = [Destination(f"cite.{i}", 2, x, 700 - 12 * i + rise) for i in range(len(entries))]
    _, listed = with_targets([cited(words), printed(*down(entries), number=2)], places)
    return [(line.text, line.targets) for line in listed]


@pytest.mark.parametrize("rise", [0, 8, 12, 30, 160, -40])
@pytest.mark.parametrize(("entries", "words"), [(ENTRIES, ["[1]", "2", "3,"]), (AUTHORS, ["Doe, 2001", "Roe", "Poe"])])
def test_by_one_amount(rise: float, entries: list[str], words: list[str]) -> None:
    """Destinations lie above their lines by one amount, even as much as several lines: what links say gives it."""
    assert [targets for _, targets in aimed(entries, words, rise)] == [("#0",), ("#1",), ("#2",)]


def test_the_column_does_not_matter_at_the_edge() -> None:
    """A place at the page's left edge says nothing of the column."""
    assert [targets for _, targets in aimed(ENTRIES, ["1", "2", "3"], 8, x=0)] == [("#0",), ("#1",), ("#2",)]


def test_no_amount_fits() -> None:
    """Where links say other things than any line, no line gets a destination."""
    assert {targets for _, targets in aimed(ENTRIES, ["Figure", "Methods", "Results"], 8)} == {()}


def test_neighbours_without_links() -> None:
    """A place that no link leads to is found by the amount of those that links lead to."""
    assert [targets for _, targets in aimed(ENTRIES, ["1", "2"], 10)] == [("#0",), ("#1",), ("#2",)]
