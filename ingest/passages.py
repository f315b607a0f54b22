"""Cut a document into passages: what is indexed and returned."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256

from evqa.language.expansion import Abbreviations
from evqa.model import Block, Citation, Document, Heading, Home, Passage, PassageKind, Reference, Statement, Table
from ingest.markers.carry import carried
from ingest.structure.headings import is_statement
from ingest.structure.tablecells import is_reference_column

_KINDS: dict[str, PassageKind] = {
    "abstract": "abstract",
    "prose": "prose",
    "caption": "caption",
    "note": "caption",
    "front": "front",
}
# Of these kinds a block of up to so many characters is one passage.
_WHOLE, _LONGEST_WHOLE = ("caption", "front"), 600
# What people call a line of front matter, where its name has other words.
TITLE = "Title"
_CALLED = {
    TITLE: "Title of this article, what it is called",
    "Authors": "Authors who wrote this article",
    "Correspondence": "Corresponding author, e-mail address",
    "Affiliations": "Institutions of the authors",
    "History": "Dates of the manuscript",
    "Licence": "Licence, terms of use",
}


def passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages in printed order.

    They are the title, lines of front matter that have a name, sentences of abstract and prose, table rows, captions,
    entries. A caption, table note or line of front matter of up to 600 characters is one passage, a longer one is cut
    into sentences. `indexed` is the text without markers and with abbreviations written out. Front matter and
    statements such as on funding follow their heading, the title is indexed by that alone; in a row, each cell follows
    its column's name; an entry gives title, authors, container and year.
    """
    maker = _Maker(document)
    found = [*maker.of_title(), *maker.of_blocks(), *maker.of_tables(), *maker.of_references()]
    return tuple(sorted(found, key=lambda p: (p.start, p.end)))


