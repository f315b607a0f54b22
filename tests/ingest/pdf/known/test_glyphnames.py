"""Glyphs that publishers name in their own ways."""

import pytest

from ingest.pdf.file.extract import extract
from ingest.pdf.known.glyphnames import character_of
from tests.ingest.pdf.written import paged, shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/C0", "−"),
        ("/C2", "×"),
        ("/C6", "±"),
        ("/C15", "•"),
        ("/C20", "≤"),
        ("/C21", "≥"),
        ("/H9251", "α"),
        ("/H9262", "μ"),
        ("/H9268", "σ"),
        ("/H9273", "χ"),
        ("/H11002", "−"),
        ("/C138", ""),
        ("/H12345", ""),
        ("/alpha", ""),
        ("/g20", ""),
    ],
)
def test_names(name: str, expected: str) -> None:
    """Names of TeX's signs and of Mathematical Pi are told; Adobe's are PDFium's affair, other ones say nothing."""
    assert character_of(name) == expected


def font(differences: bytes, name: bytes = b"AdvP4C4E74") -> bytes:
    """A font with names for its codes."""
    return b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding<</Differences[%s]>>>>" % (name, differences)


def read(text: bytes, fonts: dict[int, bytes]) -> str:
    """What a text in a font 4 and maybe others is read as."""
    content = b"".join(shown(text, y=700 - 20 * n, look=b"/F%d 10" % n) for n in fonts)
    return " ".join(run.text for run in extract(paged(content, more=fonts), "paper.pdf")[0].runs)


def test_codes_are_read_by_their_names() -> None:
    """A dose ≤ 2 in a font of signs without a map is read as printed."""
    assert read(b"dose \\001 2", {4: font(b"1/C20")}) == "dose ≤ 2"


def test_fonts_of_one_name_that_differ() -> None:
    """Two subsets of one font that give a code two meanings give it none."""
    fonts = {4: font(b"1/C20", b"AAAAAA+AdvP4"), 5: font(b"1/C2", b"BBBBBB+AdvP4")}
    assert "≤" not in read(b"dose \\001 2", fonts)
    assert "×" not in read(b"dose \\001 2", fonts)
