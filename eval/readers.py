"""`python -m eval.readers MANIFEST_DIR`: measure how well and how fast articles are read.

MANIFEST_DIR holds the files and a manifest.tsv (columns pmc, citation_style, xml, pdf; paths in the folder). Each file
is read in a process of its own and compared with what the article's XML says (`eval/reading/jatstruth.py`). PDFs that
link their markers to their entries are told apart from those that don't. The
citation style is shown in the report; the reader doesn't get it. With `--format md` the Markdown copies of the articles
in `--markdown DIR` are read.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pypdf
import pypdfium2 as pdfium
from pypdf.errors import PyPdfError

from eval.command_line import exit_code, parser_for, say
from eval.reading.jatstruth import Truth, read_truth
from eval.reading.manifest import ManifestRow, choose, load_manifest
from eval.reading.process import READER, ReadingProcesses, TimedReading
from eval.reading.report import MeasuredFile, render
from eval.reading.score import score_article
from evqa.errors import InputError
from evqa.model import Record

FORMATS = ("xml", "pdf", "md")
LIMIT = 300.0


class ReadingTask(NamedTuple):
    """One file to read, its article and the truth about it; `pages` and `is_linked` are None unless it is a PDF."""

    row: ManifestRow
    format: str
    path: Path
    truth: Truth
    pages: int | None
    is_linked: bool | None = None


class Results(Record):
    """The JSON output: all files measured, and a line for each row that couldn't be measured."""

    measured: tuple[MeasuredFile, ...]
    problems: tuple[str, ...]


def measure(tasks: Sequence[ReadingTask], jobs: int, reader: str = READER) -> Iterator[MeasuredFile]:
    """Read and score each file in order, `jobs` at a time. Each job keeps one reading process."""
    with ReadingProcesses(jobs, LIMIT, reader) as processes, ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda task: scored(task, processes.read(task.path)), tasks)


def scored(task: ReadingTask, reading: TimedReading) -> MeasuredFile:
    """The result of reading a file, scored against the truth."""
    return MeasuredFile(
        pmc=task.row.pmc,
        format=task.format,
        style=task.row.style,
        pages=task.pages,
        is_linked=task.is_linked,
        doubts=len(task.truth.doubts),
        score=score_article(task.truth, reading.document),
        **reading.model_dump(exclude={"document"}),
    )


def page_count(path: Path) -> int | None:
    """The number of pages of a PDF; None if it is too damaged to count them."""
    try:
        with closing(pdfium.PdfDocument(path)) as document:
            return len(document)
    except (pdfium.PdfiumError, OSError):
        return None


def links_inside(path: Path) -> int:
    """The number of links that a PDF has to places of its own; 0 if it is too damaged to count them."""
    try:
        return sum(map(_links_inside, pypdf.PdfReader(path).pages))
    except (PyPdfError, OSError, ValueError, TypeError, AttributeError, KeyError):
        return 0


def _links_inside(page: pypdf.PageObject) -> int:
    notes = page.get("/Annots")
    links = [note.get_object() for note in notes.get_object() or ()] if notes else []
    links = [link for link in links if link.get("/Subtype") == "/Link"]
    actions = [link["/A"].get_object().get("/S") if "/A" in link else None for link in links]
    return sum("/Dest" in link or action == "/GoTo" for link, action in zip(links, actions, strict=True))


def plan(
    rows: Sequence[ManifestRow], formats: Sequence[str], markdown: Path | None
) -> tuple[list[ReadingTask], list[str]]:
    """The files to read, one format after the other, and a line for each article without usable truth."""
    truths, problems = {}, []
    for row in rows:
        try:
            truths[row.pmc] = read_truth(row.xml)
        except InputError as error:
            problems.append(str(error))
    paths = [(row, name, path) for name in formats for row in rows if (path := _file(row, name, markdown))]
    usable = [(row, name, path, truths[row.pmc]) for row, name, path in paths if row.pmc in truths]
    return [_task(*one) for one in usable], problems


def _task(row: ManifestRow, name: str, path: Path, truth: Truth) -> ReadingTask:
    if name != "pdf":
        return ReadingTask(row, name, path, truth, None)
    # A file with a few links leads to its figures, one with many to its entries.
    is_linked = 2 * links_inside(path) > len(truth.entries)
    return ReadingTask(row, name, path, truth, page_count(path), is_linked)


def _file(row: ManifestRow, name: str, markdown: Path | None) -> Path | None:
    if name == "md":
        path = markdown / f"PMC{row.pmc}.md" if markdown else None
        return path if path and path.is_file() else None
    return row.xml if name == "xml" else row.pdf


def _parser() -> argparse.ArgumentParser:
    parser = parser_for("readers", __doc__)
    parser.add_argument("folder", type=Path, metavar="MANIFEST_DIR", help="folder with manifest.tsv and the files")
    parser.add_argument("--format", choices=FORMATS, help="measure only this (default: xml and pdf)")
    parser.add_argument("--only", nargs="+", default=[], metavar="PMCID", help="measure only these articles")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write everything measured to this file")
    parser.add_argument(
        "--jobs",
        type=_count,
        default=1,
        metavar="N",
        help="processes at a time (default: %(default)s); use 1 to measure times",
    )
    parser.add_argument("--markdown", type=Path, metavar="DIR", help="folder of PMC….md files, for --format md")
    parser.add_argument("--reader", default=READER, metavar="MODULE:FUNCTION", help="the reader (default: %(default)s)")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} isn't a number from 1")
    return int(text)


def run(options: argparse.Namespace) -> Results:
    """Measure the files that the options name, with progress on stderr. Raises InputError if there is none."""
    rows, problems = load_manifest(options.folder)
    formats = [options.format] if options.format else list(FORMATS[:2])
    tasks, unusable = plan(choose(rows, options.only), formats, options.markdown)
    if not tasks:
        raise InputError(options.folder, f"nothing to measure as {' or '.join(formats)}", "name other articles")
    measured = []
    for file in measure(tasks, options.jobs, options.reader):
        measured.append(file)
        say(f"{len(measured)}/{len(tasks)} {file.format} PMC{file.pmc} {file.outcome}")
    return Results(measured=tuple(measured), problems=(*problems, *unusable))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report: exit code 0, or 4 if nothing can be measured."""
    options = _parser().parse_args(argv)
    return exit_code(lambda: _report(options), failed=4, misused=4)


def _report(options: argparse.Namespace) -> None:
    results = run(options)
    if options.json:
        options.json.write_text(results.model_dump_json(indent=1), encoding="utf-8")
    print(render(results.measured))
    if results.problems:
        print("\n".join(["", f"left out ({len(results.problems)}):", *(f"  {line}" for line in results.problems)]))


if __name__ == "__main__":
    sys.exit(main())
