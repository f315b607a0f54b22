"""The rules of answering can be counted."""

from tests.evqa.rules import counts, table

MODULE = """
import re
NEAR, FAR = 0.5, -2
BOUNDS = (1.0, 2.0)
NAMES = frozenset("rye oat spelt".split())
PAIR = ("a", "b")
_PATTERN = re.compile(r"\\b(?:bread|rolls)\\b")


def found(text: str) -> bool:
    limit = 3
    return bool(re.search(r"dough", text)) and len(text) > limit
"""


def test_counted() -> None:
    """Expressions, words in them, lists and named numbers; not what a function keeps to itself."""
    found = counts(MODULE)
    assert (found["expressions"], found["lists"], found["words"], found["constants"]) == (2, 1, 3, 3)
    assert found["alternatives"] >= 2


def test_every_part() -> None:
    """Each part of answering is counted, and their sum."""
    found = table()
    assert found["all"]["lines"] == sum(each["lines"] for name, each in found.items() if name != "all") > 1000
