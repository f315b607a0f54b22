"""What is set of an article: its front, blocks and entries, out of its XML."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from eval.typesetting.entries import entry_runs
from eval.typesetting.restyle import Bibliography, parent_of, text_of
from eval.typesetting.runs import Run, Runs

_STYLES = {"italic": "i", "bold": "b", "sup": "^", "sub": "_"}
_SKIPPED = frozenset({"tex-math", "annotation", "object-id", "alt-text", "long-desc", "graphic", "media", "label"})
_FLOATS = ("fig", "table-wrap")


@dataclass(frozen=True)
class Block:
    """A part of the text. `kind`: h (heading), p, li, eq, fig or table; a table has rows of cells."""

    kind: str
    runs: Runs = ()
    level: int = 1
    label: str = ""
    rows: Sequence[Sequence[Runs]] = ()
    heads: int = 0
    foot: Runs = ()


@dataclass(frozen=True)
class Front:
    """What the first page says, as printed. `authors`: given name, family name, numbers of affiliations."""

    title: Runs
    journal: str
    kind: str
    authors: Sequence[tuple[str, str, str]]
    affiliations: Sequence[str]
    year: str
    volume: str
    doi: str
    dates: Sequence[tuple[str, str]]
    mail: str
    keywords: Sequence[str]
    license: str


@dataclass
class Article:
    """An article as it is set."""

    front: Front
    abstract: list[Block]
    body: list[Block]
    back: list[Block]
    entries: list[Runs] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def read_article(root: etree._Element, entry_style: str) -> Article:
    """Read an article's XML; its entries are printed in a style of `entries.py`."""
    bibliography = Bibliography(root)
    reader = _Reader(bibliography.places)
    meta = _found(root, "front/article-meta")
    abstract = next((a for a in meta.findall("abstract") if not a.get("abstract-type")), None)
    body = reader.part(_found(root, "body"))
    floats = root.find("floats-group")
    waiting = reader.part(floats) if floats is not None else []
    back = [e for e in root.findall("back/*") if e.tag not in ("ref-list", "glossary")]
    return Article(
        front=_front(root, meta),
        abstract=reader.part(abstract) if abstract is not None else [],
        body=_placed(body, waiting),
        back=[b for e in back for b in reader.back(e)],
        entries=[entry_runs(ref, entry_style) for ref in bibliography.refs],
        labels=[text_of(label) if (label := ref.find("label")) is not None else "" for ref in bibliography.refs],
    )


def _found(element: etree._Element, path: str) -> etree._Element:
    """Return the first element at a path. Raises ValueError if there is none."""
    found = element.find(path)
    if found is None:
        raise ValueError(f"no {path} in {element.tag!r}")
    return found


