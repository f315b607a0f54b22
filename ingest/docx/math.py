"""Write Office Math (OMML) as characters."""

from collections.abc import Callable

from ingest.docx.names import child, children, local, value
from ingest.jats.xml import Element
from ingest.markup.superscript import raised


def math_text(element: Element) -> str:
    """Write a formula in one line: fractions with a slash, powers raised."""
    shape = _SHAPES.get(local(element))
    if shape:
        return shape(element)
    if local(element) == "t":
        return element.text or ""
    if local(element).endswith("Pr"):
        return ""
    return "".join(math_text(inner) for inner in element)


def _part(element: Element, name: str) -> str:
    found = child(element, name)
    return math_text(found) if found is not None else ""


def _grouped(content: str) -> str:
    return content if content.isalnum() else f"({content})"


def _fraction(element: Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _power(element: Element) -> str:
    return _part(element, "e") + _part(element, "sub") + raised(_part(element, "sup"))


def _root(element: Element) -> str:
    return f"√{_grouped(_part(element, 'e'))}"


def _bracketed(element: Element) -> str:
    begin, end = value(element, "dPr", "begChr"), value(element, "dPr", "endChr")
    inner = ", ".join(math_text(e) for e in children(element, "e"))
    return f"{'(' if begin is None else begin}{inner}{')' if end is None else end}"


def _operator(element: Element) -> str:
    sign = value(element, "naryPr", "chr")
    return (
        f"{'∫' if sign is None else sign}{_part(element, 'sub')}{raised(_part(element, 'sup'))} {_part(element, 'e')}"
    )


_SHAPES: dict[str, Callable[[Element], str]] = {
    "f": _fraction,
    "sSup": _power,
    "sSub": _power,
    "sSubSup": _power,
    "rad": _root,
    "d": _bracketed,
    "nary": _operator,
}
