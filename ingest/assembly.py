"""Put the pieces of a printed text together to a document, whatever file they come from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evqa.model import Document, Source
from ingest.document import Metadata, document_of
from ingest.markers.following import Place, with_marks
from ingest.structure.bibliography import Entry, bibliography_start, entries
from ingest.structure.bylines import with_bylines_apart
from ingest.structure.draft import DraftBlock
from ingest.structure.floats import table_block, with_captions, with_notes
from ingest.structure.front import Evidence, Front, front_matter, own_doi, printed_license, printed_year
from ingest.structure.joining import Vocabulary, glued
from ingest.structure.piece import Piece
from ingest.structure.unmarked import with_headings

_LONGEST_FOOT = 60
_NOTHING_TOLD = Evidence()
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*", re.IGNORECASE)


def document_from(
    parts: Sequence[Piece],
    source: Source,
    places: Mapping[str, Place] | None = None,
    evidence: Evidence = _NOTHING_TOLD,
) -> Document:
    """Make a document of the pieces that a reader of Markdown, plain text or PDF found, in printed order.

    `places`: where the links of the file lead, by their addresses. `evidence`: what its own fields say.
    """
    parts = with_bylines_apart(with_headings([p for p in parts if not _is_page_number(p)]))
    vocabulary = Vocabulary("\n".join(p.text for p in parts))
    cut = bibliography_start(parts)
    main, listed = (parts, []) if cut is None else (parts[:cut], parts[cut:])
    front = front_matter(main, vocabulary, evidence.author)
    body = _body(main[front.end :], vocabulary)
    drafts = [*glued(front.blocks, vocabulary), *body, *_bibliography(listed, vocabulary)]
    metadata = _metadata(front, drafts, source, evidence)
    return document_of(with_marks(drafts, places or {}), metadata, source, is_print_first=True)


def _is_page_number(piece: Piece) -> bool:
    return piece.kind == "paragraph" and len(piece.lines) == 1 and bool(_PAGE_NUMBER.fullmatch(piece.text[:40]))


def _body(parts: Sequence[Piece], vocabulary: Vocabulary) -> list[DraftBlock]:
    blocks = [block for block in (_block(p, vocabulary) for p in parts) if block.text]
    return glued(with_notes(with_captions(blocks)), vocabulary)


def _block(piece: Piece, vocabulary: Vocabulary) -> DraftBlock:
    if piece.kind == "table":
        return table_block(piece)
    text = vocabulary.joined(piece.lines).canonical
    if piece.kind == "heading":
        return DraftBlock("heading", text, level=piece.level, page=piece.page)
    return DraftBlock("prose", text, piece.whole, page=piece.page, is_item=piece.kind == "item", is_rest=piece.is_rest)


def _bibliography(parts: Sequence[Piece], vocabulary: Vocabulary) -> list[DraftBlock]:
    """Return the heading, the entries and the blocks between them, in printed order."""
    if not parts:
        return []
    is_headed = parts[0].kind == "heading" or not _is_entry(parts[0])
    heading = [replace(_block(parts[0], vocabulary), kind="heading", level=parts[0].level or 1)] if is_headed else []
    blocks: list[DraftBlock] = [*heading]
    others: list[Piece] = []
    for part in entries(parts[1:] if is_headed else parts):
        if isinstance(part, Entry):
            blocks += _body(others, vocabulary)
            blocks.append(_entry(part, vocabulary))
            others = []
        else:
            others.append(part)
    return blocks + _body(others, vocabulary)


def _is_entry(piece: Piece) -> bool:
    return any(isinstance(part, Entry) and part.number for part in entries([piece]))


def _entry(part: Entry, vocabulary: Vocabulary) -> DraftBlock:
    printed = vocabulary.joined([line for lines in part.lines for line in lines.lines()])
    number = f"{part.number}. " if part.number else ""
    text = number + printed.canonical
    return DraftBlock("reference", text, printed, number=part.number, lead=len(number), page=part.page)


def _metadata(front: Front, drafts: Sequence[DraftBlock], source: Source, evidence: Evidence) -> Metadata:
    heads = [block.printed.with_addresses() for block in front.blocks if block.kind == "front"]
    around = "\n".join(heads)
    prose = [(block.page, block.printed.with_addresses()) for block in drafts if block.kind == "prose"]
    # Print sets dates and DOI at the foot of the first page too, amid the text.
    foot = [text for page, text in prose if page == 1 and len(text.split()) <= _LONGEST_FOOT]
    return Metadata(
        title=front.title or Path(source.name).stem,
        author=evidence.author or front.author,
        year=evidence.year or printed_year(around) or printed_year("\n".join(foot)),
        doi=evidence.doi or own_doi([*heads, *foot]),
        license=printed_license(around) or printed_license("\n".join([around, *(text for _, text in prose)])),
        keywords=front.keywords,
    )
