"""Ligatures without a mapping."""

import pytest

from ingest.pdf.file.fonts import Fonts
from ingest.pdf.file.ligatures import shown_by, with_ligatures, with_shown, words_of

WORDS = words_of(["This was identified in the field, fig. 3 of this suffix; then find or mind"])
GLYPH, OTHER = (Fonts().font("").character(code) for code in "\x0c\x0b")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("\ufffdis is so", "This is so"),
        ("\ufffderefore", "Therefore"),
        ("“\ufffde field", "“The field"),
        ("were identi\ufffded", "were identified"),
        ("su\ufffdx", "su\ufffdx"),
        ("25 \ufffdg of it", "25 \ufffdg of it"),
        ("450 \ufffd 21", "450 \ufffd 21"),
        ("\ufffd-glutamyl", "\ufffd-glutamyl"),
        ("unheard-of \ufffdorins", "unheard-of \ufffdorins"),
        ("nothing unknown", "nothing unknown"),
    ],
)
def test_with_ligatures(printed: str, expected: str) -> None:
    """An unknown character becomes the ligature that makes a word of the document; units and signs never do."""
    assert with_ligatures(printed, WORDS) == expected


def read(*texts: str) -> list[str]:
    """Lines with what their glyphs show."""
    shown = shown_by([(text, True) for text in texts])
    return [with_shown(text, shown) for text in texts]


def test_all_places_of_a_glyph_vote() -> None:
    """A glyph that makes known words as "fi" is "fi" everywhere, in words that nobody knows, too."""
    assert read(f"a signi{GLYPH}cant {GLYPH}nding", f"of {GLYPH}lamin and ru{GLYPH}ji") == [
        "a significant finding",
        "of filamin and rufiji",
    ]


def test_a_glyph_without_words_stays_unknown() -> None:
    """Signs between numbers make no words; nor does a glyph whose words contradict each other."""
    assert read(
        f"12 {GLYPH} 3 and TGF-{GLYPH}", f"o{OTHER}ice, {OTHER}lux, e{OTHER}icacy, {OTHER}owing con{OTHER}ict"
    ) == [
        "12 \ufffd 3 and TGF-\ufffd",
        "o\ufffdice, \ufffdlux, e\ufffdicacy, \ufffdowing con\ufffdict",
    ]


def test_a_glyph_that_always_begins_lines_is_a_bullet() -> None:
    """Three times at the beginning of lines and nowhere else: a bullet. Once elsewhere: unknown."""
    items = [f"{GLYPH} Age 18 or older", f"{GLYPH} Consent", f"{GLYPH} No other cancer"]
    assert read(*items) == ["• Age 18 or older", "• Consent", "• No other cancer"]
    assert read(*items, f"a dose {GLYPH} 2 mg")[0] == "\ufffd Age 18 or older"
