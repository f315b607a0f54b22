"""Change how an article's XML cites: other markers, another order of the bibliography.

The changed XML is both what is set and the truth about it, so that markers, order and print agree.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from eval.reading.printed import expand, number
from evqa.language.words import fold

_BETWEEN = re.compile(r"\s*[\])]?\s*(?:[,;–—‐‑−-]|and|&)?\s*[\[(]?\s*")
_DASH = re.compile(r"\s*[\])]?\s*[–—‐‑−-]\s*[\[(]?\s*")
_OPEN, _CLOSE = re.compile(r"\s*[\[(]\s*$"), re.compile(r"^\s*[\])]")
_STOP = re.compile(r"^[.,;:]")
_SHORTEST_RANGE = 3
# The text before a link, what it prints, and the place of its entry.
Link = tuple[str, str, int]
_INITIALS = re.compile(r"(?:\s+(?:[A-Z][A-Z.-]{0,4}|et al))+$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class MarkerStyle:
    """How markers are printed. `kind`: "[n]", "(n)", "superscript" or "author-year"; of the last, how names are joined.

    `after_stop`: superscripts stand behind a full stop or comma. `brackets`: around a superscript's or a name's marker.
    """

    kind: str
    brackets: str = ""
    after_stop: bool = False
    comma: str = ", "
    both: str = " and "


class Bibliography:
    """The entries of an article's XML, by id and place."""

    def __init__(self, root: etree._Element) -> None:
        self.refs = [ref for ref in root.iter("ref") if not _is_other(ref)]
        self.places = {key: i for i, ref in enumerate(self.refs, 1) for key in _ids(ref)}
        labels = [number(text_of(label)) if (label := ref.find("label")) is not None else None for ref in self.refs]
        is_labelled = None not in labels and len(set(labels)) == len(labels)
        self.numbers = (
            {n: i for i, n in enumerate(labels, 1) if n} if is_labelled else {i: i for i in self.places.values()}
        )
        self.names = [author_label(ref) for ref in self.refs]
        self.years = [year(ref) for ref in self.refs]


def restyle(root: etree._Element, style: MarkerStyle) -> None:
    """Print all markers of numbers in a style; a bibliography without numbers is put in the order of names."""
    bibliography = Bibliography(root)
    groups = [Group(held, bibliography) for held in _groups(root, bibliography)]
    if style.kind == "author-year":
        _sort(bibliography, style)
    else:
        _label(bibliography)
    for group in groups:
        group.print(style)


def _sort(bibliography: Bibliography, style: MarkerStyle) -> None:
    """Order entries by names and years, which become different for different entries."""
    named = [
        (_joined(names, style), when, i)
        for i, (names, when) in enumerate(zip(bibliography.names, bibliography.years, strict=True))
    ]
    alike = Counter((names, when) for names, when, _ in named)
    seen: Counter[tuple[str, str]] = Counter()
    order = sorted(named, key=lambda one: (fold(one[0]), one[1], one[2]))
    for names, when, i in order:
        if alike[names, when] > 1:
            bibliography.years[i] = f"{when}{'abcdefghijklmnopqrstuvwxyz'[seen[names, when] % 26]}"
            seen[names, when] += 1
            if (printed := next(bibliography.refs[i].iter("year"), None)) is not None:
                printed.text = bibliography.years[i]
    parent = parent_of(bibliography.refs[0])
    for _, _, i in order:
        ref = bibliography.refs[i]
        for label in ref.findall("label"):
            ref.remove(label)
        parent.append(ref)


def _label(bibliography: Bibliography) -> None:
    for i, ref in enumerate(bibliography.refs, 1):
        for label in ref.findall("label"):
            ref.remove(label)
        label = etree.Element("label")
        label.text = str(i)
        ref.insert(0, label)


