"""An evidence table as CSV, Markdown and JSON; the same table always gives the same bytes.

To add a format, write what makes text of a table, and name it in `Format` and `FORMS`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Literal, NamedTuple, get_args

from api.evidence.records import CitedEntry, EvidenceRow, EvidenceTable
from api.text.terminal import in_cells, printable

Format = Literal["csv", "md", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
# What a spreadsheet takes for the beginning of a formula, in the wide forms of East Asian keyboards, too.
_FORMULA = tuple("=+-@＝＋－＠")
# A "_" between letters is none: left as it is, addresses of works stay whole.
_MARKUP = re.compile(r"[\\`*\[\]#|~$^]|(?<![^\W_])_|_(?![^\W_])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BREAK = "<br>"


class Form(NamedTuple):
    """How a table is written: its media type, the ending of its file, and what writes it."""

    media: str
    ending: str
    write: Callable[[EvidenceTable], str]


def csv_text(table: EvidenceTable) -> str:
    """RFC 4180, without a byte order mark. A "'" begins each cell that a spreadsheet would run as a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(printable(cell(row))) for cell in COLUMNS.values()] for row in table.rows)
    return written.getvalue()


def markdown_text(table: EvidenceTable) -> str:
    """A heading and a pipe table for each question; whatever the documents print is text there, never markup."""
    found = {question: list(rows) for question, rows in groupby(table.rows, key=lambda row: row.question)}
    sections = (_section(question, found.get(question, []), table) for question in table.questions)
    return "\n".join(line for section in sections for line in section)


def json_text(table: EvidenceTable) -> str:
    """The record."""
    return table.model_dump_json() + "\n"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _section(question: str, rows: Sequence[EvidenceRow], table: EvidenceTable) -> list[str]:
    heading = [f"## {_escaped(question)}", ""]
    if not rows:
        nowhere = f"Not found in {'the document' if table.asked == 1 else f'any of {table.asked} documents'}."
        return [*heading, nowhere, ""]
    head = ("Document", "Result", "Claim", "References", "Status", "Place", "Notes")
    return [*heading, _line(head), _line(["---"] * len(head)), *map(_line, map(_cells, rows)), ""]


def _cells(row: EvidenceRow) -> list[str]:
    claim = f"“{_escaped(in_cells(row.claim))}”" if row.claim else "–"
    before = f"(before) “{_escaped(in_cells(row.context))}”{_BREAK}" if row.context else ""
    page = f"p. {row.page}" if row.page else ""
    return [
        _escaped(row.document.title),
        f"{row.result} ({row.confidence:.2f})",
        before + claim,
        _lines(map(_reference, row.cited)),
        _lines(f"[{cited.number}] {_escaped(cited.said)}" for cited in row.cited),
        _escaped(" · ".join(part for part in (_place(row), page) if part)),
        _lines(map(_escaped, row.notes)),
    ]


def _reference(cited: CitedEntry) -> str:
    later = ", from a later sentence" if cited.carried else ""
    return f"[{cited.number}{later}] {_escaped(cited.entry or 'no such entry')}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _lines(texts: Iterable[str]) -> str:
    return _BREAK.join(texts)


def _escaped(text: str) -> str:
    """The text on one line, with every sign that Markdown or HTML gives a meaning to escaped."""
    return _MARKUP.sub(r"\\\g<0>", printable(text)).translate(_ENTITIES)


def _numbers(row: EvidenceRow, carried: bool) -> str:
    return ", ".join(str(cited.number) for cited in row.cited if cited.carried is carried)


def _each(cited: Sequence[CitedEntry], told: Callable[[CitedEntry], str]) -> str:
    return " | ".join(f"[{each.number}] {told(each)}" for each in cited)


def _place(row: EvidenceRow) -> str:
    heading = " ".join(part for part in (row.section.number, row.section.title) if part) if row.section else ""
    paper = f"cited paper [{row.document.reference}]" if row.document.reference else ""
    return " · ".join(part for part in (row.label, heading, paper) if part)


COLUMNS: dict[str, Callable[[EvidenceRow], str]] = {
    "question": lambda row: row.question,
    "document": lambda row: row.document.title,
    "file": lambda row: row.source,
    "result": lambda row: row.result,
    "confidence": lambda row: f"{row.confidence:.2f}",
    "claim": lambda row: in_cells(row.claim or ""),
    "before": lambda row: in_cells(row.context or ""),
    "references": lambda row: _numbers(row, carried=False),
    "carried": lambda row: _numbers(row, carried=True),
    "entries": lambda row: _each(row.cited, lambda cited: cited.entry or "no such entry"),
    "status": lambda row: _each(row.cited, lambda cited: cited.said),
    "page": lambda row: str(row.page or ""),
    "place": _place,
    "notes": lambda row: " | ".join(row.notes),
}
FORMS: dict[Format, Form] = {
    "csv": Form("text/csv; charset=utf-8; header=present", "csv", csv_text),
    "md": Form("text/markdown; charset=utf-8", "md", markdown_text),
    "json": Form("application/json", "json", json_text),
}
