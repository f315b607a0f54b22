"""Find a page's bibliography by where its links lead, and which links cite it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from urllib.parse import unquote

from ingest.jats.xml import Element
from ingest.markup.patterns import YEAR
from ingest.structure.headings import is_bibliography

_ITEMS = frozenset({"li", "dd", "tr", "p", "div", "section", "cite", "article"})
_LISTED = frozenset({"li", "dd", "tr"})
_NAMED = re.compile(
    r"(?:^|[^a-z])(?:refs?|references?|bib\w*|cit(?:ation)?s?|cr|literature)(?:$|[^a-z]|(?<=\w)list)", re.IGNORECASE
)
_SHORTEST, _LONGEST = 12, 6_000
_YEAR = re.compile(rf"\b{YEAR}")
_DIGITS = re.compile(r"\d+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BACK = 400
_MOST_BUTTONS = 150


@dataclass(frozen=True)
class Citing:
    """The entries of a page in printed order with the names of links to them.

    `shapes`: what such names look like, their digits as "#": links to a name of that shape cite, too.
    """

    entries: Mapping[Element, tuple[str, ...]] = field(default_factory=dict)
    names: Set[str] = frozenset()
    shapes: Set[str] = frozenset()

    def target(self, link: Element) -> str:
        """Return the name of the entry that a link leads to; "" if it leads elsewhere."""
        name = fragment(link)
        is_entry = name in self.names or (bool(name) and _shape(name) in self.shapes)
        return name if is_entry else ""


def fragment(link: Element) -> str:
    """Return what stands after "#" in a link's address; "" without."""
    name = unquote((link.get("href") or "").partition("#")[2]).strip()
    return name if name and not re.search(r"\s", name) and len(name) < 200 else ""


def citing(root: Element) -> Citing:
    """Return the bibliography that the page's links lead to, and how they name its entries."""
    named: dict[str, Element] = {}
    for element in root.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                named.setdefault(name, element)
    targets = Counter(name for link in root.iter("a") if (name := fragment(link)) in named)
    order = {element: at for at, element in enumerate(root.iter())}
    leading: dict[str, list[int]] = defaultdict(list)
    for link in root.iter("a"):
        if (name := fragment(link)) in named:
            leading[name].append(order[link])
    groups = _groups(named, targets)
    chosen = [items for items in groups if _is_bibliography(items) and _is_cited_before(items, leading, order)]
    if not chosen:
        return Citing()
    entries: dict[Element, tuple[str, ...]] = {}
    for items in chosen:
        for item in items:
            if _words(item):
                entries[item] = tuple(_names(item))
    ordered = dict(sorted(entries.items(), key=lambda entry: order[entry[0]]))
    names = frozenset(name for held in ordered.values() for name in held)
    cited = [name for name in names if name in targets]
    shapes = Counter(_shape(name) for name in cited if _DIGITS.search(name))
    common = frozenset(shape for shape, count in shapes.items() if count * 2 > len(cited) and count > 2)
    return Citing(ordered, names, common)


def _groups(named: Mapping[str, Element], targets: Iterable[str]) -> list[list[Element]]:
    """Return lists of elements that links lead to, each with its neighbours of the same kind."""
    by_shape: dict[str, list[Element]] = defaultdict(list)
    for name in targets:
        by_shape[_shape(name)].append(named[name])
    alike = {name: element for name, element in named.items() if _shape(name) in by_shape}
    counts: Counter[Element] = Counter()
    for element in {*alike.values()}:
        counts[element] += 1
        for holder in element.iterancestors():
            counts[holder] += 1
    by_parent: dict[Element, dict[Element, None]] = defaultdict(dict)
    for element in dict.fromkeys(named[name] for name in targets):
        item = _item(element, counts)
        parent = item.getparent() if item is not None else None
        if item is not None and parent is not None:
            by_parent[parent][item] = None
    return [_with_neighbours(parent, list(items), alike) for parent, items in by_parent.items()]


