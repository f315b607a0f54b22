"""Characters with their styles."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.markup.styled import Span, Style, Styled, styled, tidy
from tests.ingest.marked import marked, shown

STYLES: tuple[Style, ...] = ("raised", "italic", "link")
MARKUP = st.lists(st.sampled_from(["ab ", "*c*", "**d**", "<sup>12</sup>", "e\n", " ", "[f](g)", "."]), max_size=12)


@given(MARKUP, st.integers(-3, 40), st.integers(-3, 40))
def test_a_slice_has_its_characters_and_styles(parts: list[str], start: int, end: int) -> None:
    """A slice holds the same characters as one of the text, and each in the style that it had."""
    whole = marked("".join(parts))
    part = whole[start:end]
    first, *_ = slice(start, end).indices(len(whole.text))
    assert part.text == whole.text[start:end]
    for at in range(len(part.text)):
        here, there = ({s.style for s in t.spans if s.start <= i < s.end} for t, i in ((part, at), (whole, first + at)))
        assert here == there


@given(st.lists(MARKUP, max_size=4), st.sampled_from(["", " ", "\n"]))
def test_texts_put_together_keep_their_styles(texts: list[list[str]], between: str) -> None:
    """Joining loses no character and no span, and lines put together again are the text they were."""
    parts = [marked("".join(text)) for text in texts]
    whole = styled(parts, between)
    assert whole.text == between.join(part.text for part in parts)
    assert len(whole.spans) == sum(len(part.spans) for part in parts)
    assert [line.text for line in whole.lines()] == whole.text.split("\n")
    assert whole.strip().text == whole.text.strip()


@pytest.mark.parametrize(
    ("text", "raised", "canonical"),
    [
        ("so. 12,13 In", [(4, 9)], "so.¹²,¹³ In"),
        ("so 1 , 2 .", [(3, 4), (5, 6), (7, 8)], "so¹,²."),
        ("the 18F salt", [(4, 6)], "the ¹⁸F salt"),
        ("CD8+ cells", [(3, 4)], "CD8+ cells"),
        ("so [12] Then", [(3, 7)], "so [12] Then"),
    ],
)
def test_superscripts_are_raised_where_they_are_numbers(
    text: str, raised: list[tuple[int, int]], canonical: str
) -> None:
    """Raised numbers become superscript digits behind their word, neighbours one marker; signs stay as they are."""
    printed = Styled(text, tuple(Span(a, b, "raised") for a, b in raised))
    assert printed.canonical == canonical


def test_superscripts_at_both_ends_are_told() -> None:
    """What a text begins or ends with tells numbered entries and sentences with markers behind the stop."""
    printed = marked("<sup>3</sup> Salt melts.<sup>12</sup>")
    assert printed.leading_superscript() == ("3", 1)
    assert printed.closing_superscript() == len(printed.text) - 2
    assert (marked("Salt<sup>3</sup> melts").leading_superscript(), marked("Salt").closing_superscript()) == (
        None,
        None,
    )


def test_emphasis_goes_on_over_lines() -> None:
    """A title in italics that a line's end cuts is one stretch; bold beside it is another."""
    printed = styled(marked("*Annals of\nSalt* **12**").lines(), " ")
    stretches = [(printed.text[s.start : s.end], s.style) for s in printed.emphasised()]
    assert stretches == [("Annals of Salt", "italic"), ("12", "bold")]
    assert shown(printed) == "Annals of Salt **12**"


@given(st.text(alphabet="ab1 ,.;:)é\u0301ﬁ\n", max_size=60), st.data())
def test_canonical_text_is_tidy(text: str, data: st.DataObject) -> None:
    """Whatever is styled, the canonical text is NFC with single blanks, and plain text only tidied."""
    bounds = data.draw(st.lists(st.integers(0, len(text)), max_size=8).map(sorted))
    pairs = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=False) if a < b]
    styles: list[Style] = data.draw(
        st.lists(st.sampled_from(["raised", "italic", "link"]), min_size=len(pairs), max_size=len(pairs))
    )
    printed = Styled(text, tuple(Span(a, b, style) for (a, b), style in zip(pairs, styles, strict=True)))
    made = printed.canonical
    assert made == " ".join(unicodedata.normalize("NFC", made).split())
    assert Styled(text).canonical == tidy(text)
