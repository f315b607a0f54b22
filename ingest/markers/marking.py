"""Turn a file's own links to its bibliography into markers: "(<xref>11</xref>–<xref>13</xref>)" is "(11–13)"."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from evqa.errors import MarkerError
from evqa.language.number_list import number_list
from ingest.markers.markers import expand
from ingest.markup.patterns import YEAR
from ingest.markup.superscript import DIGITS, lowered, raised
from ingest.structure.draft import LinkedMarker

_DASH = r"[-–—‐‑−⁻]{1,2}|\bto\b|\bthrough\b"
_RANGE = re.compile(rf"\s*[)\]]?\s*(?:{_DASH})\s*[(\[]?\s*")
_COMMA = re.compile(r"\s?[,;]?\s?")
_LIST = re.compile(r"\s*(?:[,;&·/+]|,?\s*and\b)?\s*")
_NUMBERS = re.compile(
    rf"[\s,;&and(){{}}\[\]{DIGITS}\d⁻–—‐‑−.to-]*[\d{DIGITS}][\s,;&and(){{}}\[\]{DIGITS}\d⁻–—‐‑−.to-]*"
)
_SINGLE = re.compile(r"\D{0,12}(\d{1,4})\D{0,3}")
_RAISED_REST = re.compile(rf"(?:\s?[,;–—‐‑−⁻-]\s?[{DIGITS}]+)+")
_BRACKET = re.compile(r"[()\[\]]")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SMALL = frozenset(
    """e g i eg ie al and or see also in by for from with the a b c d f reviewed review reviews reviewing recent refs
    ref references reference therein cf compare et others colleagues example examples discussed described summarized
    summarised comprehensive more information details further de da di del della der den des du la le van von zu ter ten
    y und as cited data""".split()
)
_NUMERIC_WORDS = frozenset(word for word in _SMALL if len(word) > 1) | {
    "e",
    "g",
    "i",
    "see",
    "reviewed",
    "review",
    "refs",
    "ref",
}
_LONGEST_ASIDE = 400
_LONGEST_NUMBER = 200
_TIGHT = re.compile(r"[^\s(\[{<>=±~/–—‐‑−⁻-]")


@dataclass(frozen=True)
class Link:
    """Offsets of a link in a line, the ids that it names, and whether it is tagged as a citation."""

    start: int
    end: int
    targets: tuple[str, ...]
    is_bibr: bool = False


@dataclass(frozen=True)
class LinkedText:
    """Text in NFC with single spaces, and its links in printed order."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Entries:
    """The targets of links: entry numbers by id and by printed label, and all other ids.

    `is_print_first`: where printed numbers and links disagree, the numbers count.
    """

    by_id: Mapping[str, int]
    by_label: Mapping[int, int]
    others: Set[str] = frozenset()
    is_print_first: bool = False


def marked(line: LinkedText, entries: Entries) -> tuple[str, tuple[LinkedMarker, ...]]:
    """Return a line's text and its markers.

    Plain numbers behind a word, as publishers leave superscripts, are raised in the text; its length stays.
    """
    links = [k for k in line.links if _is_citing(k, entries)]
    if not links:
        return line.text, ()
    groups = _groups(line.text, links)
    text = _with_raised(line.text, groups)
    marks = [_mark(text, start, end, group, entries) for start, end, group in groups]
    return text, tuple(mark for mark in marks if mark.numbers or mark.reason)


def _is_citing(link: Link, entries: Entries) -> bool:
    if any(target in entries.by_id for target in link.targets):
        return True
    return link.is_bibr and not any(target in entries.others for target in link.targets)


_Group = tuple[int, int, Sequence[Link]]


def _groups(text: str, links: Sequence[Link]) -> list[_Group]:
    """Return start, end and links of the printed markers: whole brackets if they hold little else."""
    brackets = _brackets(text, links)
    by_bracket: dict[tuple[int, int], list[Link]] = defaultdict(list)
    for link in links:
        by_bracket[brackets.get(link, (-1, -1))].append(link)
    groups: list[_Group] = []
    for (start, end), inside in by_bracket.items():
        if start >= 0 and _holds_little_else(text, start, end, inside):
            groups.append((start, end, inside))
        else:
            groups += _runs(text, inside)
    return _nested(text, _bridged(text, sorted(groups, key=lambda g: (g[0], g[1]))))


