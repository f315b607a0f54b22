"""`evqa table`: an evidence table, several questions put to each document by itself."""

import argparse
from pathlib import Path

from api.cli.arguments import add_corpus, checked_text
from api.cli.batch import load_questions
from api.errors import DONE
from api.evidence.gathering import evidence_table
from api.evidence.writing import FORMATS, FORMS, Format
from api.opening import opened
from api.text.progress import ProgressBar
from api.text.terminal import say
from evqa.errors import InputError, UsageError
from evqa.model import Outline
from evqa.settings import Settings

LINES = (".jsonl", ".ndjson")


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa table`."""
    parser.add_argument("questions", metavar="QUESTION", nargs="*", help="a question, in quotes; may be repeated")
    parser.add_argument(
        "--questions",
        dest="file",
        metavar="FILE",
        type=Path,
        help='questions of a file: one a line, or {"id", "question"} a line in a file named .jsonl',
    )
    parser.add_argument(
        "--document",
        dest="documents",
        metavar="NAME",
        action="append",
        default=[],
        help="ask this one: its file's name, its title or words of that, or its id; may be repeated (default: all)",
    )
    parser.add_argument("--found", action="store_true", help='leave out documents that answer "not found"')
    parser.add_argument("--format", choices=FORMATS, help="how to print it (default: csv)")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    add_corpus(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the table. The exit code is 0 whether or not anything is found."""
    form = _form(arguments)
    questions = [*(checked_text(each, "the question") for each in arguments.questions), *_of_file(arguments.file)]
    if not questions:
        raise UsageError("", "no question given", "give one or more QUESTIONs, or --questions FILE")
    documents = [checked_text(each, "--document") for each in arguments.documents]
    corpus = opened(arguments.corpus, settings)
    with ProgressBar("cells", parts="") as bar:
        bar.begin(len(questions) * len(documents or corpus.outlines()))
        table = evidence_table(questions, corpus, documents, arguments.found, lambda *cell: _turn(bar, *cell))
    print(FORMS[form].write(table), end="")
    if not any(row.claim for row in table.rows):
        say(f"no answer was found in any of {table.asked} documents of corpus {corpus.state.name}")
    return DONE


def _turn(bar: ProgressBar, question: str, outline: Outline) -> None:
    bar.advance(0)
    bar.name(f"{outline.source.name}: {question}"[:60])


def _form(arguments: argparse.Namespace) -> Format:
    if arguments.json and arguments.format not in (None, "json"):
        raise UsageError(f"--json and --format {arguments.format}", "they exclude each other", "give one of the two")
    form: Format = "json" if arguments.json else arguments.format or "csv"
    return form


def _of_file(path: Path | None) -> list[str]:
    """The questions of a file. Raises InputError if it can't be read or holds none."""
    if path is None:
        return []
    if path.suffix.lower() in LINES:
        return [item.question for item in load_questions(path)]
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(path, "can't be read", "check the path", error.strerror) from error
    except UnicodeDecodeError as error:
        raise InputError(path, f"not UTF-8 (byte {error.start + 1})", "save it as UTF-8") from error
    if questions := [line.strip() for line in lines if line.strip()]:
        return questions
    raise InputError(path, "holds no question", "write one a line")