class _Maker:
    def __init__(self, document: Document) -> None:
        self._document = document
        link = document.library.link if document.library else None
        self._home = Home(
            id=document.id, title=document.title, kind=document.kind, reference=document.reference, link=link
        )
        self._citations = sorted(document.citations, key=lambda c: c.start)
        self._starts = [c.start for c in self._citations]
        self._labels = _labels(document)
        self._abbreviations = Abbreviations(document.abbreviations)
        self._pages = {sentence.start: sentence.page for sentence in document.sentences}

    def of_title(self) -> Iterator[Passage]:
        """The printed title. It is indexed by what it is, not by its words, which would be near to every question."""
        block = next((block for block in self._document.blocks if block.kind == "title"), None)
        if block and block.start < block.end:
            titled = block.model_copy(update={"name": TITLE})
            yield self._passage("front", [Statement(start=block.start, end=block.end)], titled, indexed=_CALLED[TITLE])

    def of_blocks(self) -> Iterator[Passage]:
        """Passages of abstract, prose, captions and notes."""
        by_block: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for sentence in self._document.sentences:
            by_block[sentence.block].append((sentence.start, sentence.end))
        for index, spans in by_block.items():
            block = self._document.blocks[index]
            statements = self._statements(spans)
            kind = _KINDS[block.kind]
            is_one = kind in _WHOLE and spans[-1][1] - spans[0][0] <= _LONGEST_WHOLE
            for group in [statements] if is_one else [[s] for s in statements]:
                indexed = self._headed(block, group)
                yield self._passage(kind, group, block, label=self._labels.get(index), indexed=indexed)

    def _headed(self, block: Block, statements: Sequence[Statement]) -> str | None:
        """What is indexed of front matter or a statement such as on funding: what it is called, and its text.

        None for other text. A statement often doesn't say what it states: "None declared."
        """
        heading = self._heading(block)
        if heading is None or not (block.name or (block.kind == "prose" and is_statement(heading.title))):
            return None
        text = self._without_markers(statements[0].start, statements[-1].end)
        return f"{_CALLED.get(heading.title, heading.title)}: {text}"

    def _statements(self, spans: Sequence[tuple[int, int]]) -> list[Statement]:
        direct = [self._numbers(*span) for span in spans]
        owed = carried([self._document.text[slice(*span)] for span in spans], direct)
        return [
            Statement(start=span[0], end=span[1], references=d, carried=c)
            for span, d, c in zip(spans, direct, owed, strict=True)
        ]

    def of_tables(self) -> Iterator[Passage]:
        """One passage a row."""
        for table in self._document.tables:
            block = _block_at(self._document.blocks, table)
            for row in table.rows:
                statement = Statement(start=row.start, end=row.end, references=self._numbers(row.start, row.end))
                indexed = _named_cells(table.columns, row.cells)
                yield self._passage("table_row", [statement], block, label=table.label, indexed=indexed)

    def of_references(self) -> Iterator[Passage]:
        """One passage a bibliography entry."""
        blocks = {block.end: block for block in self._document.blocks}
        for reference in self._document.references:
            if reference.start is None or reference.end is None:
                continue
            statement = Statement(start=reference.start, end=reference.end, references=(reference.number,))
            block = blocks.get(reference.end)
            yield self._passage("reference", [statement], block, indexed=_described(reference))

    def _passage(
        self,
        kind: PassageKind,
        statements: Sequence[Statement],
        block: Block | None,
        label: str | None = None,
        indexed: str | None = None,
    ) -> Passage:
        start, end = statements[0].start, statements[-1].end
        text = self._document.text[start:end]
        return Passage(
            id=_id(self._document.id, start, end, text),
            kind=kind,
            document=self._home,
            section=self._heading(block),
            page=self._pages.get(start, block.page if block else None),
            start=start,
            end=end,
            text=text,
            sentences=tuple(statements),
            references=tuple(dict.fromkeys(n for s in statements for n in s.references)),
            label=label,
            indexed=self._abbreviations.written_out(self._without_markers(start, end) if indexed is None else indexed),
        )

    def _heading(self, block: Block | None) -> Heading | None:
        if block and block.name:
            return Heading(title=block.name)
        if block is None or block.section is None:
            return None
        section = self._document.sections[block.section]
        return Heading(number=section.number, title=section.title)

    def _within(self, start: int, end: int) -> list[Citation]:
        return self._citations[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _numbers(self, start: int, end: int) -> tuple[int, ...]:
        return tuple(dict.fromkeys(n for c in self._within(start, end) for n in c.references))

    def _without_markers(self, start: int, end: int) -> str:
        parts: list[str] = []
        at = start
        for citation in self._within(start, end):
            if citation.marker[:1] in "([" or not citation.marker[:1].isalpha():
                parts.append(self._document.text[at : citation.start])
                at = citation.end
        text = " ".join("".join([*parts, self._document.text[at:end]]).split())
        return re.sub(r"\s+(?=[.,;:])", "", text)


def _labels(document: Document) -> dict[int, str]:
    """Map caption and note blocks to the label of their table or figure."""
    spans = [(t.start, t.end, t.label) for t in document.tables] + [(f.start, f.end, f.label) for f in document.figures]
    found: dict[int, str] = {}
    for i, block in enumerate(document.blocks):
        if block.kind in ("caption", "note"):
            inside = [label for start, end, label in spans if start <= block.start and block.end <= end]
            before = [(start, label) for start, _, label in spans if start <= block.start]
            if inside or before:
                found[i] = inside[0] if inside else max(before)[1]
    return found


def _block_at(blocks: Sequence[Block], table: Table) -> Block | None:
    return next((b for b in blocks if b.kind == "table" and table.start <= b.start < table.end), None)


def _named_cells(columns: Sequence[str], cells: Sequence[str]) -> str:
    named = [
        f"{column}: {cell}" if column else cell
        for column, cell in zip(columns, cells, strict=False)
        if cell and not is_reference_column(column)
    ]
    return "; ".join(named)


def _described(reference: Reference) -> str:
    names = [n.literal or " ".join(filter(None, (n.family, n.given))) for n in reference.author]
    parts = [reference.title, ", ".join(names), reference.container_title, str(reference.year or "")]
    return ". ".join(p for p in parts if p) if reference.title else reference.raw


def _id(document: str, start: int, end: int, text: str) -> str:
    return "p-" + sha256(f"{document}|{start}|{end}|{text}".encode()).hexdigest()[:16]
