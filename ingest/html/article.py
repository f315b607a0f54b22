"""Choose the article on a page."""

from collections.abc import Iterable, Sequence

from ingest.html.references import Citing
from ingest.jats.xml import Element

_MAIN = ("article", "main")
_LARGE_SHARE = 0.5


def article_of(root: Element, citing: Citing) -> Element:
    """Return the smallest element that holds bibliography, citing links and title; without them, the main part."""
    body = next(root.iter("body"), root)
    links = [link for link in root.iter("a") if citing.target(link)]
    titles = list(root.iter("h1"))[:1]
    if citing.entries:
        return _around([*_ends(list(citing.entries)), *_ends(links), *titles], body)
    marked = [e for e in body.iter("article", "main", "div", "section") if _is_main(e)]
    size = _size(body)
    large = [e for e in marked if _size(e) >= size * _LARGE_SHARE]
    return _around([large[-1], *titles], body) if large else body


def _is_main(element: Element) -> bool:
    return element.tag in _MAIN or element.get("role") == "main"


def _ends(elements: Sequence[Element]) -> list[Element]:
    return [elements[0], elements[-1]] if elements else []


def _around(elements: Iterable[Element], body: Element) -> Element:
    """Return the innermost element around all of these."""
    common: list[Element] | None = None
    for element in elements:
        line = [*reversed(list(element.iterancestors())), element]
        common = line if common is None else [a for a, b in zip(common, line, strict=False) if a is b]
    if not common:
        return body
    inner = common[-1]
    return inner if body in (inner, *inner.iterancestors()) else body


def _size(element: Element) -> int:
    return sum(len(str(text)) for text in element.itertext())
