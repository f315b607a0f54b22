"""Follow the links of a printed file from its markers to the entries of its bibliography.

A link leads to a line (`Styled` spans "goto" and "target"). If an entry holds that line, the link cites it; links to
figures, tables and sections lead elsewhere and cite nothing. Some files tell only the page of each entry. Then a link
cites the entry whose number it prints, or whose place in the list its name gives, if that page has it.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from unicodedata import normalize

from evqa.language.words import fold
from ingest.markers.marking import Entries, Link, LinkedText, marked
from ingest.markup.patterns import DASHES, WORK_YEAR
from ingest.markup.superscript import lowered
from ingest.structure.draft import DraftBlock, LinkedMarker

_CITING = ("abstract", "prose", "caption", "note", "table")
_SAME_MARKER = re.compile(r"\.?(?:['’]s?)?[\s,;(\[‐-]{0,4}")
_NUMBER = re.compile(r"\D{0,3}(\d{1,4})\D{0,3}")
_NUMBERS = re.compile(rf"(?=\D{{0,3}}\d)[\d\s()\[\],;.&⁻{DASHES}]{{1,60}}")
_NAME = re.compile(r"\b[^\W\d_]{3,}\b")
_WORDS = re.compile(r"[^\W\d_]+|\d{4}")
_YEAR = re.compile(rf"\b({WORK_YEAR})[a-z]?\b")
_DIGITS = re.compile(r"\d+")
_RUN = re.compile(r"[A-Za-z\d]+")
_CELL = re.compile(r"[^\t\n]+")
_CLOSING = {"(": ")", "[": "]"}
_AGREEING = 0.8
_FEWEST = 3


@dataclass(frozen=True)
class Place:
    """A place of the file that links lead to: its name, "" without one, and its page."""

    name: str
    page: int


def with_marks(drafts: Sequence[DraftBlock], places: Mapping[str, Place]) -> list[DraftBlock]:
    """Give the blocks the markers that the file links to its entries itself. `places`: by the address of a link."""
    linked = {i: found for i, block in enumerate(drafts) if block.kind in _CITING and (found := _links(block))}
    if not linked:
        return list(drafts)
    listed = [block for block in drafts if block.kind == "reference" and block.text]
    is_numbered = any(block.number for block in listed)
    numbered = {block.number if is_numbered else count: block for count, block in enumerate(listed, start=1)}
    said: dict[str, list[str]] = defaultdict(list)
    for i, links in linked.items():
        for link in links:
            said[link.targets[0]].append(drafts[i].text[link.start : link.end])
    entries = _entries(numbered, places, said, is_numbered=is_numbered)
    return [_marked(block, linked[i], numbered, entries) if i in linked else block for i, block in enumerate(drafts)]


def _links(block: DraftBlock) -> list[Link]:
    """Return the links of a block with their offsets in its text; those that can't be placed are left out."""
    spans = [span for span in block.printed.spans if span.style == "goto"]
    if not spans:
        return []
    places = _places(block.text)
    printed = _places(block.printed.text)
    if [block.text[at] for at in places] != [block.printed.text[at] for at in printed] and (
        _letters(block.text, places) != _letters(block.printed.text, printed)
    ):
        return []
    found: list[Link] = []
    for span in spans:
        first, last = bisect_left(printed, span.start), bisect_left(printed, span.end) - 1
        if first <= last:
            found.append(Link(places[first], places[last] + 1, (span.address,)))
    return sorted(found, key=lambda link: (link.start, link.end))


def _places(text: str) -> list[int]:
    """Return where letters and digits stand, one twice that stands for two: a ligature."""
    if text.isascii():
        return [at for found in _RUN.finditer(text) for at in range(found.start(), found.end())]
    return [at for at, c in enumerate(text) for each in (c if c.isascii() else normalize("NFKD", c)) if each.isalnum()]


def _letters(text: str, places: Sequence[int]) -> str:
    """Return letters and digits without accents, ligatures and superscripts."""
    plain = normalize("NFKD", "".join(text[at] for at in dict.fromkeys(places)))
    return "".join(each for each in plain if each.isalnum())


def _entries(
    numbered: Mapping[int, DraftBlock],
    places: Mapping[str, Place],
    said: Mapping[str, Sequence[str]],
    *,
    is_numbered: bool,
) -> Entries:
    """Map the addresses of links to the numbers of entries. `said`: what the links to each address cover."""
    by_id = {address: number for number, block in numbered.items() for address in block.printed.targets()}
    # Where one family of places lies at entries, the others are figures, tables and files.
    for family in _families(said, places):
        known = [address for address in family if address in by_id]
        if bool(known) != bool(by_id):
            continue
        guess = _by_print(family) if is_numbered else _by_order(places, numbered, family)
        agreeing = sum(guess.get(address) == by_id[address] for address in known)
        if agreeing >= _AGREEING * len(known) and _is_sound(guess, numbered, places):
            near = {address: n for address, n in guess.items() if _is_near(numbered, n, places[address])}
            by_id = near | by_id
            break
    labels = {number: number for number in numbered} if is_numbered else {}
    return Entries(by_id, labels, is_print_first=True)


