"""Answers that quote pages whose text was recognised."""

from evqa.answer import ask
from evqa.model import Answer, RecognisedPage
from tests.evqa.invented import BREAD_OUTLINE, BREAD_PASSAGES, BREAD_REFERENCES
from tests.evqa.shelf import Shelf

QUESTION = "Which acid do lactobacilli produce?"


def asked(*pages: int) -> Answer:
    """An answer from a review of which every passage stands on page 2 and these pages were recognised."""
    told = tuple(RecognisedPage(page=page, confidence=0.91) for page in pages)
    integrity = BREAD_OUTLINE.integrity.model_copy(update={"recognised": told})
    passages = [each.model_copy(update={"page": 2}) for each in BREAD_PASSAGES]
    return ask(QUESTION, Shelf([BREAD_OUTLINE.model_copy(update={"integrity": integrity})], passages, BREAD_REFERENCES))


def test_an_answer_from_a_recognised_page_is_warned_of() -> None:
    """The page and its confidence are told, once, and the claims stay as they are."""
    (line,) = [line for line in asked(2).warnings if "OCR" in line]
    assert line.startswith(f"the text of page 2 of “{BREAD_OUTLINE.document.title[:20]}")
    assert line.endswith("was recognised (OCR, confidence 0.91): check it, and its numbers, against the page")
    assert asked(2).claims == asked().claims


def test_other_recognised_pages_do_not_matter() -> None:
    """An answer from a printed page isn't warned of."""
    assert not [line for line in asked(1, 3).warnings if "OCR" in line]
