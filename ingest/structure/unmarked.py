"""Find headings without markup: lines of their own, numbered, well known, bold or in capitals."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.markup.patterns import YEAR
from ingest.markup.styled import Styled, styled
from ingest.structure.floats import labelled
from ingest.structure.headings import (
    is_abstract,
    is_abstract_part,
    is_back,
    is_bibliography,
    is_keywords,
    split_heading,
)
from ingest.structure.joining import is_finished
from ingest.structure.piece import Piece

_LONGEST = 120
_SHORTEST_PARAGRAPH = 100


def with_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark such lines as headings. In a file without '#', the first short paragraph is the title."""
    marked = sum(piece.kind == "heading" for piece in pieces)
    is_bare = marked < 2
    result = [part for piece in pieces for part in _parts(piece, is_bare=is_bare)]
    result = _with_short_lines(result) if is_bare else result
    if not any(p.level == 1 for p in result if p.kind == "heading") and result and _is_title(result[0]):
        result[0] = replace(result[0], kind="heading", lines=(styled(result[0].lines, " "),), level=1)
    return result


def _parts(piece: Piece, *, is_bare: bool) -> list[Piece]:
    if piece.kind != "paragraph":
        return [piece]
    first = piece.lines[0].strip()
    text, is_alone = first.text, len(piece.lines) == 1
    if _is_bold(first):
        is_heading = is_alone and not labelled(text) and text[-1] not in ".,;" and 1 < len(text) < _LONGEST
        return [replace(piece, kind="heading", lines=(first,), level=_level(text))] if is_heading else [piece]
    # Emphasis that ends within the line leads a sentence in.
    is_named = _is_name(text) and not any(s.start == 0 for s in first.emphasised())
    if (is_named and (is_bare or is_alone)) or (is_bare and is_alone and _is_heading_line(text)):
        return _cut(piece, first)
    return [piece]


def _is_bold(line: Styled) -> bool:
    """Tell whether a whole line is bold and nothing in it is in italics."""
    return [(s.start, s.end, s.style) for s in line.emphasised()] == [(0, len(line.text), "bold")]


def _with_short_lines(pieces: list[Piece]) -> list[Piece]:
    """Mark short lines before a paragraph as headings, between the first known heading and the bibliography."""
    known = [i for i, piece in enumerate(pieces) if piece.kind == "heading"]
    if not known:
        return pieces
    stop = next((i for i in known if is_bibliography(pieces[i].text)), len(pieces))
    result = list(pieces)
    counts = Counter(piece.text for piece in pieces)
    for i in range(known[0] + 1, stop - 1):
        if counts[pieces[i].text] == 1 and _is_short_heading(result[i - 1], pieces[i], pieces[i + 1]):
            result[i] = replace(pieces[i], kind="heading", level=2)
    return result


def _is_short_heading(before: Piece, piece: Piece, after: Piece) -> bool:
    text = piece.text.strip()
    if piece.kind != "paragraph" or len(piece.lines) > 1 or after.kind != "paragraph" or before.kind == "table":
        return False
    is_title = (
        re.fullmatch(r"[^\W\d_][^.;:!|\t\d\[\]()]{3,70}[^\W_]\??", text) and text[0].isupper() and not labelled(text)
    )
    is_apart = before.kind == "heading" or is_finished(before.whole.canonical)
    return bool(is_title) and is_apart and len(text.split()) <= 10 and len(after.text) >= _SHORTEST_PARAGRAPH


def _cut(piece: Piece, first: Styled) -> list[Piece]:
    heading = replace(piece, kind="heading", lines=(first,), level=_level(first.text))
    rest = piece.lines[1:]
    return [heading, replace(piece, lines=rest)] if rest else [heading]


def _level(text: str) -> int:
    number = split_heading(text).number
    return 2 + number.count(".") if number else 2


def _is_name(line: str) -> bool:
    words = split_heading(line).words
    if len(line) > 60 or line[-1] in ".,;" or not words[:1].isupper():
        return False
    return (
        is_abstract(words) or is_keywords(words) or is_bibliography(words) or is_abstract_part(words) or is_back(words)
    )


def _is_heading_line(line: str) -> bool:
    if len(line) > _LONGEST or line[-1] in ".,;:?!" or "\t" in line or labelled(line):
        return False
    title = split_heading(line)
    if re.search(rf"\b{YEAR}\b|\b10\.\d{{4}}", line):
        return False
    numbered = title.number is not None and title.words[:1].isupper() and len(title.words.split()) <= 14
    return numbered or (line.isupper() and sum(c.isalpha() for c in line) >= 4 and len(line.split()) <= 12)


def _is_title(piece: Piece) -> bool:
    text = styled(piece.lines, " ").text
    return piece.kind == "paragraph" and len(text) <= 300 and text[-1] not in ".,;:" and not re.search(r"[(\[]\d", text)
