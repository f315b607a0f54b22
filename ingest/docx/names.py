"""Names of elements and attributes in WordprocessingML (ECMA-376 part 1, strict and transitional alike)."""

from collections.abc import Iterator

from ingest.jats.xml import Element

_LONGEST_NUMBER = 6


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for entities."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of names; None without."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local(e) == name), None)
    return element


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of a name."""
    return (e for e in element if local(e) == name)


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute, whatever its namespace; "" without."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def value(element: Element | None, *path: str) -> str | None:
    """Return the `val` of the descendant along a path; None without such a descendant."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


def number_of(told: str | None, default: int) -> int:
    """Return a number that a file tells; `default` if it is none, or longer than any that a word processor writes."""
    return int(told) if told and told.isdecimal() and len(told) < _LONGEST_NUMBER else default


def is_on(properties: Element | None, name: str) -> bool:
    """Tell whether a switch such as bold is set: there, and not "0" or "false"."""
    told = value(properties, name)
    return told is not None and told not in ("0", "false", "off", "none")
