"""A small article on wool, as a PDF of two pages."""

from collections.abc import Sequence

from tests.ingest.pdf.written import paged, shown

TITLE = shown(b"Wool and weather at sea", 50, 760, b"/F3 16")
HEADING = shown(b"Introduction", 50, 735, b"/F3 12")
LEFT, RIGHT = 50, 320
FIRST = (
    "Small boats carry barley and wool along",
    "the northern coast before the ice comes.",
    "They return with salt [1] and with over-",
    "ripe timber in years of storms, and they",
)
SECOND = ("unload it on the quay of the harbour [2].", "Every hull is tarred in May.", "The harbour board pays.")
ENTRIES = tuple(f"{n}. Fenwick A. Wool in the year of storms. Annals of Wool 199{n};{n}:1-9." for n in range(1, 6))


def column(texts: Sequence[str], x: float = LEFT, y: float = 700) -> bytes:
    """Lines below each other."""
    return b"".join(shown(text.encode(), x, y - 12 * i) for i, text in enumerate(texts))


def wool_by_author_and_year() -> bytes:
    """One page that cites by author and year; the marker of Gray leads to no entry."""
    said = (
        "Boats carry wool before the ice comes (Fenwick and Moss, 1991).",
        "They return with salt (Alder, 1992), and every hull is tarred in May (Gray et al., 1999).",
        "The harbour board pays for the quay.",
    )
    listed = (
        "Alder, J. (1992). Salt on the quay. Annals of Wool, 2, 1-9.",
        "Fenwick, A., & Moss, B. (1991). Wool before the ice. Annals of Wool, 1, 10-19.",
    )
    references = shown(b"References", 50, 600, b"/F3 12") + column(listed, y=580)
    return paged(TITLE + HEADING + column(said) + references)


def wool() -> bytes:
    """Two pages with a running head; a sentence, and a word, are cut by the page break and by a line's end."""
    head = shown(b"Annals of Wool 12 (1998)", 50, 785)
    listed = shown(b"References", 50, 600, b"/F3 12") + column(ENTRIES, y=580)
    return paged(head + TITLE + HEADING + column(FIRST * 4), head + column(SECOND) + listed)
