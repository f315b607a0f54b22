"""Write elements in JATS's tags."""

from lxml import etree

from ingest.jats.xml import Element

LINKED = "ext-link"


class ElementWriter:
    """Writes mixed content into an element. Elements that are opened have to be closed."""

    def __init__(self, tag: str = "p") -> None:
        self.root: Element = etree.Element(tag)
        self._open: list[Element] = [self.root]

    def text(self, characters: str | None) -> None:
        """Write characters. Those that XML forbids are left out."""
        if not characters:
            return
        characters = printable(characters)
        holder = self._open[-1]
        if len(holder):
            holder[-1].tail = (holder[-1].tail or "") + characters
        else:
            holder.text = (holder.text or "") + characters

    def open(self, tag: str, **attributes: str) -> None:
        """Begin an element. `ref_type` is written as `ref-type`."""
        named = {name.replace("_", "-"): printable(value) for name, value in attributes.items()}
        self._open.append(etree.SubElement(self._open[-1], tag, named))

    def close(self) -> None:
        """End the element that was begun last."""
        self._open.pop()

    def cite(self, targets: str) -> None:
        """Begin a link to entries of the bibliography, their names separated by spaces."""
        self.open("xref", ref_type="bibr", rid=targets)

    def put(self, element: Element) -> None:
        """Write an element."""
        self._open[-1].append(element)

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open) - 1

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing but white space has been written."""
        return not "".join(self.root.itertext()).strip()


_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))


def printable(text: str) -> str:
    """Return a text without characters that XML forbids."""
    return text.translate(_FORBIDDEN)


def merge_raised(root: Element) -> None:
    """Set links within superscripts, and make one superscript of neighbours, as in "[1,2]" raised piece by piece."""
    for link in list(root.iter("xref")):
        inner = link[0] if len(link) == 1 else None
        if (
            inner is not None
            and inner.tag == "sup"
            and not (link.text or "").strip()
            and not (inner.tail or "").strip()
        ):
            _turned(link, inner)
    for raised in list(root.iter("sup")):
        while (after := raised.getnext()) is not None and after.tag == "sup" and not raised.tail:
            _append(raised, after)


def _turned(link: Element, inner: Element) -> None:
    """Turn a link around a superscript into a superscript around a link."""
    parent = link.getparent()
    if parent is None:
        return
    inner.tail, link.tail, tail = None, None, link.tail
    raised = etree.Element("sup")
    parent.replace(link, raised)
    raised.tail = tail
    link.text = inner.text
    link.remove(inner)
    link.extend(list(inner))
    raised.append(link)


def _append(raised: Element, after: Element) -> None:
    """Move a superscript's content and what follows it behind another's."""
    parent = raised.getparent()
    if parent is None:
        return
    if len(raised):
        raised[-1].tail = (raised[-1].tail or "") + (after.text or "") or None
    else:
        raised.text = (raised.text or "") + (after.text or "")
    raised.extend(list(after))
    raised.tail, after.tail = after.tail, None
    parent.remove(after)
