"""Make a document of a tagged text: its own links bind its markers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evqa.model import Document, Reference, Source
from ingest.assembly import document_from
from ingest.document import Metadata, document_of
from ingest.jats.line import line_of
from ingest.jats.table import table_block
from ingest.markers.marking import Entries, marked
from ingest.structure.draft import DraftBlock
from ingest.structure.floats import labelled, with_captions, with_notes
from ingest.structure.front import (
    Front,
    front_matter,
    is_formal,
    is_sentences,
    own_doi,
    printed_license,
    printed_year,
)
from ingest.structure.headings import is_abstract, is_abstract_part
from ingest.structure.joining import Vocabulary
from ingest.structure.piece import Piece
from ingest.structure.unmarked import with_headings
from ingest.tagged.elements import merge_raised
from ingest.tagged.listing import Listed, listing
from ingest.tagged.parts import Part, TaggedText, Told
from ingest.tagged.pieces import piece_of
from ingest.tagged.works import WorkFinder, by_print

_ONE_NUMBER = re.compile(r"[(\[]?(\d{1,4})[)\]]?")


def document_from_tags(text: TaggedText, source: Source) -> Document:
    """Make a document of a tagged text.

    Where it links to no entry and marks none, markers and bibliography are read as printed.
    """
    for part in text.parts:
        merge_raised(part.element)
    parts = _with_labels([part for part in text.parts if "".join(part.element.itertext()).strip()])
    pieces = with_headings([piece_of(part) for part in parts])
    listed = listing(parts, pieces) if any(p.kind == "entry" or _cites(p) for p in parts) else []
    found = _linked(text, parts, pieces, listed, source) if listed else document_from(pieces, source)
    told = {} if listed else _told(text.told)
    integrity = found.integrity.model_copy(update={"warnings": (*text.notices, *found.integrity.warnings)})
    return found.model_copy(update={**told, "integrity": integrity})


def _cites(part: Part) -> bool:
    return part.element.find(".//xref") is not None


def _told(told: Told) -> dict[str, object]:
    known = {"title": told.title, "author": told.author, "year": told.year, "DOI": told.doi, "keywords": told.keywords}
    return {name: value for name, value in known.items() if value}


def _with_labels(parts: Sequence[Part]) -> list[Part]:
    """Join a label alone, "Table 1.", and the paragraph after it to a caption."""
    result: list[Part] = []
    for part in parts:
        before = result[-1] if result else None
        if before and _is_label(before) and part.kind in ("paragraph", "caption"):
            part.element.text = f"{line_of(before.element).text} {part.element.text or ''}"
            result[-1] = replace(part, kind="caption")
        else:
            result.append(part)
    return result


def _is_label(part: Part) -> bool:
    if part.kind not in ("heading", "paragraph", "caption"):
        return False
    words = line_of(part.element).text
    found = labelled(words) if len(words) <= 20 else None
    return found is not None and found[1] >= len(words)


def _linked(
    text: TaggedText, parts: Sequence[Part], pieces: Sequence[Piece], listed: Sequence[Listed], source: Source
) -> Document:
    first = listed[0].at
    read = {one.number: one.read() for one in listed}
    works = _works(text, parts, listed, read)
    entries = _entries(parts, listed, works)
    front = _front(parts, pieces[: _before_heading(pieces, first)], entries)
    described = {number: text.works[target] for target, number in works.items()}
    by_place = {one.at: one for one in listed}
    blocks: list[DraftBlock] = []
    for at in range(front.end, len(parts)):
        if at in by_place:
            one = by_place[at]
            blocks.append(_entry_block(one, read[one.number], described.get(one.number)))
        else:
            blocks += _blocks(parts[at], pieces[at], entries)
    drafts = [*front.blocks, *with_notes(with_captions(blocks))]
    return document_of(drafts, _metadata(front, text.told, drafts, source), source)


def _front(parts: Sequence[Part], pieces: Sequence[Piece], entries: Entries) -> Front:
    """Read the front matter. It ends before the first part that cites, unless that opens the abstract or a part of it.

    Some articles have no heading between abstract and text; only few abstracts cite.
    """
    front = front_matter(pieces, Vocabulary(""))
    for at in range(1, front.end):
        if _cites_entry(parts[at], entries) and not _opens_abstract(pieces[at - 1]):
            return front_matter(pieces[:at], Vocabulary(""))
    return front


def _cites_entry(part: Part, entries: Entries) -> bool:
    links = list(part.element.iter("xref"))
    names = (name for link in links for name in (link.get("rid") or "").split())
    return any(link.get("ref-type") == "bibr" for link in links) or any(name in entries.by_id for name in names)


def _opens_abstract(piece: Piece) -> bool:
    text = piece.whole.canonical
    return piece.kind == "heading" and (is_abstract(text) or is_abstract_part(text))


def _before_heading(pieces: Sequence[Piece], first: int) -> int:
    return first - 1 if first and pieces[first - 1].kind == "heading" else first


def _works(
    text: TaggedText, parts: Sequence[Part], listed: Sequence[Listed], read: Mapping[int, Reference]
) -> dict[str, int]:
    """Return the entry's number for each work that the file describes and the bibliography prints."""
    if not text.works:
        return {}
    finder = WorkFinder(listed, read)
    found = {target: number for target, work in text.works.items() if (number := finder.find(work))}
    printed = {one.number for one in listed if one.is_numbered}
    # A number that is printed counts more than author, year and page, which two works may share.
    sure = {target: number for target, number in found.items() if finder.is_sure(text.works[target], number)}
    shown = (
        (target, number)
        for target, number in _alone(parts)
        if number in printed and target in text.works and finder.may_be(text.works[target], number)
    )
    return {**found, **by_print(shown, sure)}


