"""Blocks in printed order made into a document: canonical text, offsets, sections, sentences, citations."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evqa.language.abbreviations import find_abbreviations
from evqa.model import Block, Document, Figure, Name, Reference, Section, Sentence, Source, Table, Where
from ingest.entries.csl import reference
from ingest.integrity import doubts, examine
from ingest.markers.citations import Region, bind, front_lookalikes
from ingest.markers.marks import contradictions, told, with_markers
from ingest.structure.headings import Levels, Title, is_bibliography, split_heading
from ingest.structure.rough import Mark, Rough
from ingest.structure.sentences import sentences
from ingest.structure.tablecells import body_rows, cell_spans, may_cite

_GAP = "\n\n"
_SPOKEN = ("abstract", "prose", "caption", "note")
_WHERE: dict[str, Where] = {"table": "table", "caption": "caption", "note": "caption"}


@dataclass(frozen=True)
class Metadata:
    """What the title page says."""

    title: str
    author: tuple[Name, ...] = ()
    year: int | None = None
    doi: str | None = None
    license: str | None = None
    keywords: tuple[str, ...] = ()


# Where abbreviations are defined; titles in a bibliography define others.
_DEFINING = frozenset({"abstract", "prose", "caption", "note"})


@dataclass(frozen=True)
class _Placed:
    rough: Rough
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.rough.text)


def document_of(rough: Sequence[Rough], metadata: Metadata, source: Source) -> Document:
    """The document that the blocks make; its id comes from the file's hash."""
    placed = _placed([block for block in rough if block.text])
    text = _GAP.join(p.rough.text for p in placed)
    sections = _sections(placed)
    blocks = _blocks(placed, sections)
    spoken = _sentences(placed)
    tables, figures = _tables(placed), _figures(placed)
    references, notices = _references(placed, f"d-{source.sha256[:12]}")
    bound = bind(text, _regions(placed, tables, text), spoken, references)
    if marks := _marks(placed):
        notices += contradictions(text, marks, bound)
        bound = told(text, marks, spoken, bound)
    rejected = [*front_lookalikes(text, [(p.start, p.end) for p in placed if p.rough.kind == "front"]), *bound.rejected]
    return Document(
        id=f"d-{source.sha256[:12]}",
        title=metadata.title,
        author=metadata.author,
        year=metadata.year,
        DOI=metadata.doi,
        license=metadata.license,
        source=source,
        text=text,
        keywords=metadata.keywords,
        sections=sections,
        blocks=blocks,
        sentences=spoken,
        tables=tables,
        figures=figures,
        references=references,
        citations=tuple(bound.citations),
        rejected=tuple(sorted(rejected, key=lambda r: r.start)),
        abbreviations=find_abbreviations("\n".join(p.rough.text for p in placed if p.rough.kind in _DEFINING)),
        integrity=examine(references, bound.citations, bound.unresolved, tables, [*notices, *doubts(bound.doubtful)]),
    )


def _placed(rough: Sequence[Rough]) -> list[_Placed]:
    placed: list[_Placed] = []
    at = 0
    for block in rough:
        placed.append(_Placed(block, at))
        at += len(block.text) + len(_GAP)
    return placed


def _sections(placed: Sequence[_Placed]) -> tuple[Section, ...]:
    opened = _opened(placed)
    starts = [p.start for p in placed]
    closed: list[Section] = []
    for i, section in enumerate(opened):
        following = next((s.start for s in opened[i + 1 :] if s.level <= section.level), None)
        stop = len(placed) if following is None else bisect_left(starts, following)
        held = placed[bisect_left(starts, section.start) : stop]
        own = [p for p in held if p.rough.kind != "reference" or is_bibliography(section.title)]
        closed.append(section.model_copy(update={"end": own[-1].end}))
    return tuple(_around_references(closed, placed))


def _opened(placed: Sequence[_Placed]) -> list[Section]:
    """Sections with their starts; the ends are still those of the headings."""
    body = [p.rough.level for p in placed if p.rough.kind == "heading" and p.rough.level]
    levels = Levels(min(body, default=1))
    opened: list[Section] = []
    has_abstract = False
    for place, before in zip(placed, [None, *placed], strict=False):
        if place.rough.kind == "heading":
            title = _heading(place.rough)
            level = place.rough.depth or levels.level(place.rough.text, place.rough.level)
            opened.append(
                Section(number=title.number, title=title.words, level=level, start=place.start, end=place.end)
            )
            has_abstract = has_abstract or place.rough.is_item
        elif place.rough.kind == "abstract" and not opened and not has_abstract:
            opened.append(Section(title="Abstract", start=place.start, end=place.end))
            has_abstract = True
        elif (
            before
            and before.rough.kind in ("abstract", "keywords")
            and place.rough.kind == "prose"
            and len(opened) == 1
        ):
            opened.append(Section(title="Main text", start=place.start, end=place.end))
    return opened


def _heading(rough: Rough) -> Title:
    """A heading's number and words: as the file tells them, else as they are printed."""
    if rough.depth and rough.label:
        return Title(rough.label, rough.text[rough.lead :])
    return split_heading(rough.text)


