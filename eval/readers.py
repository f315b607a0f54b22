"""How well and how fast articles are read: `python -m eval.readers MANIFEST_DIR`.

MANIFEST_DIR holds manifest.tsv (columns pmc, citation_style, xml, pdf, paths in the folder) and those files. Each is
read in a process of its own and compared with what the article's XML says (`eval/reading/jatstruth.py`); a style is
shown in the report and never told to the reader. With `--format md` the Markdown twins in `--markdown DIR` are read.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import pypdfium2 as pdfium

from eval.reading.jatstruth import Truth, read_truth
from eval.reading.manifest import Listed, choose, load_manifest
from eval.reading.process import READER, Reading, ReadingProcess
from eval.reading.report import Measured, render
from eval.reading.score import score_article
from evqa.errors import EvqaError, InputError
from evqa.model import Record

FORMATS = ("xml", "pdf", "md")
LIMIT = 300.0


class Work(NamedTuple):
    """One file to read, with the article that it is of; `pages` of a PDF."""

    row: Listed
    format: str
    path: Path
    truth: Truth
    pages: int | None


class Results(Record):
    """What the benchmark writes as JSON: all files measured and the rows that couldn't be."""

    measured: tuple[Measured, ...]
    problems: tuple[str, ...]


def measure(work: Sequence[Work], jobs: int, reader: str = READER) -> Iterator[Measured]:
    """Reads and scores each file, in order, `jobs` at a time; each job is one process that lives on."""
    free: SimpleQueue[ReadingProcess] = SimpleQueue()
    processes = [ReadingProcess(LIMIT, reader) for _ in range(jobs)]
    for process in processes:
        free.put(process)
    try:
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(lambda one: _measure_one(one, free), work)
    finally:
        for process in processes:
            process.close()


def _measure_one(work: Work, free: SimpleQueue[ReadingProcess]) -> Measured:
    process = free.get()
    try:
        reading = process.read(work.path)
    finally:
        free.put(process)
    return scored(work, reading)


def scored(work: Work, reading: Reading) -> Measured:
    """A reading with its score against the truth."""
    return Measured(
        pmc=work.row.pmc,
        format=work.format,
        style=work.row.style,
        pages=work.pages,
        doubts=len(work.truth.doubts),
        score=score_article(work.truth, reading.document),
        **reading.model_dump(exclude={"document"}),
    )


def page_count(path: Path) -> int | None:
    """Pages of a PDF, None if it is too broken to tell."""
    try:
        with closing(pdfium.PdfDocument(path)) as document:
            return len(document)
    except (pdfium.PdfiumError, OSError):
        return None


def plan(rows: Sequence[Listed], formats: Sequence[str], markdown: Path | None) -> tuple[list[Work], list[str]]:
    """The files to read, formats one after the other, and one line for each article that has no usable truth."""
    truths, problems = {}, []
    for row in rows:
        try:
            truths[row.pmc] = read_truth(row.xml)
        except InputError as error:
            problems.append(str(error))
    paths = [(row, name, path) for name in formats for row in rows if (path := _file(row, name, markdown))]
    usable = [(row, name, path, truths[row.pmc]) for row, name, path in paths if row.pmc in truths]
    return [Work(*one, page_count(one[2]) if one[1] == "pdf" else None) for one in usable], problems


def _file(row: Listed, name: str, markdown: Path | None) -> Path | None:
    if name == "md":
        path = markdown / f"PMC{row.pmc}.md" if markdown else None
        return path if path and path.is_file() else None
    return row.xml if name == "xml" else row.pdf


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m eval.readers", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("folder", type=Path, metavar="MANIFEST_DIR")
    parser.add_argument("--format", choices=FORMATS, help="measure only this (default: xml and pdf)")
    parser.add_argument("--only", nargs="+", default=[], metavar="PMCID", help="measure only these articles")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write everything measured to this file")
    parser.add_argument("--jobs", type=_count, default=1, metavar="N", help="processes at a time; time with 1")
    parser.add_argument("--markdown", type=Path, metavar="DIR", help="folder of PMC….md twins, for --format md")
    parser.add_argument("--reader", default=READER, metavar="MODULE:FUNCTION", help="what reads (default: %(default)s)")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} isn't a number from 1")
    return int(text)


def run(options: argparse.Namespace) -> Results:
    """Measures what the options name, telling on stderr what is read. Raises InputError if nothing can be."""
    rows, problems = load_manifest(options.folder)
    formats = [options.format] if options.format else list(FORMATS[:2])
    work, unusable = plan(choose(rows, options.only), formats, options.markdown)
    if not work:
        raise InputError(options.folder, f"nothing to measure as {' or '.join(formats)}", "name other articles")
    measured = []
    for one in measure(work, options.jobs, options.reader):
        measured.append(one)
        print(f"{len(measured)}/{len(work)} {one.format} PMC{one.pmc} {one.outcome}", file=sys.stderr)
    return Results(measured=tuple(measured), problems=(*problems, *unusable))


def main(arguments: Sequence[str]) -> int:
    """Prints the report: 0, or 4 when nothing can be measured."""
    options = _parser().parse_args(arguments)
    try:
        results = run(options)
    except (EvqaError, ImportError) as error:
        print(error, file=sys.stderr)
        return 4
    if options.json:
        options.json.write_text(results.model_dump_json(indent=1), encoding="utf-8")
    print(render(results.measured))
    if results.problems:
        print("\n".join(["", f"left out ({len(results.problems)}):", *(f"  {line}" for line in results.problems)]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