def _alone(parts: Sequence[Part]) -> Iterator[tuple[str, int]]:
    """Yield target and printed number of the links that name one work and print one number."""
    for part in parts:
        for link in part.element.iter("xref"):
            target, words = link.get("rid") or "", "".join(link.itertext()).strip()
            if target and " " not in target and (one := _ONE_NUMBER.fullmatch(words)):
                yield target, int(one[1])


def _entries(parts: Sequence[Part], listed: Sequence[Listed], works: Mapping[str, int]) -> Entries:
    by_id = {name: one.number for one in listed for name in one.ids} | dict(works)
    others = {name for part in parts for name in part.ids if name not in by_id}
    return Entries(by_id, {one.number: one.number for one in listed}, others)


def _entry_block(one: Listed, read: Reference, work: Reference | None) -> DraftBlock:
    lead = f"{one.number}. " if one.is_numbered else ""
    entry = _completed(work, read) if work else read
    number = one.number if one.is_numbered else 0
    return DraftBlock("reference", lead + read.raw, one.printed, number=number, lead=len(lead), entry=entry)


def _completed(work: Reference, read: Reference) -> Reference:
    """Return what the file says of a work; what it leaves out is as printed."""
    told = {name: value for name in Reference.model_fields if (value := getattr(work, name))}
    url = work.URL or (f"https://doi.org/{work.DOI}" if work.DOI else read.URL)
    return read.model_copy(update={**told, "number": read.number, "raw": read.raw, "URL": url})


def _blocks(part: Part, piece: Piece, entries: Entries) -> list[DraftBlock]:
    if part.kind == "table":
        block = table_block(part.element, "", entries)
        return [block] if block else []
    text, marks = marked(line_of(part.element), entries)
    if not text:
        return []
    if piece.kind == "heading":
        return [DraftBlock("heading", text, piece.whole, level=piece.level, marks=marks)]
    if part.kind == "caption":
        label, lead = labelled(text) or ("Figure", 0)
        return [DraftBlock("caption", text, piece.whole, label=label, lead=lead, marks=marks)]
    if part.kind == "note":
        return [DraftBlock("note", text, piece.whole, marks=marks)]
    return [DraftBlock("prose", text, piece.whole, marks=marks, is_item=part.kind == "item")]


def _metadata(front: Front, told: Told, drafts: Sequence[DraftBlock], source: Source) -> Metadata:
    heads = [block.printed.with_addresses() for block in front.blocks if block.kind == "front"]
    around = "\n".join(heads)
    # The years in running text are those of cited works.
    dated = "\n".join(
        block.printed.with_addresses()
        for block in front.blocks
        if block.kind == "front" and (is_formal(block.printed) or not is_sentences(block.printed))
    )
    prose = "\n".join(block.printed.with_addresses() for block in drafts if block.kind == "prose")
    return Metadata(
        title=told.title or front.title or Path(source.name).stem,
        author=told.author or front.author,
        year=told.year or printed_year(dated),
        doi=told.doi or own_doi(heads),
        license=printed_license(around) or printed_license(prose),
        keywords=told.keywords or front.keywords,
    )
