"""Reader of Markdown and plain text, as extraction from PDF leaves it or as people write it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evqa.model import Document, Source
from ingest.document import Metadata, document_of
from ingest.markdown.decode import decoded
from ingest.markdown.dialects import as_markdown
from ingest.markup.inline import plain
from ingest.structure.bibliography import Entry, bibliography_start, entries
from ingest.structure.bylines import with_bylines_apart
from ingest.structure.floats import table_block, with_captions, with_notes
from ingest.structure.front import Front, front_matter, own_doi, printed_license, printed_year
from ingest.structure.joining import Vocabulary, glued
from ingest.structure.layout import Piece, pieces
from ingest.structure.rough import Rough
from ingest.structure.unmarked import with_headings

_LONGEST_FOOT = 60
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*", re.IGNORECASE)


def read_markdown(data: bytes, source: Source) -> Document:
    """The document in a Markdown file. Raises InputError if the bytes aren't text."""
    return document_from(pieces(as_markdown(decoded(data, source.name))), source)


def read_plain(data: bytes, source: Source) -> Document:
    """The document in a plain text file; it may hold Markdown. Raises InputError if the bytes aren't text."""
    return read_markdown(data, source)


def document_from(parts: Sequence[Piece], source: Source) -> Document:
    """The document that pieces of any text format make."""
    parts = with_bylines_apart(with_headings([p for p in parts if not _is_page_number(p)]))
    vocabulary = Vocabulary("\n".join(p.raw for p in parts))
    cut = bibliography_start(parts)
    main, listed = (parts, []) if cut is None else (parts[:cut], parts[cut:])
    front = front_matter(main, vocabulary)
    body = _body(main[front.end :], vocabulary)
    rough = [*glued(front.blocks, vocabulary), *body, *_bibliography(listed, vocabulary)]
    return document_of(rough, _metadata(front, rough, source), source)


def _is_page_number(piece: Piece) -> bool:
    return piece.kind == "paragraph" and len(piece.lines) == 1 and bool(_PAGE_NUMBER.fullmatch(piece.lines[0][:40]))


def _body(parts: Sequence[Piece], vocabulary: Vocabulary) -> list[Rough]:
    blocks = [block for block in (_block(p, vocabulary) for p in parts) if block.text]
    return glued(with_notes(with_captions(blocks)), vocabulary)


def _block(piece: Piece, vocabulary: Vocabulary) -> Rough:
    if piece.kind == "table":
        return table_block(piece)
    text = plain(vocabulary.joined(piece.lines))
    if piece.kind == "heading":
        return Rough("heading", text, raw=piece.raw, level=piece.level, page=piece.page)
    return Rough("prose", text, raw=piece.raw, page=piece.page, is_item=piece.kind == "item", is_rest=piece.is_rest)


def _bibliography(parts: Sequence[Piece], vocabulary: Vocabulary) -> list[Rough]:
    """Heading, entries and what interrupts them, in printed order."""
    if not parts:
        return []
    is_headed = parts[0].kind == "heading" or not _is_entry(parts[0])
    heading = [replace(_block(parts[0], vocabulary), kind="heading", level=parts[0].level or 1)] if is_headed else []
    blocks: list[Rough] = [*heading]
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


def _entry(part: Entry, vocabulary: Vocabulary) -> Rough:
    raw = vocabulary.joined(part.raw.split("\n"))
    number = f"{part.number}. " if part.number else ""
    text = number + plain(raw)
    return Rough("reference", text, raw=raw, number=part.number, lead=len(number), page=part.page)


def _metadata(front: Front, rough: Sequence[Rough], source: Source) -> Metadata:
    around = "\n".join(b.raw for b in front.blocks if b.kind == "front")
    # Print sets dates and DOI at the foot of the first page too, amid the text.
    foot = [b.raw for b in rough if b.kind == "prose" and b.page == 1 and len(b.raw.split()) <= _LONGEST_FOOT]
    everywhere = around + "\n" + "\n".join(b.raw for b in rough if b.kind == "prose")
    return Metadata(
        title=front.title or Path(source.name).stem,
        author=front.author,
        year=printed_year(around) or printed_year("\n".join(foot)),
        doi=own_doi([*(b.raw for b in front.blocks if b.kind == "front"), *foot]),
        license=printed_license(around) or printed_license(everywhere),
        keywords=front.keywords,
    )
