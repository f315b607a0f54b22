"""Ligatures without a mapping."""

import pytest

from ingest.pdf.file.ligatures import with_ligatures, words_of

WORDS = words_of(["This was identified in the field, fig. 3 of this suffix; then find or mind"])


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