def _around_references(sections: Sequence[Section], placed: Sequence[_Placed]) -> list[Section]:
    """The bibliography's section reaches to its last entry, around the statements that interrupt it."""
    entries = [p.end for p in placed if p.rough.kind == "reference"]
    if not entries:
        return list(sections)
    at = next((i for i in range(len(sections) - 1, -1, -1) if is_bibliography(sections[i].title)), None)
    return [s.model_copy(update={"end": max(s.end, entries[-1])}) if i == at else s for i, s in enumerate(sections)]


def _blocks(placed: Sequence[_Placed], sections: Sequence[Section]) -> tuple[Block, ...]:
    return tuple(
        Block(kind=p.rough.kind, start=p.start, end=p.end, section=_innermost(p, sections), page=p.rough.page)
        for p in placed
    )


def _innermost(place: _Placed, sections: Sequence[Section]) -> int | None:
    holding = [i for i, s in enumerate(sections) if s.start <= place.start and place.end <= s.end]
    return min(holding, key=lambda i: (sections[i].end - sections[i].start, -i), default=None)


def _sentences(placed: Sequence[_Placed]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for index, place in enumerate(placed):
        if place.rough.kind in _SPOKEN:
            lead, text = place.rough.lead, place.rough.text
            spans = [(a + lead, b + lead) for a, b in sentences(text[lead:])]
            spans = with_markers(text, spans, place.rough.marks)
            start, rough = place.start, place.rough
            found += [Sentence(start=start + a, end=start + b, block=index, page=_page(rough, a)) for a, b in spans]
    return tuple(found)


def _page(rough: Rough, at: int) -> int | None:
    """The page on which a place in a block's text stands."""
    return next((page for start, page in reversed(rough.turns) if start <= at), rough.page)


def _tables(placed: Sequence[_Placed]) -> tuple[Table, ...]:
    return tuple(
        _table(p, _caption(placed, i)) for i, p in enumerate(placed) if p.rough.kind == "table" and p.rough.rows
    )


def _caption(placed: Sequence[_Placed], at: int) -> _Placed | None:
    near = [placed[j] for j in (at - 1, at + 1) if 0 <= j < len(placed)]
    return next((p for p in near if p.rough.kind == "caption" and p.rough.label == placed[at].rough.label), None)


def _table(place: _Placed, caption: _Placed | None) -> Table:
    rough = place.rough
    return Table(
        label=rough.label,
        caption=caption.rough.text[caption.rough.lead :] if caption else "",
        columns=rough.rows[0],
        rows=body_rows(rough.rows, rough.text, place.start, rough.spanned),
        start=min(place.start, caption.start if caption else place.start),
        end=max(place.end, caption.end if caption else place.end),
    )


def _figures(placed: Sequence[_Placed]) -> tuple[Figure, ...]:
    captions = [p for p in placed if p.rough.kind == "caption" and not p.rough.label.startswith("Table")]
    return tuple(
        Figure(label=p.rough.label, caption=p.rough.text[p.rough.lead :], start=p.start, end=p.end) for p in captions
    )


def _references(placed: Sequence[_Placed], document: str) -> tuple[tuple[Reference, ...], list[str]]:
    entries = [p for p in placed if p.rough.kind == "reference"]
    is_numbered = any(p.rough.number for p in entries)
    found = [
        _entry(p.rough, p.rough.number if is_numbered else count).model_copy(
            update={"document": document, "start": p.end - len(p.rough.text) + p.rough.lead, "end": p.end}
        )
        for count, p in enumerate(entries, start=1)
    ]
    notices = ["the bibliography prints no numbers: its entries are numbered in printed order"]
    return tuple(found), notices if entries and not is_numbered else []


def _entry(rough: Rough, number: int) -> Reference:
    return rough.entry.model_copy(update={"number": number}) if rough.entry else reference(number, rough.raw)


def _marks(placed: Sequence[_Placed]) -> list[tuple[Mark, Where]]:
    """The markers that the file tells, with their places in the text."""
    return [
        (replace(m, start=m.start + p.start, end=m.end + p.start), _WHERE.get(p.rough.kind, "text"))
        for p in placed
        for m in p.rough.marks
    ]


def _regions(placed: Sequence[_Placed], tables: Sequence[Table], text: str) -> list[Region]:
    regions: list[Region] = []
    for place in placed:
        if place.rough.kind in ("abstract", "prose"):
            regions.append(Region(place.start, place.end, "text"))
        elif place.rough.kind in ("caption", "note"):
            regions.append(Region(place.start + place.rough.lead, place.end, "caption"))
    bodies = [p for p in placed if p.rough.kind == "table" and p.rough.rows]
    for index, (place, table) in enumerate(zip(bodies, tables, strict=True)):
        regions += [*_heads(index, place), *_cells(index, table, text)]
    return regions


def _heads(index: int, place: _Placed) -> list[Region]:
    regions: list[Region] = []
    at = place.start
    for column, cell in enumerate(place.rough.text.split("\n", 1)[0].split("\t")):
        regions.append(Region(at, at + len(cell), "table", column=(index, column), is_head=True))
        at += len(cell) + 1
    return [region for region in regions if region.start < region.end]


def _cells(index: int, table: Table, text: str) -> list[Region]:
    columns = table.columns
    return [
        Region(start, end, "table", is_column=may_cite(columns[column]), column=(index, column))
        for row in table.rows
        for column, start, end in cell_spans(row, text, len(columns))
        if start < end
    ]
