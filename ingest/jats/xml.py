"""Parse JATS XML safely: no entities, no network, no DTD, limited depth; namespaces removed."""

import html
import re

from lxml import etree

from evqa.errors import InputError

Element = etree._Element
DEEPEST = 120
_UNLIKELY = "no article is made like that; get the file again"
_UNDECLARED = re.compile(r"Entity '[\w.-]+' not defined")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_LONGEST_REASON = 160
_PLACE = re.compile(r", line \d+, column \d+$")
# What the parser's own limits are called by it and here.
_LIMITS = {"Excessive depth": f"elements nested deeper than {DEEPEST}", "amplification": "entities made of entities"}


def article_in(data: bytes, name: str) -> Element:
    """Return the `article` element of a JATS file or of a wrapper around one, without namespaces and comments.

    Entities are never expanded: HTML's names become their characters, others stay as printed ("&name;").

    Raises InputError if it is malformed (with the line), not JATS, several articles or deeper than 120 elements.
    """
    root = _parsed(data, name)
    _cleaned(root, name)
    articles = [a for a in root.iter("article") if _is_jats(a) and not _is_within_article(a)]
    if not articles:
        without = ", which has no front, body or back" if root.tag == "article" else ""
        reason = f"not a JATS article: the root is <{_tag(root)}>{without}"
        raise InputError(name, reason, "give the XML that PMC or a journal has")
    if len(articles) > 1:
        raise InputError(name, f"holds {len(articles)} articles", "save each in a file of its own")
    return articles[0]


def safe_parser() -> "etree.XMLParser[Element]":
    """A parser that expands no entities, loads no DTD, fetches nothing and leaves out comments."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _parsed(data: bytes, name: str) -> Element:
    try:
        return etree.fromstring(data, safe_parser())
    except etree.XMLSyntaxError as error:
        if not _UNDECLARED.search(str(error)):
            raise _malformed(error, name) from error
    try:
        return etree.fromstring(_NAMED.sub(_numbered, data), safe_parser())
    except etree.XMLSyntaxError as error:
        raise _malformed(error, name) from error


def _numbered(found: re.Match[bytes]) -> bytes:
    """Replace HTML's named characters by their numbers, for files that use them without a DTD."""
    if found[1] in _OWN:
        return found[0]
    characters = html.unescape(found[0].decode("ascii"))
    return found[0] if characters.startswith("&") else "".join(f"&#{ord(c)};" for c in characters).encode("ascii")


def _malformed(error: etree.XMLSyntaxError, name: str) -> InputError:
    reason = _PLACE.sub("", " ".join((error.msg or "unreadable").split()))[:_LONGEST_REASON]
    if known := next((said for word, said in _LIMITS.items() if word in reason), None):
        return InputError(name, known, _UNLIKELY)
    return InputError(name, f"malformed XML at line {error.lineno or 1}", "get the file again or mend it", reason)


def _cleaned(root: Element, name: str) -> None:
    """Check the depth, remove namespaces and turn entity references into text."""
    ahead: list[tuple[Element, int]] = [(root, 1)]
    entities: list[Element] = []
    while ahead:
        element, depth = ahead.pop()
        if depth > DEEPEST:
            raise InputError(name, f"elements nested deeper than {DEEPEST}", _UNLIKELY)
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
            ahead += [(child, depth + 1) for child in element]
        else:
            entities.append(element)
    for entity in entities:
        put_instead(entity, html.unescape(entity.text or "") + (entity.tail or ""))


def put_instead(element: Element, words: str) -> None:
    """Put words in the place of an element and of the text behind it; nothing happens to a root."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    element.tail = None
    parent.remove(element)


def _is_jats(article: Element) -> bool:
    return any(child.tag in ("front", "body", "back", "front-stub") for child in article)


def _is_within_article(article: Element) -> bool:
    return next(article.iterancestors("article"), None) is not None


def _tag(root: Element) -> str:
    return str(root.tag)[:60]


def href(element: Element) -> str:
    """Return the target of an element's link; "" without."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == "href"), "")