def _item(element: Element, counts: Mapping[Element, int]) -> Element | None:
    """Return the entry that a target stands for: the list item around it, else the largest element of its own."""
    listed = next((e for e in (element, *element.iterancestors()) if e.tag in _LISTED), None)
    if listed is not None and counts[listed] <= max(1, counts[element]) + 3 and len(_words(listed)) <= _LONGEST:
        return listed
    item: Element | None = None
    for holder in (element, *element.iterancestors()):
        if counts[holder] > max(1, counts[element]) or holder.tag in ("body", "html") or len(_words(holder)) > _LONGEST:
            break
        if holder.tag in _ITEMS:
            item = holder
    return item


def _with_neighbours(parent: Element, items: Sequence[Element], alike: Mapping[str, Element]) -> list[Element]:
    """Add the entries that no link leads to: elements beside the others of the same tag and class."""
    looks = {(item.tag, item.get("class")) for item in items}
    tags = {item.tag for item in items}
    is_list = tags <= _LISTED
    linked = set(items)
    holding = set(alike.values())
    return [
        child
        for child in parent
        if child in linked
        or (is_list and child.tag in tags)
        or (
            (child.tag, child.get("class")) in looks
            and (child in holding or child.get("class"))
            and not only_links(child)
        )
    ]


def only_links(element: Element) -> list[str]:
    """Return the addresses in an element that holds only links, as the buttons beside an entry; [] for others."""
    links = list(element.iter("a"))
    linked = sum(len(_words(link)) for link in links)
    if not links or linked > _MOST_BUTTONS or len(re.sub(r"[\W_]", "", _words(element))) > linked:
        return []
    return [address for link in links if (address := link.get("href") or "").startswith("http")]


def _is_bibliography(items: Sequence[Element]) -> bool:
    """Tell whether elements are entries: most print a year, and heading or names say so."""
    texts = [_words(item) for item in items]
    told = [text for text in texts if _SHORTEST <= len(text) <= _LONGEST]
    if not told or len(told) * 2 < len(texts):
        return False
    dated = sum(bool(_YEAR.search(text)) for text in told)
    if any(item.find(".//h2") is not None for item in items):
        return False
    return dated * 2 >= len(told) and _is_named(items)


def _is_cited_before(
    items: Sequence[Element], leading: Mapping[str, Sequence[int]], order: Mapping[Element, int]
) -> bool:
    """Tell whether most links to entries stand before them. Links back, from entries to the text, stand behind."""
    places = [(order[item], at) for item in items for name in _names(item) for at in leading.get(name, ())]
    return sum(at < item for item, at in places) * 2 > len(places)


def _is_named(items: Sequence[Element]) -> bool:
    first = items[0]
    around = [first, *list(first.iterancestors())[:4]]
    names = " ".join(f"{e.get('id') or ''} {e.get('class') or ''} {e.get('role') or ''}" for e in around[:3])
    inner = " ".join(name for item in items[:3] for name in _names(item))
    if _NAMED.search(names) or _NAMED.search(_DIGITS.sub(" ", inner)):
        return True
    before = next((e for e in _preceding(first) if e.tag in _HEADINGS), None)
    return before is not None and is_bibliography(_words(before))


def _preceding(element: Element) -> Iterable[Element]:
    for count, before in enumerate(_walk(element)):
        if count > _BACK:
            return
        yield before


def _walk(element: Element) -> Iterable[Element]:
    """Yield the elements before one, the nearest first."""
    for holder in (element, *element.iterancestors()):
        for sibling in holder.itersiblings(preceding=True):
            yield from reversed(list(sibling.iter()))


def _names(item: Element) -> list[str]:
    found = [e.get("id") for e in item.iter()] + [e.get("name") for e in item.iter("a")]
    return list(dict.fromkeys(name for name in found if name))


def _shape(name: str) -> str:
    return _DIGITS.sub("#", name)


def _words(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