def _brackets(text: str, links: Sequence[Link]) -> dict[Link, tuple[int, int]]:
    """Map each link to the innermost brackets around it; brackets within links don't count."""
    within = {at for k in links for at in range(k.start, k.end)}
    events: list[tuple[int, int, Link | str]] = [(k.start, 0, k) for k in links]
    events += [(m.start(), 1, m[0]) for m in _BRACKET.finditer(text) if m.start() not in within]
    opened: list[tuple[int, list[Link]]] = []
    found: dict[Link, tuple[int, int]] = {}
    for at, _, what in sorted(events, key=lambda event: event[:2]):
        if isinstance(what, Link):
            if opened:
                opened[-1][1].append(what)
        elif what in ("(", "["):
            opened.append((at, []))
        elif opened:
            start, inside = opened.pop()
            found.update((link, (start, at + 1)) for link in inside)
    return found


def _holds_little_else(text: str, start: int, end: int, links: Sequence[Link]) -> bool:
    """Tell whether brackets hold only links, signs, names, years and words such as "see also"."""
    if end - start > _LONGEST_ASIDE + sum(k.end - k.start for k in links):
        return False
    bounds = [start + 1, *(place for k in links for place in (k.start, k.end)), end - 1]
    rest = " ".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
    words = _WORD.findall(rest)
    if all(_is_number(text[k.start : k.end]) for k in links):
        return all(word.isdecimal() or word.lower() in _NUMERIC_WORDS for word in words)
    return all(word[0].isupper() or word.isdecimal() or word in _SMALL for word in words)


def _is_number(printed: str) -> bool:
    if len(printed) > _LONGEST_NUMBER:
        return False
    return not printed or (bool(_NUMBERS.fullmatch(printed)) and not re.search(rf"\d{{5}}|\b{YEAR}\b", printed))


def _runs(text: str, links: Sequence[Link]) -> list[_Group]:
    """Group links outside brackets if only signs separate their numbers."""
    runs: list[list[Link]] = []
    for link in links:
        before = runs[-1][-1] if runs else None
        between = text[before.end : link.start] if before and before.end <= link.start else None
        is_joined = between is not None and bool(_RANGE.fullmatch(between) or _LIST.fullmatch(between))
        if is_joined and before and all(_is_number(text[k.start : k.end]) for k in (before, link)):
            runs[-1].append(link)
        else:
            runs.append([link])
    spans = [(min(k.start for k in run), max(k.end for k in run), run) for run in runs]
    return [(start, _raised_end(text, start, end), run) for start, end, run in spans if start < end]


def _raised_end(text: str, start: int, end: int) -> int:
    """Return the end of a raised marker whose last numbers aren't linked."""
    rest = _RAISED_REST.match(text, end) if text[start] in DIGITS else None
    return rest.end() if rest else end


def _bridged(text: str, groups: Sequence[_Group]) -> list[_Group]:
    """Join brackets with a dash between them, "(11)–(13)", to one marker."""
    result: list[_Group] = []
    for start, end, links in groups:
        before = result[-1] if result else None
        is_bracket = text[start] in "([" and before is not None and text[before[1] - 1] in ")]"
        if before and is_bracket and re.fullmatch(r"\s?[-–—‐‑−]\s?", text[before[1] : start]):
            result[-1] = (before[0], end, [*before[2], *links])
        else:
            result.append((start, end, links))
    return result


def _nested(text: str, groups: Sequence[_Group]) -> list[_Group]:
    """Join brackets within brackets that hold nothing else, "[[1], [2]]", to one marker."""
    result: list[_Group] = []
    at = 0
    while at < len(groups):
        last = at
        while last + 1 < len(groups) and _COMMA.fullmatch(text[groups[last][1] : groups[last + 1][0]]):
            last += 1
        start, end = groups[at][0], groups[last][1]
        if text[start] in "([" and text[max(0, start - 1)] in "([" and start and text[end : end + 1] in (")", "]"):
            result.append((start - 1, end + 1, [link for group in groups[at : last + 1] for link in group[2]]))
        else:
            result += groups[at : last + 1]
        at = last + 1
    return result


def _with_raised(text: str, groups: Sequence[_Group]) -> str:
    characters = list(text)
    for start, _, links in groups:
        if start == 0 or not _TIGHT.match(text[start - 1]) or not text[start].isdecimal():
            continue
        if all(_is_number(text[k.start : k.end]) for k in links):
            for link in links:
                characters[link.start : link.end] = _raised_alike(text[link.start : link.end])
    return "".join(characters)


