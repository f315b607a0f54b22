"""Read the true citations of a JATS article from its XML; readers are measured against them.

None of these rules is shared with a reader. An entry's position is its place among all `ref` elements of the article,
from 1. A mention is one entry named once by one printed marker in `body` or `floats-group`, tables and captions
included, abstract and back excluded:

- every id of an `xref` that names an entry is a mention, so one element may hold several;
- if only a dash separates two elements, the entries between their labels are mentioned too; without labels, those
  between their positions;
- a list or range printed inside one element ("3 4", "11–13") is expanded over the labels if it contains the label of
  the element's own entry.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path

from lxml import etree

from eval.reading.printed import INTRODUCING, expand, has_bracket, number, without_names, without_open_bracket
from evqa.errors import InputError
from evqa.language.words import squeeze, words

BREAK = "\n"
DASH = re.compile(r"\s*[\])]?\s*[-–—‐‑‒−]\s*[\[(]?\s*")
DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
FLOATS = frozenset({"table-wrap", "table-wrap-group", "fig", "fig-group", "boxed-text", "supplementary-material"})
INLINE = frozenset(
    """abbrev bold chem-struct email ext-link fixed-case italic inline-formula inline-graphic milestone-end
    milestone-start inline-supplementary-material monospace named-content overline private-char related-article
    related-object roman
    sans-serif sc strike styled-content sub sup underline uri xref math mi mn mo mrow msub msup mtext msubsup mfrac
    mover munder mstyle mfenced semantics alternatives""".split()
)
SILENT = frozenset(
    {"tex-math", "annotation", "object-id", "alt-text", "long-desc", "index-term", "sub-article", "response"}
)
TITLES = ("article-title", "chapter-title", "part-title", "data-title")
OWN_TITLE = frozenset({"book", "report", "thesis", "software", "webpage", "web"})


@dataclass(frozen=True)
class TrueEntry:
    """An entry of the bibliography, as tagged; `title` and `doi` are None if they aren't tagged."""

    position: int
    label: int | None
    title: str | None
    doi: str | None
    families: frozenset[str]
    year: str | None


@dataclass(frozen=True)
class Mention:
    """An entry named by a printed marker; `before` is the text before it in the same paragraph or cell.

    `before` leaves out other markers and the authors' names right before them. `is_numbered` says whether the marker
    prints numbers of the list; otherwise it prints names and years, and `before` ends before the bracket around it.
    """

    position: int
    before: str
    is_numbered: bool


@dataclass(frozen=True)
class Truth:
    """The truth of an article: entries and mentions in order, folded titles of back sections, doubts in words."""

    title: str
    entries: tuple[TrueEntry, ...]
    mentions: tuple[Mention, ...]
    back_titles: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _TrueMarker:
    """A printed marker in a flow of text, with the positions that its element names."""

    start: int
    end: int
    named: tuple[int, ...]
    printed: str


@dataclass
class _Flow:
    """Running text with its markers. Floats wait until the paragraph around them has ended."""

    pieces: list[str] = field(default_factory=list)
    marks: list[_TrueMarker] = field(default_factory=list)
    waiting: list[etree._Element] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    @cached_property
    def text(self) -> str:
        return "".join(self.pieces)


def read_truth(path: Path) -> Truth:
    """Read the truth of a JATS file. Raises InputError if it can't be read or holds no article."""
    article = article_of(path)
    refs = [element for element in article.iter() if _name(element) == "ref" and _is_own(element)]
    entries = tuple(_entry(ref, position) for position, ref in enumerate(refs, start=1))
    ids = {key: position for position, ref in enumerate(refs, start=1) for key in _ids(ref)}
    flow = _flow([*_children(article, "body"), *_children(article, "floats-group")], ids)
    bibliography = _TrueBibliography(entries)
    mentions = tuple(_mentions(flow, bibliography))
    return Truth(_title(article), entries, mentions, _back_titles(article), tuple(_doubts(flow.marks, bibliography)))


