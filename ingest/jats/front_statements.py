"""Statements that a JATS file keeps with the title page and print sets at the end: funding, interests, data."""

import re
from collections.abc import Collection

from evqa.language.words import squeeze
from ingest.jats.body import BlockBuilder
from ingest.jats.line import line_of
from ingest.jats.statements import awards, heading_of, usual_heading
from ingest.jats.xml import Element
from ingest.markers.marking import LinkedText

_FUNDING = re.compile(r"\bfund|\bfinanc|\bgrants?\b|\bsupport\b", re.IGNORECASE)


def add_statements(walk: BlockBuilder, article: Element) -> None:
    """Add these statements as sections at the end, those that the text doesn't print already.

    Grants that are only tagged become a line, if no section is about funding.
    """
    meta = article.find("front/article-meta")
    if meta is None:
        return
    printed = {squeeze(block.text) for block in walk.blocks}
    funding = [e for e in meta.iterfind("funding-group/funding-statement") if not _is_in(printed, e)]
    for place, statement in enumerate(funding):
        walk.statement(statement, "" if place else "Funding", 0)
    for note in meta.iterfind("author-notes/fn"):
        if (usual := usual_heading(note)) and not _is_in(printed, note):
            walk.statement(note, heading_of(note, usual), 0)
    for notes in article.iterfind("front/notes"):
        if notes.find("title") is not None:
            walk.section(notes, 0)
        else:
            walk.front("Notes", line_of(notes))
    if not any(block.kind == "heading" and _FUNDING.search(block.text) for block in walk.blocks):
        listed = [line for line in awards(meta) if squeeze(line.text) not in printed]
        walk.front("Funding", LinkedText("; ".join(line.text for line in listed)))


def _is_in(printed: Collection[str], statement: Element) -> bool:
    return squeeze(line_of(statement).text) in printed
