"""Take away what a page shows around the article: menus, buttons, metrics, hidden elements."""

import re
from collections.abc import Set

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
_TEX = "math/tex"


def without_furniture(root: Element, kept: Set[Element]) -> None:
    """Take such elements out of a page. `kept`: elements that stay, with those around them."""
    protected = set(kept)
    for element in kept:
        for holder in element.iterancestors():
            if holder in protected:
                break
            protected.add(holder)
    ahead = [root]
    while ahead:
        element = ahead.pop()
        for child in list(element):
            if child not in protected and _is_furniture(child):
                put_instead(child, child.tail or "")
            else:
                ahead.append(child)


def _is_furniture(element: Element) -> bool:
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
    return tag not in ("html", "body", "main", "article", "p") and bool(_FURNITURE.search(names))


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or _NOT_SHOWN.search(element.get("style") or ""):
        return True
    return element.get("aria-hidden") == "true" and element.find(".//math") is None


def _holds_table(element: Element) -> bool:
    """Tell whether a hidden element is a table that the page shows on demand."""
    return element.find(".//table") is not None and "display" in f"{element.get('id')} {element.get('class')}"