def _raised_alike(printed: str) -> str:
    """Raise the digits of a text; its length stays."""
    return "".join(raised(c) if c.isdecimal() else c for c in printed)


def _mark(text: str, start: int, end: int, links: Sequence[Link], entries: Entries) -> LinkedMarker:
    printed = text[start:end]
    if entries.is_print_first and (missing := _without_entry(printed, links, text, entries)):
        return _as_printed(text, (start, end, links), missing, entries)
    known = [n for k in links for n in _numbers(text, k, entries)]
    whole = _printed_numbers(printed, entries)
    is_as_printed = set(known) <= set(whole) or (entries.is_print_first and whole != ())
    numbers = whole if is_as_printed else _linked(text, links, entries)
    elsewhere = tuple(dict.fromkeys(n for n in known if n not in numbers))
    lost = [k for k in links if not _numbers(text, k, entries)]
    if not lost:
        return LinkedMarker(start, end, tuple(dict.fromkeys(numbers)), linked=elsewhere)
    # A year beside a name is no number of an entry.
    unknown = [text[k.start : k.end] for k in lost if _is_number(text[k.start : k.end])]
    missing = tuple(int(n) for number in unknown for n in re.findall(r"\d{1,4}", lowered(number)))
    named = ", ".join(t for k in lost for t in k.targets) or text[lost[0].start : lost[0].end]
    return LinkedMarker(
        start, end, tuple(dict.fromkeys(numbers)), missing, f"the bibliography has no entry {named[:60]}"
    )


def _without_entry(printed: str, links: Sequence[Link], text: str, entries: Entries) -> tuple[int, ...]:
    """Return the printed numbers that no entry has, of a marker that is made of numbers only; () of any other."""
    if not entries.by_label or not all(_is_number(text[k.start : k.end]) for k in links):
        return ()
    try:
        return tuple(n for n in expand(printed) if n not in entries.by_label)
    except MarkerError:
        return ()


def _as_printed(text: str, group: _Group, missing: tuple[int, ...], entries: Entries) -> LinkedMarker:
    """A marker of the numbers that it prints, wherever its links lead: an entry that isn't printed is never taken."""
    start, end, links = group
    numbers = tuple(entries.by_label[n] for n in expand(text[start:end]) if n in entries.by_label)
    known = [n for k in links for n in _numbers(text, k, entries)]
    elsewhere = tuple(dict.fromkeys(n for n in known if n not in numbers))
    reason = f"the bibliography has no entry {number_list(missing)}"
    return LinkedMarker(start, end, numbers, missing, reason, linked=elsewhere)


def _printed_numbers(printed: str, entries: Entries) -> tuple[int, ...]:
    """Return the entries with these printed numbers; () if one of them is no entry's label."""
    try:
        numbers = expand(printed)
    except MarkerError:
        return ()
    return tuple(entries.by_label[n] for n in numbers) if all(n in entries.by_label for n in numbers) else ()


def _numbers(text: str, link: Link, entries: Entries) -> tuple[int, ...]:
    """Return the entries that a link names, or prints as a range or list."""
    named = tuple(entries.by_id[t] for t in link.targets if t in entries.by_id)
    printed = text[link.start : link.end]
    if not _is_number(printed):
        return named
    listed = _printed_numbers(printed, entries)
    return tuple(dict.fromkeys((*named, *listed))) if len(listed) > 1 or not named else named


def _linked(text: str, links: Sequence[Link], entries: Entries) -> list[int]:
    """Return the entries of links in order, and those between two links that a dash joins."""
    numbers = list(_numbers(text, links[0], entries))
    for first, second in pairwise(links):
        if first.end <= second.start and _RANGE.fullmatch(text[first.end : second.start]):
            numbers += _between(text[first.start : first.end], text[second.start : second.end], entries)
        numbers += _numbers(text, second, entries)
    return numbers


def _between(first: str, second: str, entries: Entries) -> list[int]:
    ends = [_SINGLE.fullmatch(lowered(printed)) for printed in (first, second)]
    if not ends[0] or not ends[1]:
        return []
    inner = range(int(ends[0][1]) + 1, int(ends[1][1]))
    return [entries.by_label[n] for n in inner if n in entries.by_label] if len(inner) <= len(entries.by_label) else []
