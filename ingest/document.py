"""Turn blocks in printed order into a document: canonical text, offsets, sections, sentences, citations."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evqa.language.abbreviations import find_abbreviations
from evqa.language.unreadable import unreadable_spans
from evqa.model import (
    Block,
    Document,
    Figure,
    Genre,
    Name,
    Reference,
    Section,
    Sentence,
    Source,
    Table,
    Unreadable,
    Where,
)
from ingest.entries.csl import reference
from ingest.integrity import doubts, examine
from ingest.markers.citations import bind, front_lookalikes
from ingest.markers.linked import both_citations, contradictions, disagreements, linked_citations, with_markers
from ingest.markers.styles import Region
from ingest.structure.draft import DraftBlock, LinkedMarker
from ingest.structure.genre import genre_of, printed_genre
from ingest.structure.headings import Levels, Title, is_bibliography, split_heading
from ingest.structure.sentences import lines, sentences
from ingest.structure.tablecells import body_rows, cell_spans, may_cite

_GAP = "\n\n"
_SPOKEN = ("abstract", "prose", "caption", "note")
_WHERE: dict[str, Where] = {"table": "table", "caption": "caption", "note": "caption"}


@dataclass(frozen=True)
class Metadata:
    """What the title page says. `genre`: the kind of article that the file itself names."""

    title: str
    author: tuple[Name, ...] = ()
    year: int | None = None
    doi: str | None = None
    license: str | None = None
    keywords: tuple[str, ...] = ()
    genre: Genre | None = None


# Where abbreviations are defined; titles in a bibliography define others.
_DEFINING = frozenset({"abstract", "prose", "caption", "note"})


@dataclass(frozen=True)
class _Placed:
    draft: DraftBlock
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.draft.text)


def document_of(
    drafts: Sequence[DraftBlock], metadata: Metadata, source: Source, *, is_print_first: bool = False
) -> Document:
    """Make the document that these blocks hold. Its id comes from the file's hash.

    `is_print_first`: the file is a printed one that may link its markers; what is printed counts where they disagree.
    """
    placed = _placed([block for block in drafts if block.text])
    text = _GAP.join(p.draft.text for p in placed)
    sections = _sections(placed)
    blocks = _blocks(placed, sections)
    spoken = _sentences(placed)
    tables, figures = _tables(placed), _figures(placed)
    references, notices = _references(placed, f"d-{source.sha256[:12]}")
    bound = bind(text, _regions(placed, tables, text), spoken, references)
    marks = _marks(placed)
    if marks and is_print_first:
        notices += [*disagreements(text, marks), *contradictions(text, marks, bound)]
        bound = both_citations(text, marks, spoken, bound, references)
    elif marks:
        notices += contradictions(text, marks, bound)
        bound = linked_citations(text, marks, spoken, bound)
    rejected = [*front_lookalikes(text, [(p.start, p.end) for p in placed if p.draft.kind == "front"]), *bound.rejected]
    report = examine(references, bound.citations, bound.unresolved, tables, [*notices, *doubts(bound.doubtful)])
    return Document(
        id=f"d-{source.sha256[:12]}",
        title=metadata.title,
        genre=_genre(placed, metadata),
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
        abbreviations=find_abbreviations("\n".join(p.draft.text for p in placed if p.draft.kind in _DEFINING)),
        integrity=report.model_copy(update={"unreadable": _unreadable(placed)}),
    )


def _genre(placed: Sequence[_Placed], metadata: Metadata) -> Genre | None:
    texts = {kind: [p.draft.text for p in placed if p.draft.kind == kind] for kind in ("front", "abstract", "heading")}
    headings = [split_heading(text).words for text in texts["heading"]]
    told = metadata.genre or printed_genre(line for text in texts["front"] for line in text.split("\n"))
    cites = any(p.draft.kind == "reference" for p in placed)
    return genre_of(metadata.title, "\n".join(texts["abstract"]), headings, told, cites)


def _placed(drafts: Sequence[DraftBlock]) -> list[_Placed]:
    placed: list[_Placed] = []
    at = 0
    for block in drafts:
        placed.append(_Placed(block, at))
        at += len(block.text) + len(_GAP)
    return placed


def _unreadable(placed: Sequence[_Placed]) -> tuple[Unreadable, ...]:
    return tuple(
        Unreadable(start=p.start + start, end=p.start + end, page=_page(p.draft, start))
        for p in placed
        for start, end in unreadable_spans(p.draft.text)
    )


def _sections(placed: Sequence[_Placed]) -> tuple[Section, ...]:
    opened = _opened(placed)
    starts = [p.start for p in placed]
    closed: list[Section] = []
    for i, section in enumerate(opened):
        following = next((s.start for s in opened[i + 1 :] if s.level <= section.level), None)
        stop = len(placed) if following is None else bisect_left(starts, following)
        held = placed[bisect_left(starts, section.start) : stop]
        own = [p for p in held if p.draft.kind != "reference" or is_bibliography(section.title)]
        closed.append(section.model_copy(update={"end": own[-1].end}))
    return tuple(_around_references(closed, placed))


def _opened(placed: Sequence[_Placed]) -> list[Section]:
    """List the sections with their starts; each still ends where its heading does."""
    body = [p.draft.level for p in placed if p.draft.kind == "heading" and p.draft.level]
    levels = Levels(min(body, default=1))
    opened: list[Section] = []
    has_abstract = False
    for place, before in zip(placed, [None, *placed], strict=False):
        if place.draft.kind == "heading":
            title = _heading(place.draft)
            level = place.draft.depth or levels.level(place.draft.text, place.draft.level)
            opened.append(
                Section(number=title.number, title=title.words, level=level, start=place.start, end=place.end)
            )
            has_abstract = has_abstract or place.draft.is_item
        elif place.draft.kind == "abstract" and not opened and not has_abstract:
            opened.append(Section(title="Abstract", start=place.start, end=place.end))
            has_abstract = True
        elif (
            before
            and before.draft.kind in ("abstract", "keywords")
            and place.draft.kind == "prose"
            and len(opened) == 1
        ):
            opened.append(Section(title="Main text", start=place.start, end=place.end))
    return opened


def _heading(draft: DraftBlock) -> Title:
    """Split a heading into number and words, by the file's own markup or as printed."""
    if draft.depth and draft.label:
        return Title(draft.label, draft.text[draft.lead :])
    return split_heading(draft.text)


