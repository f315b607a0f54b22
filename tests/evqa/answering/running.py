"""Running text as passages: paragraphs of sentences."""

import re

from evqa.model import Heading, Home, Passage, Statement
from tests.evqa.shelf import Shelf

HOME = Home(id="d", title="Bread")
SECTION = Heading(title="Results")


def running(*paragraphs: str) -> list[Passage]:
    """A passage for each sentence, with the numbers in its brackets; between paragraphs stand two characters."""
    found: list[Passage] = []
    at = 0
    for paragraph in paragraphs:
        for text in re.split(r"(?<=[.:?!]) (?=[A-Z(\d])", paragraph):
            numbers = tuple(int(number) for number in re.findall(r"\[(\d+)\]", text))
            statement = Statement(start=at, end=at + len(text), references=numbers)
            found.append(
                Passage(
                    id=f"p{len(found)}",
                    kind="prose",
                    document=HOME,
                    section=SECTION,
                    start=at,
                    end=at + len(text),
                    text=text,
                    sentences=(statement,),
                    references=numbers,
                )
            )
            at += len(text) + 1
        at += 1
    return found


def shelf(passages: list[Passage]) -> Shelf:
    """A corpus of these passages alone."""
    return Shelf((), passages, ())
