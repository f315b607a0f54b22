"""Rewrite dialects of Markdown as plain Markdown: YAML head, HTML tables, footnotes, one line per paragraph."""

import re
from itertools import pairwise

from ingest.markdown.htmltable import with_plain_tables

_HEAD = re.compile(r"\ufeff?---[ \t]*\n(.{1,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
_NAMED = re.compile(r"-?\s*name\s*:\s*(.+)", re.IGNORECASE)
_NOTE = re.compile(r"^[ \t]*\[\^(\d{1,4})\]:[ \t]*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^(\d{1,4})\]")
_FEWEST_NOTES = 3
_LONG_LINE = 120
_TABLE_LINE = re.compile(r"[^\n]*[\t|]")


def as_markdown(text: str) -> str:
    """Return a text as plain Markdown, with line feeds as line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _with_paragraphs(_with_numbers(with_plain_tables(_with_title_page(text))))


def _with_title_page(text: str) -> str:
    """Write a YAML head as title, authors, metadata, abstract and keywords."""
    head = _HEAD.match(text)
    fields = _fields(head[1]) if head else {}
    if not head or "title" not in fields:
        return text
    authors = fields.get("author") or fields.get("authors") or []
    parts = [f"# {' '.join(fields['title'])}", ", ".join(authors)]
    parts += [
        f"{name}: {' '.join(fields[name])}" for name in ("date", "year", "doi", "license", "journal") if name in fields
    ]
    parts += [f"## Abstract\n\n{' '.join(fields['abstract'])}"] if "abstract" in fields else []
    parts += [f"## Keywords\n\n{', '.join(fields['keywords'])}"] if "keywords" in fields else []
    return "\n\n".join(part for part in parts if part) + "\n\n" + text[head.end() :]


def _fields(head: str) -> dict[str, list[str]]:
    """Return a YAML head's values by lower-case name: the items of a list, or the lines of a text."""
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in head.split("\n"):
        field = _FIELD.match(line)
        if field and not line[0].isspace():
            current = fields[field[1].lower()] = _values(field[2])
        elif line.strip() and not re.match(r"\s+(?!name\b)[A-Za-z]\w*:\s", line):
            named = _NAMED.match(line.strip())
            current.append(_bare(named[1] if named else line.strip().removeprefix("- ")))
    return {name: values for name, values in fields.items() if any(values)}


def _values(printed: str) -> list[str]:
    printed = printed.strip()
    if printed in ("", "|", ">", "|-", ">-"):
        return []
    if printed.startswith("[") and printed.endswith("]"):
        return [_bare(value) for value in printed[1:-1].split(",")]
    return [_bare(printed)]


def _bare(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _with_numbers(text: str) -> str:
    """Write footnotes that form a bibliography as numbers in square brackets; adjacent ones become one marker."""
    if len(_NOTE.findall(text)) < _FEWEST_NOTES:
        return text
    return _NOTE_MARK.sub(r"[\1]", _NOTE.sub(r"[\1] ", text))


def _with_paragraphs(text: str) -> str:
    """Separate the lines of a text that has hardly any blank lines but long ones: each is a paragraph."""
    lines = [line for line in text.split("\n") if line.strip()]
    blank = text.count("\n\n")
    is_long = sum(len(line) for line in lines if len(line) > _LONG_LINE) * 3 >= len(text)
    if len(lines) < 8 or blank * 10 > len(lines) or not is_long:
        return text
    parts = [lines[0]]
    for before, line in pairwise(lines):
        is_table = _TABLE_LINE.match(before) and _TABLE_LINE.match(line)
        parts.append(("\n" if is_table else "\n\n") + line)
    return "".join(parts)