def article_of(path: Path) -> etree._Element:
    """Return the article element of a JATS file. Raises InputError if it can't be read or holds none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.parse(path, parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise InputError(path, "can't be read as XML", "give a JATS file", str(error).splitlines()[0]) from error
    found = next((element for element in root.iter() if _name(element) == "article"), None)
    if found is None:
        raise InputError(path, f"no article in it, the root is {_name(root)!r}", "give a JATS file")
    return found


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if _name(child) == name]


def _is_own(element: etree._Element) -> bool:
    """Whether an element belongs to the article itself, and not to another one in the same file."""
    return not any(_name(above) in ("sub-article", "response") for above in element.iterancestors())


def _words_of(element: etree._Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _first(element: etree._Element, *names: str) -> str | None:
    """The text of the first element below with the first of these names that has a text."""
    for name in names:
        if text := next((t for e in element.iter() if _name(e) == name and (t := _words_of(e))), None):
            return text
    return None


def _title(article: etree._Element) -> str:
    fronts = _children(article, "front")
    return _first(fronts[0], "article-title") or "" if fronts else ""


def _back_titles(article: etree._Element) -> frozenset[str]:
    """Folded titles of the sections in the back, without those that a section of the body has too."""
    back = {squeeze(_words_of(e)) for part in _children(article, "back") for e in part.iter() if _name(e) == "title"}
    body = {squeeze(_words_of(e)) for part in _children(article, "body") for e in part.iter() if _name(e) == "title"}
    return frozenset(back - body - {""})


def _ids(ref: etree._Element) -> Iterator[str]:
    return (str(key) for element in ref.iter() if (key := element.get("id")))


def _entry(ref: etree._Element, position: int) -> TrueEntry:
    label = _children(ref, "label")
    return TrueEntry(
        position=position,
        label=number(_words_of(label[0])) if label else None,
        title=_entry_title(ref),
        doi=_doi(ref),
        families=frozenset(w for e in ref.iter() if _name(e) in ("surname", "collab") for w in words(_words_of(e))),
        year=_first(ref, "year"),
    )


def _entry_title(ref: etree._Element) -> str | None:
    """The tagged title; the source, if a book or a report has no title."""
    if title := _first(ref, *TITLES):
        return title
    kinds = {element.get("publication-type") or element.get("citation-type") for element in ref.iter()}
    return _first(ref, "source") if kinds & OWN_TITLE else None


def _doi(ref: etree._Element) -> str | None:
    tagged = (_words_of(e) for e in ref.iter() if _name(e) == "pub-id" and e.get("pub-id-type") == "doi")
    links = (
        value for e in ref.iter() if _name(e) in ("ext-link", "uri") for value in (*e.attrib.values(), _words_of(e))
    )
    found = (match for text in (*tagged, *links, *ref.itertext()) if (match := DOI.search(str(text))))
    return next((plain_doi(match.group()) for match in found), None)


def plain_doi(text: str) -> str:
    """A DOI in lower case, without resolver and without the punctuation after it."""
    match = DOI.search(text.lower())
    return match.group().rstrip(".,;:)]}") if match else ""


class _TrueBibliography:
    """Maps printed numbers to positions: by label if all entries have one, else by place."""

    def __init__(self, entries: Sequence[TrueEntry]) -> None:
        self.entries = {entry.position: entry for entry in entries}
        labels = {entry.label: entry.position for entry in entries if entry.label is not None}
        self.positions: Mapping[int, int] = labels if len(labels) == len(entries) else {p: p for p in self.entries}
        self.numbers = {position: printed for printed, position in self.positions.items()}

    def printed(self, mark: _TrueMarker) -> tuple[int, ...]:
        """Positions of the numbers that an element prints. Years don't count."""
        return tuple(self.positions[n] for n in expand(mark.printed) if n in self.positions)

    def is_numbered(self, mark: _TrueMarker) -> bool:
        """Whether an element prints numbers of the list, or nothing at all."""
        return bool(self.printed(mark)) or not mark.printed

    def named(self, mark: _TrueMarker) -> tuple[int, ...]:
        """Positions that one element mentions: its ids and, if one of them is printed, its printed numbers."""
        printed = self.printed(mark)
        return tuple(dict.fromkeys((*mark.named, *printed))) if set(printed) & set(mark.named) else mark.named

    def between(self, first: _TrueMarker, last: _TrueMarker) -> list[int]:
        """Positions inside a range printed as two elements with a dash between them."""
        low, high = self._ends(first)[-1:], self._ends(last)[:1]
        inside = range(self.numbers[low[0]] + 1, self.numbers[high[0]]) if low and high else range(0)
        return [self.positions[n] for n in inside if n in self.positions]

    def _ends(self, mark: _TrueMarker) -> tuple[int, ...]:
        """The positions of an element at one end of a range; an element that prints nothing means its own entries."""
        return self.printed(mark) if mark.printed.strip(" []()") else mark.named


def _flow(parts: Sequence[etree._Element], ids: Mapping[str, int]) -> _Flow:
    flow = _Flow()
    for part in parts:
        _walk(part, ids, flow)
    while flow.waiting:
        flow.add(BREAK)
        _walk(flow.waiting.pop(0), ids, flow)
    return flow


