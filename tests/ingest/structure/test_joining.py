"""Lines and paragraphs glued back."""

import pytest

from ingest.structure.draft import DraftBlock
from ingest.structure.joining import Vocabulary, glued, is_finished, surely_continues


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("restore T-", "cell function", "restore T-cell function"),
        ("the immuno-", "therapy of", "the immunotherapy of"),
        ("both T-", "and B-cells", "both T- and B-cells"),
        ("a state -", "so to say", "a state - so to say"),
        ("plain", "words", "plain words"),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, joined: str) -> None:
    """A hyphen stays, unless the document writes the word without one elsewhere."""
    assert Vocabulary("We know immunotherapy and T-cell counts.").join(first, second) == joined


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("growth and metastatic", "dissemination (1). More."),
        ("suppress CD8+ T cell proliferation", "(49). In mice"),
        ("with targeting ligands (e.g., anti-EGFR. Or", "more) of it."),
        ("as shown by Smith et al.", "(12) before."),
        ("in a total of", "30 patients."),
    ],
)
def test_cut_sentences_continue(before: str, after: str) -> None:
    """What starts in lower case, with a digit or a marker is the rest of what didn't end."""
    assert surely_continues(before, after)


def test_whole_paragraphs_stay_apart() -> None:
    """A paragraph that ended, with its marker or not, isn't continued."""
    assert is_finished("It ended.")
    assert is_finished("It ended. (49)")
    assert is_finished("It ended.¹²")
    assert not surely_continues("It ended.", "and so on")


def test_what_interrupts_a_sentence_follows_it() -> None:
    """A table and its caption in mid-sentence come after the glued paragraph."""
    blocks = [
        DraftBlock("prose", "By blocking inhibitory"),
        DraftBlock("caption", "Table 1 Kinds", label="Table 1", lead=8),
        DraftBlock("table", "a\tb"),
        DraftBlock("prose", "signals they act."),
        DraftBlock("prose", "Another paragraph."),
    ]
    result = glued(blocks, Vocabulary(""))
    assert [b.kind for b in result] == ["prose", "caption", "table", "prose"]
    assert result[0].text == "By blocking inhibitory signals they act."


def test_a_heading_ends_what_can_be_glued() -> None:
    """Text is never glued across a heading."""
    blocks = [
        DraftBlock("prose", "It has no end"),
        DraftBlock("heading", "2 More"),
        DraftBlock("prose", "but this goes on."),
    ]
    assert glued(blocks, Vocabulary("")) == blocks
