"""Fonts, and what their unmapped codes show."""

from ingest.pdf.file.fonts import UNKNOWN, Fonts


def test_the_private_area_of_symbol_fonts() -> None:
    """What Word gives as private characters of Symbol or Wingdings is read by their encodings; in others it stays."""
    symbol = Fonts().font("ABCDEF+SymbolMT")
    assert [symbol.named(chr(0xF000 + code)) for code in (0x61, 0x6D, 0xA3, 0xB0, 0xB1, 0xB4, 0xB7)] == list("αμ≤°±×•")
    assert Fonts().font("Wingdings-Regular").named("\uf0a7") == "▪"
    assert Fonts().font("Webdings").named("\uf0a7") == "\uf0a7"


def test_codes_have_names_or_numbers() -> None:
    """A code shows what its glyph is named after; others are told apart by font and code, whatever the page."""
    fonts = Fonts({"AdvP4": {"1": "≤"}})
    signs = fonts.font("ABCDEF+AdvP4")
    assert signs.character("\x01") == "≤"
    assert signs.character("\x02") == fonts.font("XYZXYZ+AdvP4").character("\x02")
    assert signs.character("\x02") != fonts.font("Other").character("\x02")
    assert signs.character("\u1234") == UNKNOWN


def test_files_of_many_fonts() -> None:
    """A file with more fonts than there are numbers for gives the rest no numbers."""
    fonts = Fonts()
    last = [fonts.font(f"F{i}") for i in range(300)][-1]
    assert last.character("\x02") == UNKNOWN


def test_signs_of_tex() -> None:
    """What TeX's own fonts of signs name in their own way is read by their encoding: code 48 is a prime."""
    assert Fonts().font("ABCDEF+CMSY10").character("0") == "′"
    assert Fonts().font("CMR10").character("\x00") not in ("−", "′")
