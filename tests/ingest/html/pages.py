"""Invented web pages of articles, in the shapes that journals use."""

from collections.abc import Callable

from evqa.model import Document
from ingest.html.reader import read_html
from ingest.reader import source_of

Link = Callable[[int, str], str]
PROSE = (
    "Salt melts at great heat, and the grains of it keep their shape for as long as nobody stirs the pan in which they"
    " lie. Cooks who were asked in three kitchens told the same story, whether the salt came from the sea or a mine. "
)
NAMES = ("Doe", "Roe", "Poe", "Loe", "Moe")


def entry(n: int) -> str:
    """The printed text of entry `n`, without its number."""
    return f"{NAMES[n - 1]} A, Smith B. Grains of kind {n}. <i>J Salt</i>. 20{10 + n};{n}:1–9."


def page_of(body: str, head: str = "", title: str = "A review of salt") -> str:
    """A whole page around an article's sections."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Journal</title>{head}"
        "<style>p {}</style></head><body>"
        "<nav><a href='/'>Home</a> Menu of the site</nav>"
        f"<main><article><h1>{title}</h1>{body}</article></main><footer>Privacy 2024</footer></body></html>"
    )


def text_of(link: Link) -> str:
    """Abstract, introduction and a section, with markers: one, a list, a range between two links, by name."""
    return (
        f"<section><h2>Abstract</h2><p>{PROSE}</p></section>"
        f"<section><h2>Introduction</h2><p>{PROSE * 3}The first to see it was a baker [{link(1, '1')}]. "
        f"Two others agree [{link(2, '2')}, {link(5, '5')}]. "
        f"All agree in the end [{link(2, '2')}–{link(4, '4')}].</p></section>"
        f"<section><h2>Kitchens</h2><p>{PROSE * 2}</p></section>"
    )


def read_page(page: str | bytes, name: str = "salt.html") -> Document:
    """Read a page."""
    data = page.encode() if isinstance(page, str) else page
    return read_html(data, source_of(name, data))
