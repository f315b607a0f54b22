"""Take away what a page shows around the article: menus, buttons, metrics, hidden elements."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.html.references import Citing
from ingest.jats.xml import Element, put_instead

_NEVER = frozenset(
    """style noscript template iframe object embed nav form button select input textarea dialog audio video canvas
    svg head meta link""".split()
)
_ROLES = frozenset({"navigation", "banner", "search", "contentinfo", "menu", "toolbar", "dialog", "tooltip", "alert"})
_FURNITURE = re.compile(
    r"(?:^|[_\s-])(?:breadcrumbs?|share|sharing|social|altmetric|metrics|advert\w*|ads?|cookies?|toolbar|sidebar"
    r"|recommend\w*|cited-?by|download|downloads|navbar|menu|skip-?link|modal|popover|tooltip|pagination|newsletter"
    r"|site-?(?:header|footer)|usa-banner|login|paywall|permalink|permalinks|popup|noprint|no-print)(?:$|[_\s-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:visually-?hidden|sr-only|screen-?reader(?:-text)?|u-visually-hidden|u-hide|hidden|is-hidden|offscreen"
    r"|MathJax|MathJax_Preview|MathJax_SVG|katex-html|MJX_Assistive_MathML_off)(?:$|\s)"
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset("a span i b em strong u mark small sub sup abbr cite q code time data".split())
_TEX = "math/tex"
_SENTENCE = 8
_FEWEST_TOLD = 30


@dataclass(frozen=True)
class Dropped:
    """An element of running text that was taken out for its name. `holder`: what it stood in. `words`: how many."""

    holder: Element
    words: int


def without_furniture(root: Element, citing: Citing) -> list[Dropped]:
    """Take such elements out of a page; return those with running text. What holds entries or links to them stays."""
    protected = _with_holders(citing.entries)
    content = _with_holders(link for link in root.iter("a") if citing.target(link)) | _sections(root)
    dropped: list[Dropped] = []
    ahead = [root]
    while ahead:
        element = ahead.pop()
        for child in list(element):
            is_never = child not in protected and _is_never(child)
            if not is_never and (child in protected or child in content or not _is_named(child)):
                ahead.append(child)
                continue
            if not is_never and (words := sum(map(_words_of, child.iter("p")))):
                dropped.append(Dropped(element, words))
            put_instead(child, child.tail or "")
    return dropped


def told_dropped(dropped: Sequence[Dropped], article: Element) -> tuple[str, ...]:
    """Return the warning of running text that an article lost with elements named like furniture; () for little."""
    words = sum(one.words for one in dropped if article in (one.holder, *one.holder.iterancestors()))
    if words < _FEWEST_TOLD:
        return ()
    return (f"{words} words in elements named like menus, advertisements or recommendations are left out: check them",)


def _sections(root: Element) -> set[Element]:
    """Return what holds both a heading and a sentence."""
    headed = _with_holders(heading for heading in root.iter(*_HEADINGS))
    return headed & _with_holders(paragraph for paragraph in root.iter("p") if _words_of(paragraph))


def _with_holders(kept: Iterable[Element]) -> set[Element]:
    """Return elements with all that they stand in."""
    protected: set[Element] = set()
    for element in kept:
        protected.add(element)
        for holder in element.iterancestors():
            if holder in protected:
                break
            protected.add(holder)
    return protected


def _is_never(element: Element) -> bool:
    """Tell by tag, role and style whether an element is never text that a page shows."""
    tag = element.tag
    if tag == "math":
        return False
    if tag == "script":
        return not (element.get("type") or "").startswith((_TEX, "math/mml"))
    if not isinstance(tag, str) or tag in _NEVER or element.get("role") in _ROLES:
        return True
    if tag in ("footer", "aside"):
        return element.find(".//table") is None
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag not in _HEADINGS and (_UNSEEN.search(names) or _is_hidden(element)):
        return not _holds_table(element)
    return False


def _is_named(element: Element) -> bool:
    """Tell whether a class, or a whole id, is a word for furniture. Authors' headings become ids of many words."""
    if element.tag in ("html", "body", "main", "article", "p", "math", "script"):
        return False
    if not (_FURNITURE.search(element.get("class") or "") or _FURNITURE.fullmatch(element.get("id") or "")):
        return False
    return not _is_in_line(element)


def _is_in_line(element: Element) -> bool:
    """Tell whether an element stands among words of a line; in a heading, a link beside them is a page's own."""
    holder = element.getparent()
    if element.tag not in _INLINE or holder is None or (element.tag == "a" and holder.tag in _HEADINGS):
        return False
    if holder.tag == "p" and element.tag != "a":
        return True
    previous = element.getprevious()
    before = holder.text if previous is None else previous.tail
    return any(c.isalnum() for text in (before, element.tail) for c in text or "")


def _words_of(paragraph: Element) -> int:
    """Count a paragraph's words beside its links; 0 if they are too few for a sentence."""
    linked = sum(len(str(text).split()) for link in paragraph.iter("a") for text in link.itertext())
    words = sum(len(str(text).split()) for text in paragraph.itertext()) - linked
    return words if words >= _SENTENCE else 0


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or _NOT_SHOWN.search(element.get("style") or ""):
        return True
    return element.get("aria-hidden") == "true" and element.find(".//math") is None


def _holds_table(element: Element) -> bool:
    """Tell whether a hidden element is a table that the page shows on demand."""
    return element.find(".//table") is not None and "display" in f"{element.get('id')} {element.get('class')}"