def _around_references(sections: Sequence[Section], placed: Sequence[_Placed]) -> list[Section]:
    """Extend the bibliography's section to its last entry, over statements that interrupt it."""
    entries = [p.end for p in placed if p.draft.kind == "reference"]
    if not entries:
        return list(sections)
    at = next((i for i in range(len(sections) - 1, -1, -1) if is_bibliography(sections[i].title)), None)
    return [s.model_copy(update={"end": max(s.end, entries[-1])}) if i == at else s for i, s in enumerate(sections)]


def _blocks(placed: Sequence[_Placed], sections: Sequence[Section]) -> tuple[Block, ...]:
    return tuple(
        Block(
            kind=p.draft.kind,
            start=p.start,
            end=p.end,
            section=_innermost(p, sections),
            page=p.draft.page,
            name=p.draft.name,
        )
        for p in placed
    )


def _innermost(place: _Placed, sections: Sequence[Section]) -> int | None:
    holding = [i for i, s in enumerate(sections) if s.start <= place.start and place.end <= s.end]
    return min(holding, key=lambda i: (sections[i].end - sections[i].start, -i), default=None)


def _sentences(placed: Sequence[_Placed]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for index, place in enumerate(placed):
        if place.draft.kind in _SPOKEN:
            lead, text = place.draft.lead, place.draft.text
            spans = [(a + lead, b + lead) for a, b in sentences(text[lead:])]
            spans = with_markers(text, spans, place.draft.marks)
            start, draft = place.start, place.draft
            found += [Sentence(start=start + a, end=start + b, block=index, page=_page(draft, a)) for a, b in spans]
        elif place.draft.name:
            spans = [(place.start + a, place.start + b) for a, b in lines(place.draft.text)]
            found += [Sentence(start=a, end=b, block=index, page=place.draft.page) for a, b in spans]
    return tuple(found)


def _page(draft: DraftBlock, at: int) -> int | None:
    """Return the page that holds an offset of a block's text."""
    return next((page for start, page in reversed(draft.turns) if start <= at), draft.page)


def _tables(placed: Sequence[_Placed]) -> tuple[Table, ...]:
    return tuple(
        _table(p, _caption(placed, i)) for i, p in enumerate(placed) if p.draft.kind == "table" and p.draft.rows
    )


def _caption(placed: Sequence[_Placed], at: int) -> _Placed | None:
    near = [placed[j] for j in (at - 1, at + 1) if 0 <= j < len(placed)]
    return next((p for p in near if p.draft.kind == "caption" and p.draft.label == placed[at].draft.label), None)


def _table(place: _Placed, caption: _Placed | None) -> Table:
    draft = place.draft
    return Table(
        label=draft.label,
        caption=caption.draft.text[caption.draft.lead :] if caption else "",
        columns=draft.rows[0],
        rows=body_rows(draft.rows, draft.text, place.start, draft.spanned),
        start=min(place.start, caption.start if caption else place.start),
        end=max(place.end, caption.end if caption else place.end),
    )


def _figures(placed: Sequence[_Placed]) -> tuple[Figure, ...]:
    captions = [p for p in placed if p.draft.kind == "caption" and not p.draft.label.startswith("Table")]
    return tuple(
        Figure(label=p.draft.label, caption=p.draft.text[p.draft.lead :], start=p.start, end=p.end) for p in captions
    )


def _references(placed: Sequence[_Placed], document: str) -> tuple[tuple[Reference, ...], list[str]]:
    entries = [p for p in placed if p.draft.kind == "reference"]
    is_numbered = any(p.draft.number for p in entries)
    found = [
        _entry(p.draft, p.draft.number if is_numbered else count).model_copy(
            update={"document": document, "start": p.end - len(p.draft.text) + p.draft.lead, "end": p.end}
        )
        for count, p in enumerate(entries, start=1)
    ]
    notices = ["the bibliography prints no numbers: its entries are numbered in printed order"]
    return tuple(found), notices if entries and not is_numbered else []


def _entry(draft: DraftBlock, number: int) -> Reference:
    return draft.entry.model_copy(update={"number": number}) if draft.entry else reference(number, draft.printed)


def _marks(placed: Sequence[_Placed]) -> list[tuple[LinkedMarker, Where]]:
    """Return the markers that the file links itself, with their offsets in the document's text."""
    return [
        (replace(m, start=m.start + p.start, end=m.end + p.start), _WHERE.get(p.draft.kind, "text"))
        for p in placed
        for m in p.draft.marks
    ]


def _regions(placed: Sequence[_Placed], tables: Sequence[Table], text: str) -> list[Region]:
    regions: list[Region] = []
    for place in placed:
        if place.draft.kind in ("abstract", "prose"):
            regions.append(Region(place.start, place.end, "text"))
        elif place.draft.kind in ("caption", "note"):
            regions.append(Region(place.start + place.draft.lead, place.end, "caption"))
    bodies = [p for p in placed if p.draft.kind == "table" and p.draft.rows]
    for index, (place, table) in enumerate(zip(bodies, tables, strict=True)):
        regions += [*_heads(index, place), *_cells(index, table, text)]
    return regions


def _heads(index: int, place: _Placed) -> list[Region]:
    regions: list[Region] = []
    at = place.start
    for column, cell in enumerate(place.draft.text.split("\n", 1)[0].split("\t")):
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
