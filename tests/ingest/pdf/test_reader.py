"""PDF files read to documents: made ones, and real ones where they are at hand."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from evqa.model import Document
from ingest.passages import passages
from ingest.pdf.file.extract import extract, losses
from ingest.reader import READERS, read, source_of
from tests.ingest.pdf.wool import FIRST, HEADING, RIGHT, SECOND, TITLE, column, wool
from tests.ingest.pdf.written import paged


def document_of(data: bytes) -> Document:
    """The document in a PDF's bytes."""
    return READERS[".pdf"](data, source_of("wool.pdf", data))


@pytest.fixture(scope="module")
def article() -> Document:
    """A sentence, and a word, are cut by the page break and by a line's end."""
    return document_of(wool())


def test_a_sentence_over_two_pages_is_one(article: Document) -> None:
    """A cut sentence is whole, stands on the page where it begins, and the next one on the page after."""
    told = {article.text[s.start : s.end]: s.page for s in article.sentences}
    whole = "They return with salt [1] and with overripe timber in years of storms, and they unload it"
    assert [page for text, page in told.items() if text.startswith(whole)] == [1]
    assert told["The harbour board pays."] == 2
    assert {p.text: p.page for p in passages(article)}["The harbour board pays."] == 2


def test_title_sections_and_bibliography(article: Document) -> None:
    """Title, headings and entries are those printed, and markers are bound; the running head isn't read."""
    assert article.title == "Wool and weather at sea"
    assert [s.title for s in article.sections] == ["Introduction", "References"]
    assert [r.number for r in article.references] == [1, 2, 3, 4, 5]
    assert Counter(n for c in article.citations for n in c.references) == {1: 4, 2: 1}
    assert "1998" not in article.text


def test_passages_are_slices_with_a_page(article: Document) -> None:
    """Every passage is a slice of the document's text and knows its page."""
    found = passages(article)
    assert {p.page for p in found} == {1, 2}
    assert all(article.text[p.start : p.end] == p.text for p in found)


def test_hyphens_at_line_ends() -> None:
    """A hyphen goes where it breaks a word of the document and stays between halves that are words."""
    lines = (
        "A storm broke on the north-",
        "ern coast, and a sea-",
        "gull left the northern quay.",
        "No gull likes the sea.",
    )
    text = document_of(paged(TITLE + HEADING + column(lines))).text
    assert "the northern coast, and a sea-gull left" in text


def test_two_columns_are_read_one_after_the_other() -> None:
    """The right column follows the left one, and a sentence goes on between them."""
    data = paged(TITLE + HEADING + column(FIRST) + column(SECOND, RIGHT))
    assert "and they unload it on the quay" in document_of(data).text


def test_losses_are_told_first() -> None:
    """What is missing from a damaged file stands in front of the other warnings."""
    data = paged(TITLE + HEADING + column(FIRST)).replace(b"%%EOF", b"")
    lost = losses(data, extract(data, "wool.pdf"))
    warnings = document_of(data).integrity.warnings
    assert lost
    assert list(warnings[: len(lost)]) == lost
    assert len(warnings) > len(lost)


def fields(document: Document) -> list[dict[str, Any]]:
    """The entries' fields, without their places in the text and the text itself."""
    own = {"document", "start", "end", "raw"}
    return [reference.model_dump(exclude=own) for reference in document.references]


def pairs(document: Document) -> Counter[int]:
    """How often each entry is cited."""
    return Counter(number for citation in document.citations for number in citation.references)


@pytest.mark.slow
def test_the_review_is_read_as_its_text_is(shared: Path, review: Document) -> None:
    """As PDF the review has the references, field by field, and the citations that it has as Markdown."""
    found = read(shared / "review" / "ev-review.pdf")
    assert len(found.references) == 90
    assert fields(found) == fields(review)
    assert found.integrity.citations == 118
    assert pairs(found) == pairs(review)
    assert found.integrity.unresolved == ()
    assert [s.title for s in found.sections] == [s.title for s in review.sections]
    assert all(p.page for p in passages(found))


@pytest.mark.parametrize("pmc", ["PMC7738079", "PMC7937420"])
def test_bibliographies_are_as_long_as_in_the_xml(shared: Path, pmc: str) -> None:
    """An article's PDF has as many entries as its XML."""
    printed = read(shared / "articles" / "pdf" / f"{pmc}.pdf")
    assert len(printed.references) == len(read(shared / "articles" / "xml" / f"{pmc}.xml").references)
