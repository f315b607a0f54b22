"""Recognise tables and figures: labels, captions, notes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.markup.styled import styled
from ingest.markup.superscript import DIGITS
from ingest.structure.draft import DraftBlock, Grid
from ingest.structure.joining import is_finished, rest_ahead, surely_continues
from ingest.structure.piece import Piece

_LABEL = re.compile(
    r"(?P<word>tables?|figures?|fig\.|figs\.|fig|box|scheme)[\s-]*(?P<number>S?\d{1,3}[A-Z]?"
    r"|[IVX]{1,5})(?P<stop>\s*[.:|–—-]+|)(?P<space>\s+|$)",
    re.IGNORECASE,
)
_NAMES = {"t": "Table", "f": "Figure", "b": "Box", "s": "Scheme"}
_NOTE = re.compile(
    r"(?:the|this) (?:table|figure)\b|(?:table )?notes?\b\s*[:.]|abbreviations?\s*[:.]|sources?\s*:|legend\s*:"
    r"|data (?:are|were)\b|"
    rf"values (?:are|were)\b|[*†‡§¶#]|[a-f]\s(?=[A-Z])|[{DIGITS}]+\s?[A-Z]|adapted (?:from|with)\b|modified from\b",
    re.IGNORECASE,
)
_DEFINITIONS = re.compile(
    r"[\w/+αβγκ-]{1,15}\s?[,:=–]\s[^;,.:]{3,80}(?:[;,]\s[\w/+αβγκ-]{1,15}\s?[,:=–]\s[^;,.:]{3,80}){1,60}\.?"
)
_CONTINUED = re.compile(
    r"[\s([–—.:-]*(?:continued|cont['’]?d?\.?)(?:\s(?:from|on) [^.]{1,40})?[\s)\].]*", re.IGNORECASE
)
_ROMAN = {"I": 1, "V": 5, "X": 10}


def labelled(text: str) -> tuple[str, int] | None:
    """Return label and length of the printed label if a text begins as a caption does; None otherwise.

    "TABLE 1 Role of …" gives ("Table 1", 8). "Figure 1 shows …" is a sentence, not a caption.
    """
    found = _LABEL.match(text[:60])
    if not found or not _is_caption(found, text):
        return None
    name = _NAMES[found["word"][0].lower()]
    return f"{name} {_number(found['number'])}", found.end()


def _is_caption(found: re.Match[str], text: str) -> bool:
    rest = text[found.end() :]
    if found["stop"].strip() or not rest or _CONTINUED.fullmatch(rest[:60]):
        return True
    return rest[:1].isupper() or (rest[:1] in '("“' and found["word"].isupper())


def _number(printed: str) -> str:
    if not printed.isupper() or printed[0] not in _ROMAN:
        return printed
    values = [_ROMAN[c] for c in printed]
    return str(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))


def table_block(piece: Piece) -> DraftBlock:
    """Turn a table piece into a block."""
    printed = [row for row in piece.rows if any(cell.canonical for cell in row)]
    rows: Grid = tuple(tuple(cell.canonical for cell in row) for row in printed)
    text = "\n".join("\t".join(row).rstrip() for row in rows)
    whole = styled((styled(row, "\t") for row in printed), "\n")
    return DraftBlock("table", text, whole, rows=rows, page=piece.page)


def with_captions(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Mark captions as such: a labelled paragraph, or a label alone with the paragraph after it."""
    result: list[DraftBlock] = []
    for block in blocks:
        before = result[-1] if result else None
        label = labelled(block.text) if block.kind in ("prose", "heading") else None
        if label:
            result.append(replace(block, kind="caption", label=label[0], lead=label[1]))
        elif before and before.kind == "caption" and len(before.text) <= before.lead and block.kind == "prose":
            text = f"{before.text} {block.text}"
            printed = styled((before.printed, block.printed), " ")
            result[-1] = replace(before, text=text, printed=printed, lead=len(before.text) + 1)
        else:
            result.append(block)
    return _with_labels(_continued(result))


def _continued(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Join the parts of a table whose later captions read "Table 1 (continued)"."""
    result: list[DraftBlock] = []
    pending = ""
    for block in blocks:
        if block.kind == "caption" and _CONTINUED.fullmatch(block.text[block.lead :]):
            pending = block.label
            continue
        home = _table_of(result, pending) if pending and block.kind == "table" else None
        if home is None:
            result.append(block)
        else:
            result[home] = _joined(result[home], block)
        pending = ""
    return result


def _table_of(blocks: Sequence[DraftBlock], label: str) -> int | None:
    """Return the index of the last table next to a caption with this label."""
    for i in range(len(blocks) - 1, -1, -1):
        near = [blocks[j] for j in (i - 1, i + 1) if 0 <= j < len(blocks)]
        if blocks[i].kind == "table" and any(b.kind == "caption" and b.label == label for b in near):
            return i
    return None


def _joined(first: DraftBlock, second: DraftBlock) -> DraftBlock:
    """Append the rows of a table's next part, without a repeated head."""
    added = second.rows[1:] if second.rows[:1] == first.rows[:1] else second.rows
    width = max(len(row) for row in (*first.rows, *added))
    rows = tuple(row + ("",) * (width - len(row)) for row in (*first.rows, *added))
    text = "\n".join("\t".join(row).rstrip() for row in rows)
    lines = second.printed.lines()[len(second.rows) - len(added) :]
    printed = styled((first.printed, *lines), "\n")
    return replace(first, text=text, printed=printed, rows=rows)


def _with_labels(blocks: list[DraftBlock]) -> list[DraftBlock]:
    """Give tables the label of the caption next to them; a table without a caption is numbered by position."""
    result = list(blocks)
    used: set[int] = set()
    count = 0
    for i, block in enumerate(result):
        if block.kind != "table":
            continue
        count += 1
        near = [j for j in (i - 1, i + 1) if 0 <= j < len(result) and j not in used and _is_table_caption(result[j])]
        used.update(near[:1])
        result[i] = replace(block, label=result[near[0]].label if near else f"Table {count}")
    return result


def _is_table_caption(block: DraftBlock) -> bool:
    return block.kind == "caption" and block.label.startswith(("Table", "Box"))


def with_notes(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Mark the notes below tables as such."""
    result = list(blocks)
    prose = ""
    for i, block in enumerate(result):
        before = result[i - 1] if i else None
        if block.kind == "prose" and before and before.kind in ("table", "note") and _is_note(block, prose, result, i):
            result[i] = replace(block, kind="note", label=before.label)
        elif block.kind == "prose":
            prose = block.text
        elif block.kind == "heading":
            prose = ""
    return result


def _is_note(block: DraftBlock, prose: str, blocks: Sequence[DraftBlock], at: int) -> bool:
    cut = bool(prose) and not is_finished(prose)
    if cut and surely_continues(prose, block.text):
        return False
    if _NOTE.match(block.text) or _DEFINITIONS.fullmatch(block.text[:3000]):
        return True
    return cut and rest_ahead(prose, blocks, at + 1)