class Group:
    """Markers of numbers that stand together, and the entries that they mean."""

    def __init__(self, held: Sequence[etree._Element], bibliography: Bibliography) -> None:
        self._held, self._bibliography = held, bibliography
        self.places = list(dict.fromkeys(self._meant()))

    def _meant(self) -> Iterator[int]:
        told = [list(dict.fromkeys(self._of_one(xref))) for xref in self._held]
        for xref, own, following in zip(self._held, told, [*told[1:], []], strict=True):
            yield from own
            if own and following and _DASH.fullmatch(xref.tail or ""):
                yield from range(own[-1] + 1, following[0])

    def _of_one(self, xref: etree._Element) -> list[int]:
        own = [p for key in (xref.get("rid") or "").split() if (p := self._bibliography.places.get(key))]
        printed = [p for n in expand(text_of(xref)) if (p := self._bibliography.numbers.get(n))]
        return [*own, *printed] if set(own) & set(printed) else own

    def print(self, style: MarkerStyle) -> None:
        """Put the markers into the text in a style, with their brackets."""
        held = self._out_of_superscript()
        before, after = _before(held[0]), held[-1].tail or ""
        is_whole = _OPEN.search(before) and _CLOSE.match(after)
        if is_whole:
            before, after = _OPEN.sub("", before), _CLOSE.sub("", after)
        has_bracket = bool(re.search(r"[\[(]", text_of(held[0])))
        is_apart = bool(is_whole) or has_bracket or held != list(self._held) or not re.search(r"[\[(][^\])]*$", before)
        before = before.rstrip()
        if style.kind != "superscript" and not is_whole and not has_bracket and before.endswith((".", ",", ";", ":")):
            before, after = before[:-1], before[-1] + after
        parts = self._by_number(style) if style.kind != "author-year" else self._by_name(style)
        opening, closing = _brackets(style, is_apart)
        if style.kind == "superscript":
            if style.after_stop and (stop := _STOP.match(after)):
                before, after = before + stop.group(), after[1:]
        elif before and not before.endswith(("(", "[")):
            before += " "
        if style.kind == "author-year" and (names := self._narrated(before)):
            opening, closing, parts = "(", ")", names
        if parts:
            self._replace(held, (before, after), (opening, closing), parts, is_raised=style.kind == "superscript")

    def _out_of_superscript(self) -> list[etree._Element]:
        """Return the markers, taken out of the superscript that holds nothing else."""
        parent = parent_of(self._held[0])
        if (
            parent.tag != "sup"
            or re.sub(r"[\s\[\](),]", "", (parent.text or "") + (self._held[-1].tail or ""))
            or len(parent) != len(self._held)
        ):
            return list(self._held)
        above = parent_of(parent)
        at = above.index(parent)
        _set_before(parent, _before(parent))
        tail = parent.tail
        for offset, xref in enumerate(self._held):
            above.insert(at + offset, xref)
        self._held[-1].tail = tail
        parent.tail = None
        above.remove(parent)
        return [*self._held]

    def _by_number(self, style: MarkerStyle) -> list[Link]:
        """Return (text before, print, place) of each link: "5–7" is two."""
        places = sorted(self.places)
        runs: list[list[int]] = []
        for place in places:
            if runs and place == runs[-1][-1] + 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        parts = []
        comma = "," if style.kind == "superscript" else ", "
        for run in runs:
            if len(run) >= _SHORTEST_RANGE:
                parts += [(comma, str(run[0]), run[0]), ("–", str(run[-1]), run[-1])]
            else:
                parts += [(comma, str(place), place) for place in run]
        return [("", *parts[0][1:]), *parts[1:]] if parts else []

    def _by_name(self, style: MarkerStyle) -> list[Link]:
        parts: list[Link] = []
        last = None
        told = [
            (_joined(self._bibliography.names[p - 1], style), self._bibliography.years[p - 1], p) for p in self.places
        ]
        for names, when, place in told:
            is_again = names == last
            gap = "" if not parts else ", " if is_again else "; "
            parts.append((gap, when if is_again else f"{names}{style.comma}{when}", place))
            last = names
        return parts

    def _narrated(self, before: str) -> list[Link]:
        """Return the year alone if the text has just named the authors."""
        if len(self.places) != 1:
            return []
        place = self.places[0]
        names = self._bibliography.names[place - 1]
        told = before.rstrip().split()[-5:]
        is_named = bool(names) and any(fold(word.strip(",.")) == fold(names[0]) for word in told)
        return [("", self._bibliography.years[place - 1], place)] if is_named else []

    def _replace(
        self,
        held: Sequence[etree._Element],
        around: tuple[str, str],
        brackets: tuple[str, str],
        parts: Sequence[Link],
        *,
        is_raised: bool,
    ) -> None:
        parent = parent_of(held[0])
        at = parent.index(held[0])
        before, after = around
        _set_before(held[0], before if is_raised else before + brackets[0])
        for xref in held:
            xref.tail = None
            parent.remove(xref)
        made: list[etree._Element] = []
        for gap, text, place in parts:
            if made:
                made[-1].tail = gap
            key = next(_ids(self._bibliography.refs[place - 1]))
            made.append(etree.Element("xref", {"ref-type": "bibr", "rid": key}))
            made[-1].text = text
        made[-1].tail = brackets[1]
        if is_raised:
            sup = etree.Element("sup")
            sup.text = brackets[0]
            sup.extend(made)
            made = [sup]
        made[-1].tail = (made[-1].tail or "") + after
        for offset, element in enumerate(made):
            parent.insert(at + offset, element)


