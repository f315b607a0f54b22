"""`evqa read`: parse one file and show what was understood, without storing it."""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from api.cli.arguments import add_json, add_ocr, add_strict
from api.errors import DONE, UNSOUND
from api.text.entry import name_text
from api.text.integrity import defects, integrity_text
from api.text.terminal import bold, say, width, wrapped
from evqa.model import Document
from evqa.settings import Settings
from ingest.reader import read


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa read`."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to read")
    add_strict(parser)
    add_ocr(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    """Print the document as JSON or text. With `--strict` the exit code says whether its numbering and markers are
    sound."""
    document = read(arguments.file, ocr=arguments.ocr)
    print(document.model_dump_json() if arguments.json else document_text(document, width()))
    if document.integrity.is_sound:
        return DONE
    say(f"{arguments.file}: {defects(document.integrity)}")
    return UNSOUND if arguments.strict else DONE


def document_text(document: Document, columns: int) -> str:
    """A document as text: its metadata, its parts, and the integrity report."""
    facts = [line for fact in _facts(document) for line in wrapped(fact, columns, "  ", "    ")]
    parts = [line for part in _parts(document) for line in wrapped(part, columns, "  ", "    ")]
    sound = "Integrity: sound" if document.integrity.is_sound else "Integrity: NOT SOUND"
    report = integrity_text(document.integrity, columns)
    head = wrapped(document.title, columns)
    return "\n".join([*(bold(line) for line in head), *facts, "", bold("Parts"), *parts, "", bold(sound), report])


def _facts(document: Document) -> Iterator[str]:
    given = {
        "authors": ", ".join(name_text(name) for name in document.author),
        "year": document.year,
        "DOI": document.DOI,
        "license": document.license,
        "keywords": ", ".join(document.keywords),
        "read as": f"{document.genre or 'article'}, {document.source.media_type}",
        "id": document.id,
    }
    yield from (f"{name}: {value}" for name, value in given.items() if value)


def _parts(document: Document) -> Iterator[str]:
    yield from (f"{'  ' * (section.level - 1)}{section.number or '–'} {section.title}" for section in document.sections)
    for table in document.tables:
        yield f"{table.label}: {len(table.rows)} rows; columns: {' | '.join(table.columns)}"
    yield from (f"{figure.label}: {figure.caption}" for figure in document.figures)
    where = Counter(citation.where for citation in document.citations)
    yield f"{len(document.sentences)} sentences, {len(document.abbreviations)} abbreviations"
    yield f"{len(document.citations)} markers ({', '.join(f'{n} in {place}' for place, n in sorted(where.items()))})"
    reasons = Counter(item.reason for item in document.rejected)
    yield f"{len(document.rejected)} not taken for markers" + "".join(
        f"; {n} {why}" for why, n in sorted(reasons.items())
    )