def _placed(body: list[Block], floats: list[Block]) -> list[Block]:
    """Put floats without a place behind paragraphs, evenly."""
    ends = [i for i, block in enumerate(body) if block.kind == "p"]
    for n, block in reversed(list(enumerate(floats))):
        at = ends[(n + 1) * len(ends) // (len(floats) + 1)] if ends else 0
        body.insert(at + 1, block)
    return body


class _Reader:
    """Reads blocks; `places`: of entries by id."""

    def __init__(self, places: dict[str, int]) -> None:
        self._places = places

    def part(self, element: etree._Element, level: int = 1) -> list[Block]:
        """Read what stands in a part of the article, its sections a level deeper."""
        return [block for child in element for block in self._block(child, level)] if element is not None else []

    def back(self, element: etree._Element) -> list[Block]:
        if element.tag in ("sec", "ack", "notes", "app"):
            return self._section(element, 1, "Acknowledgments" if element.tag == "ack" else "")
        return (
            [b for child in element for b in self.back(child)]
            if element.tag in ("fn-group", "app-group")
            else self._block(element, 1)
        )

    def _block(self, element: etree._Element, level: int) -> list[Block]:
        tag = element.tag
        if not isinstance(tag, str) or tag in ("title", "label", "ref-list", "caption", "sec-meta"):
            return []
        makers: dict[str, Callable[[], list[Block]]] = {
            "sec": lambda: self._section(element, level),
            "p": lambda: self._paragraph(element),
            "fig": lambda: [Block("fig", self._caption(element), label=self._label(element))],
            "table-wrap": lambda: self._table(element),
            "list-item": lambda: [replace(b, kind="li") if b.kind == "p" else b for b in self.part(element, level)],
            "disp-formula": lambda: [Block("eq", self.runs(element))],
        }
        make = makers.get(tag)
        return make() if make else self.part(element, level)

    def _section(self, element: etree._Element, level: int, usual: str = "") -> list[Block]:
        title = element.find("title")
        runs = self.runs(title) if title is not None else [Run(usual)] if usual else []
        label = element.find("label")
        if label is not None and runs:
            runs = [Run(f"{text_of(label)} "), *runs]
        head = [Block("h", runs, level)] if any(run.text.strip() for run in runs) else []
        return [*head, *self.part(element, level + 1)]

    def _paragraph(self, element: etree._Element) -> list[Block]:
        """Cut a paragraph around the floats, lists and formulas inside it."""
        made: list[Block] = []
        waiting: list[Block] = []
        runs: list[Run] = []
        for piece in self._flow(element, "", None):
            if isinstance(piece, Run):
                runs.append(piece)
            elif piece.tag in _FLOATS:
                waiting += self._block(piece, 1)
            else:
                made += [Block("p", runs)] if any(r.text.strip() for r in runs) else []
                runs = []
                made += self._block(piece, 1)
        made += [Block("p", runs)] if any(r.text.strip() for r in runs) else []
        return [*made, *waiting]

    def runs(self, element: etree._Element) -> list[Run]:
        """Return the characters of an element."""
        return [run for run in self._flow(element, "", None) if isinstance(run, Run)]

    def _flow(self, element: etree._Element, styles: str, place: int | None) -> Iterator[Run | etree._Element]:
        if element.text:
            yield _run(element.text, styles, place)
        for child in element:
            tag = child.tag
            if tag in (*_FLOATS, "list", "disp-formula", "disp-quote", "boxed-text"):
                yield child
            elif tag == "break":
                yield Run(" ")
            elif isinstance(tag, str) and tag not in _SKIPPED:
                own = place
                if tag == "xref":
                    own = next((p for k in (child.get("rid") or "").split() if (p := self._places.get(k))), None)
                yield from self._flow(child, styles + _STYLES.get(tag, ""), own)
            if child.tail:
                yield _run(child.tail, styles, place)

    def _caption(self, element: etree._Element) -> list[Run]:
        caption = element.find("caption")
        if caption is None:
            return []
        runs: list[Run] = []
        for child in caption:
            own = self.runs(child)
            runs += [Run(" "), *own] if runs else own
            if child.tag == "title" and own and not own[-1].text.rstrip().endswith((".", "?", ":")):
                runs.append(Run("."))
        return runs

    def _label(self, element: etree._Element) -> str:
        label = element.find("label")
        return text_of(label).rstrip(".:") if label is not None else ""

    def _table(self, element: etree._Element) -> list[Block]:
        foot = [r for e in element.findall("table-wrap-foot") for p in e.iter("p") for r in (*self.runs(p), Run(" "))]
        made = []
        for table in element.iter("table"):
            rows, heads = self._grid(table)
            made.append(
                Block("table", self._caption(element), label=self._label(element), rows=rows, heads=heads, foot=foot)
            )
        return made

    def _grid(self, table: etree._Element) -> tuple[list[list[Runs]], int]:
        rows: list[dict[int, Runs]] = []
        heads = 0
        for r, row in enumerate(table.iter("tr")):
            heads += parent_of(row).tag == "thead"
            while len(rows) <= r:
                rows.append({})
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while column in rows[r]:
                    column += 1
                wide, high = (int(cell.get(k) or 1) for k in ("colspan", "rowspan"))
                for dr in range(high):
                    while len(rows) <= r + dr:
                        rows.append({})
                    for dc in range(wide):
                        rows[r + dr][column + dc] = self.runs(cell) if not dr and not dc else []
                column += wide
        width = max((max(row, default=-1) + 1 for row in rows), default=0)
        return [[row.get(c, []) for c in range(width)] for row in rows], heads


def _run(text: str, styles: str, place: int | None) -> Run:
    return Run(re.sub(r"\s+", " ", text), styles, place)


def _front(root: etree._Element, meta: etree._Element) -> Front:
    keys = {aff.get("id") or "": str(i) for i, aff in enumerate(meta.iter("aff"), 1)}
    people = [c for c in meta.iter("contrib") if c.get("contrib-type") == "author" and c.find("name") is not None]
    dates = [(d.get("date-type") or "", _date(d)) for d in meta.findall("history/date")]
    published = next((d for d in meta.findall("pub-date") if d.find("year") is not None), None)
    journal = next((text_of(e) for e in root.iter("journal-title")), "")
    title = meta.find("title-group/article-title")
    return Front(
        title=_Reader({}).runs(title) if title is not None else [],
        journal=journal,
        kind=next((text_of(e) for e in meta.iter("subject")), ""),
        authors=[_author(c, keys) for c in people],
        affiliations=[_affiliation(aff) for aff in meta.iter("aff")],
        year=text_of(_found(published, "year")) if published is not None else "",
        volume=next((text_of(e) for e in meta.findall("volume")), ""),
        doi=next((text_of(e) for e in meta.findall("article-id") if e.get("pub-id-type") == "doi"), ""),
        dates=[(kind, when) for kind, when in dates if kind and when],
        mail=next((text_of(e) for e in meta.iter("email")), ""),
        keywords=[text_of(k) for k in meta.iter("kwd")][:8],
        license=next((text_of(e) for e in meta.iter("license-p")), "")[:400],
    )


def _affiliation(aff: etree._Element) -> str:
    runs = [r.text for r in _Reader({}).runs(aff)]
    return re.sub(r"^\W*\d{1,2}\W*", "", re.sub(r"\s+", " ", " ".join(runs)).replace(" ,", ",").strip())


def _author(person: etree._Element, keys: dict[str, str]) -> tuple[str, str, str]:
    name = _found(person, "name")
    given, family = (text_of(e) if (e := name.find(tag)) is not None else "" for tag in ("given-names", "surname"))
    numbers = [n for x in person.iter("xref") if (n := keys.get(x.get("rid") or ""))]
    return given, family, ",".join(dict.fromkeys(numbers))


def _date(date: etree._Element) -> str:
    months = "January February March April May June July August September October November December".split()
    day, month, when = (text_of(e) if (e := date.find(tag)) is not None else "" for tag in ("day", "month", "year"))
    if month.isdecimal() and 1 <= int(month) <= 12:
        month = months[int(month) - 1]
    return " ".join(part for part in (day, month, when) if part)