def _brackets(style: MarkerStyle, is_apart: bool) -> tuple[str, str]:
    if not is_apart and style.kind != "superscript":
        return "", ""
    printed = style.brackets or {"[n]": "[]", "(n)": "()", "author-year": "()"}.get(style.kind, "")
    return (printed[0], printed[1]) if printed else ("", "")


def _groups(root: etree._Element, bibliography: Bibliography) -> list[list[etree._Element]]:
    found: list[list[etree._Element]] = []
    for xref in root.iter("xref"):
        keys = (xref.get("rid") or "").split()
        if _is_other(xref) or not any(key in bibliography.places for key in keys):
            continue
        last = found[-1][-1] if found else None
        if last is not None and last.getnext() is xref and _BETWEEN.fullmatch(last.tail or ""):
            found[-1].append(xref)
        else:
            found.append([xref])
    return found


def author_label(ref: etree._Element) -> list[str]:
    """The family names or the group that an entry is known by; the beginning of its title without one."""
    names = [text_of(e) for e in ref.iter("surname", "collab") if not family_in_editors(e)]
    if not names:
        names = [text_of(e) for e in ref.iter("surname", "collab")]
    if not names:
        title = next((text_of(e) for e in ref.iter("article-title", "source") if text_of(e)), "")
        names = [" ".join(title.split()[:3])] if title else _untagged(ref)
    return names


def _untagged(ref: etree._Element) -> list[str]:
    """The first names of an entry that is one text: "Lee A, Kim B, …"."""
    text = text_of(ref).removeprefix(text_of(label) if (label := ref.find("label")) is not None else "").strip()
    who = [_INITIALS.sub("", name).strip() for name in re.split(r"[.(]", text)[0].split(",")]
    return [name for name in who if name][:3] or ["Anonymous"]


def year(ref: etree._Element) -> str:
    """The printed year of an entry, "n.d." without one."""
    found = re.search(r"(?:1[89]|20)\d\d", next((text_of(e) for e in ref.iter("year")), "")) or re.search(
        _YEAR, text_of(ref)
    )
    return found.group() if found else "n.d."


def _joined(names: Sequence[str], style: MarkerStyle) -> str:
    if len(names) == 2:
        return f"{names[0]}{style.both}{names[1]}"
    return f"{names[0]} et al." if len(names) > 2 else names[0]


def family_in_editors(element: etree._Element) -> bool:
    return any(above.get("person-group-type") == "editor" for above in element.iterancestors("person-group"))


def _is_other(element: etree._Element) -> bool:
    return any(above.tag in ("sub-article", "response") for above in element.iterancestors())


def _ids(ref: etree._Element) -> Iterator[str]:
    return (key for element in ref.iter() if (key := element.get("id")))


def parent_of(element: etree._Element) -> etree._Element:
    """Return what an element stands in. Raises ValueError for a root."""
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"{element.tag!r} is a root")
    return parent


def text_of(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _before(element: etree._Element) -> str:
    previous = element.getprevious()
    return (previous.tail if previous is not None else parent_of(element).text) or ""


def _set_before(element: etree._Element, text: str) -> None:
    previous = element.getprevious()
    if previous is not None:
        previous.tail = text
    else:
        parent_of(element).text = text
