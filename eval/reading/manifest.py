"""Load the list of articles that readers are measured on."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evqa.errors import InputError
from evqa.model import Record

FILE = "manifest.tsv"
COLUMNS = ("pmc", "citation_style", "xml", "pdf")


class ManifestRow(Record):
    """A row: the article's PMC number, its citation style, its XML file and, if there is one, its PDF."""

    pmc: str
    style: str
    xml: Path
    pdf: Path | None = None


def load_manifest(folder: Path) -> tuple[list[ManifestRow], list[str]]:
    """Load the rows of a folder's manifest.tsv, and a line for each row that can't be used.

    Raises InputError if there is no manifest or it lacks a column.
    """
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, "can't be read", f"give a folder with a {FILE} in UTF-8", str(error)) from error
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    if lacking := [name for name in COLUMNS if name not in (table.fieldnames or ())]:
        step = f"its first line must name {', '.join(COLUMNS)}"
        raise InputError(path, f"no column {', '.join(lacking)}", step)
    rows, problems = [], []
    for line, row in enumerate(table, start=2):
        if problem := _problem(folder, row):
            problems.append(f"{path} line {line}: {problem}")
        else:
            rows.append(_listed(folder, row))
    return rows, problems


def _problem(folder: Path, row: Mapping[str, str]) -> str:
    """What is wrong with a row; "" if nothing is."""
    if empty := [name for name in COLUMNS[:3] if not (row[name] or "").strip()]:
        return f"nothing in column {', '.join(empty)}: fill it in or take the row out"
    missing = [row[name] for name in ("xml", "pdf") if row[name] and not (folder / row[name]).is_file()]
    return f"no file {', '.join(missing)}: put it there or take the row out" if missing else ""


def _listed(folder: Path, row: Mapping[str, str]) -> ManifestRow:
    pmc = row["pmc"].strip().upper().removeprefix("PMC")
    return ManifestRow(
        pmc=pmc, style=row["citation_style"], xml=folder / row["xml"], pdf=folder / row["pdf"] if row["pdf"] else None
    )


def choose(rows: Iterable[ManifestRow], only: Sequence[str]) -> list[ManifestRow]:
    """The rows of the named articles, with or without "PMC"; all rows if none is named.

    Raises InputError with the articles that aren't listed.
    """
    rows = list(rows)
    wanted = {name.upper().removeprefix("PMC") for name in only}
    if unknown := wanted - {row.pmc for row in rows}:
        raise InputError(f"PMC{', PMC'.join(sorted(unknown))}", "not in the manifest", "name articles that it lists")
    return [row for row in rows if not wanted or row.pmc in wanted]