def _walk(element: etree._Element, ids: Mapping[str, int], flow: _Flow) -> None:
    gap = "" if _name(element) in INLINE else BREAK
    start = flow.length
    flow.add(gap)
    if element.text:
        flow.add(_even(element.text))
    for child in element:
        _step(child, ids, flow)
    if named := _named(element, ids):
        flow.marks.append(_TrueMarker(start, flow.length, named, _words_of(element)))
    flow.add(gap)


def _step(child: etree._Element, ids: Mapping[str, int], flow: _Flow) -> None:
    name = _name(child)
    if name in FLOATS:
        flow.waiting.append(child)
    elif name == "break":
        flow.add(" ")
    elif name and name not in SILENT:
        _walk(child, ids, flow)
    if child.tail:
        flow.add(_even(child.tail))


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _named(element: etree._Element, ids: Mapping[str, int]) -> tuple[int, ...]:
    if _name(element) != "xref":
        return ()
    return tuple(dict.fromkeys(ids[key] for key in (element.get("rid") or "").split() if key in ids))


def _mentions(flow: _Flow, bibliography: _TrueBibliography) -> Iterator[Mention]:
    befores = {mark: before for paragraph in _paragraphs(flow) for mark, before in _befores(paragraph, bibliography)}
    for run in _runs(flow):
        named = [bibliography.named(mark) for mark in run]
        explicit = {position for positions in named for position in positions}
        inside = (position for pair in pairwise(run) for position in bibliography.between(*pair))
        elided = [position for position in dict.fromkeys(inside) if position not in explicit]
        for mark, positions in zip(run, named, strict=True):
            yield from (Mention(p, befores[mark], bibliography.is_numbered(mark)) for p in positions)
        yield from (Mention(p, befores[run[0]], True) for p in elided)


def _paragraphs(flow: _Flow) -> Iterator[tuple[str, int, list[_TrueMarker]]]:
    """(text, its start, its markers) of each paragraph, title or cell with markers in it."""
    marks = sorted(flow.marks, key=lambda mark: mark.start)
    for start, of_one in groupby(marks, key=lambda mark: flow.text.rfind(BREAK, 0, mark.start) + 1):
        end = flow.text.find(BREAK, start)
        yield flow.text[start : end if end >= 0 else None], start, list(of_one)


def _befores(
    paragraph: tuple[str, int, list[_TrueMarker]], bibliography: _TrueBibliography
) -> Iterator[tuple[_TrueMarker, str]]:
    text, start, marks = paragraph
    kept, at = "", 0
    for mark in marks:
        kept += text[at : mark.start - start]
        is_bare = not bibliography.is_numbered(mark) and not has_bracket(mark.printed)
        yield mark, without_open_bracket(kept) if is_bare else kept
        families = {name for position in mark.named for name in bibliography.entries[position].families}
        kept = without_names(kept, families) + " "
        at = max(at, mark.end - start)


def _runs(flow: _Flow) -> Iterator[list[_TrueMarker]]:
    """Groups of markers in order. A dash, or an empty marker, ties a marker to the next one."""
    run: list[_TrueMarker] = []
    for mark in flow.marks:
        if run and not _is_tied(flow.text[run[-1].end : mark.start], run[-1], mark):
            yield run
            run = []
        run.append(mark)
    if run:
        yield run


def _is_tied(between: str, first: _TrueMarker, last: _TrueMarker) -> bool:
    is_hidden = not first.printed or not last.printed
    return bool(DASH.fullmatch(between)) or (is_hidden and not between.strip())


def _doubts(marks: Sequence[_TrueMarker], bibliography: _TrueBibliography) -> Iterator[str]:
    """A line for each marker that prints something else than its ids name."""
    for mark in marks:
        if _is_doubtful(mark, bibliography):
            yield f"{mark.printed!r} names entry {mark.named[0]}"


def _is_doubtful(mark: _TrueMarker, bibliography: _TrueBibliography) -> bool:
    if printed := bibliography.printed(mark):
        return not set(printed) & set(mark.named)
    return _says(mark.printed) and not any(_fits(mark.printed, bibliography.entries[p]) for p in mark.named)


def _says(printed: str) -> bool:
    """Whether a marker prints a name or a year to compare."""
    return any(len(word) > 1 for word in words(printed))


def _fits(printed: str, entry: TrueEntry) -> bool:
    """Whether a printed author and year can mean the entry. A name or a year alone is enough."""
    year = re.search(r"(?<!\d)(1[89]|20)\d\d", printed)
    if year and entry.year and year.group() not in entry.year:
        return False
    names = {word for word in words(printed) if len(word) > 1 and word.isalpha()} - INTRODUCING
    return not names or not entry.families or bool(names & entry.families)
