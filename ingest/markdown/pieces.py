"""Cut a text file into pieces: headings, paragraphs, list items, tables."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.markup.inline import inline
from ingest.markup.styled import Styled
from ingest.structure.piece import Piece, PieceKind

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"\s*(?:(?:[-*_=]\s*){3,}|\{\d+\}-{3,})$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_BULLET = re.compile(r"\s*[-*+•‣▪◦●○–]\s+(?=\S)")
_SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CAPTION = re.compile(r"\W*(?:table|figure|fig\.|box|scheme)\W*[\dSIVX]", re.IGNORECASE)
_LONGEST_GROUP = 120
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a text in order. A form feed ends a page and its last paragraph."""
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    pages = text.split("\f")
    if len(pages) == 1:
        return _pieces(text)
    return [replace(p, page=n) for n, page in enumerate(pages, start=1) for p in _pieces(page)]


def _pieces(text: str) -> list[Piece]:
    found: list[Piece] = []
    run: list[str] = []
    for line in [*text.split("\n"), ""]:
        if heading := _HEADING.match(line):
            found += _split(run)
            found += _piece("heading", [heading[2]], len(heading[1]))
            run = []
        elif line.strip():
            run.append(line)
        else:
            found += _split(run)
            run = []
    return found


def _split(lines: list[str]) -> list[Piece]:
    """Cut lines without a blank one between them into tables and the text around them."""
    found: list[Piece] = []
    at = 0
    while at < len(lines):
        stop = next((end for end in (_tab_end(lines, at), _pipe_end(lines, at)) if end > at), at)
        if stop > at:
            found.append(_table(lines[at:stop]))
        else:
            stop = at + 1
            while stop < len(lines) and _tab_end(lines, stop) == stop and _pipe_end(lines, stop) == stop:
                stop += 1
            found += _text(lines[at:stop])
        at = stop
    return found


def _tab_end(lines: list[str], at: int) -> int:
    """Return the end of the tab-separated table that begins at line `at`; `at` if there is none.

    A row that heads a group has words in its first cell only; the tabs of its empty cells may be missing.
    """
    if not _is_row(lines, at):
        return at
    end = at + 1
    while end < len(lines) and _is_row(lines, end):
        end += 1
    is_table = end - at > 1 and any("\t" in line.lstrip() for line in lines[at:end])
    return end if is_table else at


def _is_row(lines: list[str], at: int) -> bool:
    if "\t" in lines[at]:
        return bool(lines[at].strip())
    is_within = 0 < at < len(lines) - 1 and "\t" in lines[at - 1] and "\t" in lines[at + 1].strip()
    return is_within and len(lines[at]) <= _LONGEST_GROUP and not _CAPTION.match(lines[at])


def _pipe_end(lines: list[str], at: int) -> int:
    """Return the end of the pipe table that begins at line `at`; `at` if there is none."""
    if "|" not in lines[at] or at + 1 >= len(lines):
        return at
    boxed = lines[at].strip().startswith("|") and lines[at + 1].strip().startswith("|")
    if not boxed and not ("|" in lines[at + 1] and _SEPARATOR.match(lines[at + 1][:2000])):
        return at
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _table(lines: list[str]) -> Piece:
    if "\t" in lines[0] and not lines[0].lstrip().startswith("|"):
        rows = [tuple(cell.strip() for cell in line.rstrip("\n").split("\t")) for line in lines]
    else:
        rows = [_cells(line) for line in lines if not _SEPARATOR.match(line[:2000])]
    width = max(map(len, rows))
    return Piece(
        "table", rows=tuple(tuple(inline(Styled(cell)) for cell in row + ("",) * (width - len(row))) for row in rows)
    )


def _cells(line: str) -> tuple[str, ...]:
    bare = line.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", bare))


def _text(lines: list[str]) -> list[Piece]:
    lines = [re.sub(r"^\s*>\s?", "", line) for line in lines]
    if len(lines) == 2 and (under := _UNDERLINE.match(lines[1])):
        return _piece("heading", [lines[0].strip()], 1 if "=" in under[1] else 2)
    lines = [line for line in lines if line.strip() and not _RULE.match(line[:500]) and not line.startswith("```")]
    if not lines:
        return []
    return _items(lines) if _BULLET.match(lines[0]) else _piece("paragraph", lines)


def _items(lines: list[str]) -> list[Piece]:
    items: list[list[str]] = []
    for line in lines:
        if bullet := _BULLET.match(line):
            items.append([line[bullet.end() :]])
        else:
            items[-1].append(line)
    return [piece for item in items for piece in _piece("item", item)]


def _piece(kind: PieceKind, lines: Sequence[str], level: int = 0) -> list[Piece]:
    """Make a piece of lines. They are read together, for emphasis and links may continue on the next line.

    Returns [] if the lines hold nothing but markup.
    """
    printed = tuple(line for line in inline(Styled("\n".join(lines))).lines() if line.text.strip())
    return [Piece(kind, printed, level)] if printed else []
