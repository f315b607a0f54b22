"""`python -m eval.front_matter MANIFEST_DIR…`: measure title, authors, year and DOI of articles, and their sections.

Each MANIFEST_DIR holds files and a manifest.tsv, as `python -m eval.readers` reads it. Each PDF is read in a process of
its own and compared with what the article's XML says (`eval/reading/fronttruth.py`). With `--fit OUT` the models that
elect the four are fitted on the files instead, and written as JSON (`ingest/pdf/front/weights.json`).
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.command_line import exit_code, parser_for, say
from eval.reading.frontfit import Tables, fitted
from eval.reading.fronttruth import FrontTruth, are_authors, is_alike, read_front_truth
from eval.reading.jatstruth import plain_doi
from eval.reading.manifest import ManifestRow, choose, load_manifest
from eval.reading.process import READER, ReadingProcess
from eval.reading.score import Share
from evqa.errors import InputError
from evqa.language.words import squeeze
from evqa.model import Document, Record

LIMIT = 300.0
HALVES = ("even", "odd")
# Names that readers give to parts without a printed heading.
UNPRINTED = frozenset({"abstract", "maintext"})


class MeasuredFront(Record):
    """What is right of one file. `wrong` names what isn't, with what was read.

    `sections`: those of the XML that were found. `found`: of the sections that were read, those that the XML has.
    """

    name: str
    is_read: bool = True
    title: bool = False
    authors: bool = False
    year: bool = False
    doi: bool = False
    sections: Share
    found: Share = Share()
    wrong: tuple[str, ...] = ()


def score_front(name: str, truth: FrontTruth, document: Document | None) -> MeasuredFront:
    """Compare a document with the truth; None means that the file wasn't read."""
    if document is None:
        return MeasuredFront(name=name, is_read=False, sections=Share(of=len(truth.sections)), wrong=("not read",))
    rights = {
        "title": is_alike(squeeze(document.title), truth.title),
        "authors": are_authors(document.author, truth.authors),
        "year": document.year in truth.years,
        "doi": plain_doi(document.DOI or "") == truth.doi,
    }
    read = {
        "title": document.title,
        "authors": "; ".join(name.family or name.literal or "" for name in document.author),
        "year": document.year,
        "doi": document.DOI,
    }
    titles = [squeeze(section.title) for section in document.sections]
    lost, false = unmatched(truth.sections, titles)
    false = [title for title in false if title not in truth.other_titles | UNPRINTED]
    wrong = [f"{part} {read[part]!s:.90}" for part, is_right in rights.items() if not is_right]
    wrong += [f"lost {', '.join(lost)!s:.300}"] * bool(lost) + [f"false {', '.join(false)!s:.300}"] * bool(false)
    return MeasuredFront(
        name=name,
        **rights,
        sections=Share(right=len(truth.sections) - len(lost), of=len(truth.sections)),
        found=Share(right=len(titles) - len(false), of=len(titles)),
        wrong=tuple(wrong),
    )


def unmatched(true: Sequence[str], found: Sequence[str]) -> tuple[list[str], list[str]]:
    """The true titles without a found one, and the found ones without a true one; each counts once."""
    lost, left = [], list(found)
    for title in true:
        at = next((i for i, other in enumerate(left) if other == title or is_alike(other, title)), None)
        if at is None:
            lost.append(title)
        else:
            del left[at]
    return lost, left


COLUMNS: dict[str, Callable[[Sequence[MeasuredFront]], str]] = {
    "read": lambda rows: str(sum(row.is_read for row in rows)),
    "title": lambda rows: str(sum(row.title for row in rows)),
    "authors": lambda rows: str(sum(row.authors for row in rows)),
    "year": lambda rows: str(sum(row.year for row in rows)),
    "DOI": lambda rows: str(sum(row.doi for row in rows)),
    "sections": lambda rows: _share([row.sections for row in rows]),
    "of found": lambda rows: _share([row.found for row in rows]),
}


def _share(shares: Sequence[Share]) -> str:
    total = sum(shares, Share())
    return f"{total.right}/{total.of}"


def render(rows: Sequence[MeasuredFront]) -> str:
    """The report: how many are right, then what is wrong in each file."""
    heads = f"{'files':>7}" + "".join(f"{name:>11}" for name in COLUMNS)
    line = f"{len(rows):7}" + "".join(f"{show(rows):>11}" for show in COLUMNS.values())
    return "\n".join([heads, line, "", *(f"  {row.name}: {'; '.join(row.wrong)}" for row in rows if row.wrong)])


def half_of(row: ManifestRow) -> str:
    """The half an article belongs to, by the SHA-256 of its name: "even" or "odd"."""
    name = f"PMC{row.pmc.partition('-')[0]}"
    return HALVES[hashlib.sha256(name.encode()).digest()[-1] % 2]


def rows_of(options: argparse.Namespace) -> list[ManifestRow]:
    """The rows with a PDF that the options name. Raises InputError if there is none."""
    rows = [row for folder in options.folders for row in load_manifest(folder)[0]]
    rows = [row for row in choose(rows, options.only) if row.pdf and options.half in (None, half_of(row))]
    if not rows:
        raise InputError(options.folders[0], "no PDF to measure", "name other articles")
    return rows


def run(options: argparse.Namespace) -> list[MeasuredFront]:
    """Measure the files that the options name. Raises InputError if there is none."""
    rows = rows_of(options)
    measured = []
    with ReadingProcess(LIMIT, options.reader) as process:
        for row in rows:
            assert row.pdf is not None
            reading = process.read(row.pdf)
            measured.append(score_front(row.pdf.stem, read_front_truth(row.xml), reading.document))
            say(f"{len(measured)}/{len(rows)} {row.pdf.name} {reading.outcome} {reading.message}")
    return measured


def fit(options: argparse.Namespace) -> None:
    """Fit the models on the files that the options name, and write them."""
    tables = Tables()
    for row in rows_of(options):
        assert row.pdf is not None
        tables.add(row.pdf, read_front_truth(row.xml))
    options.fit.write_text(json.dumps(fitted(tables, say), indent=1) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report, or fit: exit code 0, or 4 if nothing can be measured."""
    parser = parser_for("front_matter", __doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="MANIFEST_DIR", help="manifest.tsv and the files")
    parser.add_argument("--only", nargs="+", default=[], metavar="PMCID", help="only these articles")
    parser.add_argument("--half", choices=HALVES, help="only the articles with an even or odd SHA-256 of their name")
    parser.add_argument("--fit", type=Path, metavar="OUT", help="fit the models and write them to this file")
    parser.add_argument("--reader", default=READER, metavar="MODULE:FUNCTION", help="the reader (default: %(default)s)")
    options = parser.parse_args(argv)
    task = fit if options.fit else _report
    return exit_code(lambda: task(options), failed=4, misused=4)


def _report(options: argparse.Namespace) -> None:
    print(render(run(options)))


if __name__ == "__main__":
    sys.exit(main())
