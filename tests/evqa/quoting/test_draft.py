"""What of a draft is checked."""

import pytest

from evqa.quoting.draft import DraftSentence, draft_sentences


def found(draft: str) -> list[DraftSentence]:
    """The sentences of a draft, whose paragraphs are one sentence each."""
    return draft_sentences(draft, lambda text: [(0, len(text))])


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", "»{}«", "„{}“", "„{}”", "> {}", "> “{}”"])
def test_quotations_are_found_in_any_marks(marks: str) -> None:
    """Each kind of quotation marks, and a block quote, holds one quotation."""
    (quotation,) = found(marks.format("Moss holds rain for weeks"))
    assert quotation.kind == "quotation"
    assert quotation.text.strip("“”") == "Moss holds rain for weeks"


def test_block_quotes_are_one_for_each_paragraph() -> None:
    """Lines of a block quote are joined, and the line that names the source isn't quoted."""
    texts = [
        each.text
        for each in found("> Moss holds\n> rain for weeks.\n>\n> Slugs avoid bitter cushions.\n>\n> — A. Adams\n")
    ]
    assert texts == ["Moss holds\nrain for weeks.", "Slugs avoid bitter cushions."]


@pytest.mark.parametrize(
    "draft",
    [
        "They call it “moss”.",
        "Moss holds rain [12, 13].",
        "Adams (2018) said so before.",
        "# 3 Methods of this work",
        "```\nmoss holds 5 litres of rain\n```",
        "## References\n\n1. Adams A. Water in moss leaves. 2018;12:1–9.",
    ],
)
def test_what_states_nothing_is_left_out(draft: str) -> None:
    """Terms, markers, years, headings, code and the bibliography aren't checked."""
    assert found(draft) == []


def test_sentences_with_figures_are_found() -> None:
    """A number that isn't a marker makes a sentence worth checking."""
    (sentence,) = found("1. Cushions hold 20 times their dry weight [2].")
    assert (sentence.kind, sentence.text) == ("figures", "Cushions hold 20 times their dry weight [2].")