def _families(said: Mapping[str, Sequence[str]], places: Mapping[str, Place]) -> list[dict[str, Sequence[str]]]:
    """Group what links say by the form of their places' names, "link_CR12" and "link_CR13", the largest group first."""
    found: dict[str, dict[str, Sequence[str]]] = defaultdict(dict)
    for address, words in said.items():
        if address in places:
            found[_DIGITS.sub("#", places[address].name)][address] = words
    return sorted(found.values(), key=len, reverse=True)


def _by_print(said: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the number that most links to a place print."""
    printed = {
        address: Counter(int(found[1]) for each in words if (found := _NUMBER.match(lowered(each))))
        for address, words in said.items()
    }
    return {address: numbers.most_common(1)[0][0] for address, numbers in printed.items() if numbers}


def _by_order(
    places: Mapping[str, Place], numbered: Mapping[int, DraftBlock], said: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Return the numbers in the names of places, if the entries of those numbers say what the links say."""
    for group in zip(*([int(n[:9]) for n in _DIGITS.findall(places[address].name)] for address in said), strict=True):
        guess = dict(zip(said, group, strict=True))
        told = [_says(numbered.get(number), said[address]) for address, number in guess.items()]
        if len(told) >= _FEWEST and sum(told) >= _AGREEING * len(told):
            return guess
    return {}


def _says(entry: DraftBlock | None, words: Sequence[str]) -> bool:
    """Tell whether an entry has a name or the year that links to it print."""
    if entry is None:
        return False
    held = set(_WORDS.findall(fold(entry.text)))
    said = [fold(each) for each in words]
    names = [name for each in said for name in _NAME.findall(each)]
    return any(word in held for word in names or [year for each in said for year in _YEAR.findall(each)])


def _is_sound(guess: Mapping[str, int], numbered: Mapping[int, DraftBlock], places: Mapping[str, Place]) -> bool:
    """Tell whether most places lie on the pages of their entries."""
    near = [_is_near(numbered, number, places[address]) for address, number in guess.items() if number in numbered]
    return bool(near) and sum(near) >= _AGREEING * len(near)


def _is_near(numbered: Mapping[int, DraftBlock], number: int, place: Place) -> bool:
    """Tell whether an entry stands on a place's page, or begins at the end of the page before."""
    page = numbered[number].page if number in numbered else None
    return page is not None and page in (place.page, place.page - 1)


def _cites(words: str, link: Link, numbered: Mapping[int, DraftBlock], entries: Entries) -> bool:
    """Tell whether a link leads to an entry from numbers, or from words that it has: rectangles may be astray."""
    number = entries.by_id.get(link.targets[0])
    if number is None:
        return False
    return bool(_NUMBERS.fullmatch(lowered(words))) or _says(numbered.get(number), [words])


def _marked(
    block: DraftBlock, links: Sequence[Link], numbered: Mapping[int, DraftBlock], entries: Entries
) -> DraftBlock:
    citing = [link for link in links if _cites(block.text[link.start : link.end], link, numbered, entries)]
    if not citing:
        return block
    if block.kind == "table":
        cells = [(cell.start(), cell.end()) for cell in _CELL.finditer(block.text)]
        marks = [mark for start, end in cells for mark in _marks(block.text, citing, entries, start, end)[1]]
        return replace(block, marks=tuple(marks))
    text, marks = _marks(block.text, citing, entries, block.lead, len(block.text))
    return replace(block, text=block.text[: block.lead] + text, marks=tuple(marks))


def _marks(text: str, links: Sequence[Link], entries: Entries, start: int, end: int) -> tuple[str, list[LinkedMarker]]:
    """Return a part of a text, and its markers with their offsets in the whole."""
    inside = [replace(k, start=k.start - start, end=k.end - start) for k in links if start <= k.start and k.end <= end]
    part = text[start:end]
    whole = _whole(part, inside)
    shown, marks = marked(LinkedText(part, tuple(whole)), entries)
    placed = [
        replace(mark, start=mark.start + start, end=mark.end + start, unlinked=tuple(_open_years(part, mark, whole)))
        for mark in marks
    ]
    return shown, placed


def _whole(text: str, links: Sequence[Link]) -> list[Link]:
    """Join links to one place that only a line's end, a comma or a bracket divides, and take in a bracket cut off."""
    joined: list[Link] = []
    for link in links:
        last = joined[-1] if joined else None
        if last and last.targets == link.targets and _SAME_MARKER.fullmatch(text[last.end : link.start]):
            joined[-1] = replace(last, end=max(last.end, link.end))
        elif not last or link.start >= last.end:
            joined.append(link)
    return [_balanced(text, link) for link in joined]


def _balanced(text: str, link: Link) -> Link:
    printed = text[link.start : link.end]
    for opening, closing in _CLOSING.items():
        if printed.count(opening) > printed.count(closing) and text[link.end : link.end + 1] == closing:
            return replace(link, end=link.end + 1)
    return link


def _open_years(text: str, mark: LinkedMarker, links: Sequence[Link]) -> Iterator[int]:
    """Yield the years in a marker that no link covers."""
    inside = [link for link in links if mark.start <= link.start and link.end <= mark.end]
    bounds = [mark.start, *(at for link in inside for at in (link.start, link.end)), mark.end]
    for start, end in list(pairwise(bounds))[::2]:
        yield from (int(year) for year in _YEAR.findall(text[start:end]))
