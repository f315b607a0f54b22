"""Sentences that lean on others' work and cite none of it."""

import pytest

from evqa.audit.uncited_claims import uncited_claims
from ingest.passages import passages
from tests.evqa.citing import read_text, review_text

ENTRIES = ("1. Oak A. Moss in winter. J Salt. 2001;1(1):10-19.",)
CITING = "Moss survives frost [1]."


def found(body: str) -> list[str]:
    """The claims without a citation in a review with this body."""
    document = read_text(review_text(body, ENTRIES))
    return [each.text for each in uncited_claims(document, passages(document))]


def in_review(sentence: str) -> list[str]:
    """The same of a sentence in a paragraph of its own."""
    return found(f"## 2 Cold\n\n{CITING}\n\n{sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "Several recent studies have shown that frost harms lichen.",
        "Previous clinical trials reported a benefit of moss baths.",
        "Growing evidence suggests that slugs avoid salt.",
        "Numerous animal experiments have also demonstrated tolerance to cold.",
        "It has been well established that reindeer eat lichen.",
        "The effect has been repeatedly observed in bogs.",
        "Frost kills 40 % of all seedlings.",
        "Growth in shade was 3.5-fold higher.",
        "The survey covered 1,204 patients in two counties.",
        "Moss grew faster in rain (p < 0.01).",
    ],
)
def test_claims_are_found(sentence: str) -> None:
    """What others are said to have found, and figures, need a citation in a review."""
    assert in_review(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Moss is green and grows in the shade.",
        "Future studies should look at lichen.",
        "Several studies are under way.",
        "Several studies have shown that frost harms lichen [1].",
        "In this review we show that several studies have reported frost.",
        "Our earlier studies have shown that slugs avoid salt.",
        "Table 2 lists that several studies have found frost.",
        "Vesicles of 30 to 150 nm are called small.",
        "The garden was laid out in 1999.",
        "Moss is boiled with an equal amount of 5 % soda.",
    ],
)
def test_other_sentences_arent(sentence: str) -> None:
    """A sentence that cites, tells no finding, or speaks of the article itself isn't such a claim."""
    assert in_review(sentence) == []


def test_a_citation_next_to_it_is_enough() -> None:
    """A claim whose neighbour in its paragraph cites isn't bare; one in another paragraph doesn't help."""
    claim = "Several studies have shown that frost harms lichen."
    assert found(f"## 2 Cold\n\n{CITING} {claim}") == []
    assert found(f"## 2 Cold\n\n{claim} {CITING}") == []
    assert found(f"## 2 Cold\n\n{CITING} Moss is green. {claim}") == [claim]
    assert found(f"## 2 Cold\n\n{CITING}\n\n{claim}") == [claim]


@pytest.mark.parametrize("heading", ["3 Results", "3 Conclusions", "3 Patients and methods", "Study design"])
def test_own_findings_need_none(heading: str) -> None:
    """What stands in a section on the article's own work isn't looked at."""
    body = f"## 2 Cold\n\n{CITING}\n\n## {heading}\n\nFrost killed 40 % of all seedlings."
    assert found(body) == []


def test_figures_of_a_report_are_its_own() -> None:
    """In an article with methods figures may be its own wherever they stand; what others found still isn't."""
    claim = "Earlier studies have shown that frost harms lichen."
    body = f"## 2 Cold\n\n{CITING}\n\nFrost killed 40 % of all seedlings.\n\n{claim}\n\n## 3 Methods\n\nWe froze moss."
    assert found(body) == [claim]


def test_abstracts_arent_looked_at() -> None:
    """An abstract tells what stands in the text, where it is cited."""
    claim = "Several studies have shown that frost harms lichen."
    assert found(f"## Abstract\n\n{claim}\n\n## 2 Cold\n\n{CITING}") == []


def test_a_document_without_citations() -> None:
    """Where nothing is cited at all, as in a letter or a page of the web, nothing lacks a citation."""
    assert found("## 2 Cold\n\nSeveral studies have shown that frost harms lichen.") == []


def test_what_a_case_shows_is_its_own() -> None:
    """Figures of a case are the report's, in the part on the case and in its discussion."""
    of_case = "## 2 Case description\n\nSaturation was 98 %.\n\n## 3 Discussion\n\nIt fell by 3 %."
    body = f"## 1 Introduction\n\n{CITING}\n\n{of_case}"
    assert found(body) == []
