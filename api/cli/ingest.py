"""`evqa ingest`: read files or folders, store, embed and index them, and report how sound they are."""

import argparse
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from api.cli.arguments import add_corpus, add_json, add_ocr, add_strict, checked_text
from api.cli.ingested import FileReport, interruption, print_report, warn_of
from api.cli.verify import say_unaudited
from api.corpus_names import DEFAULT, own_name
from api.errors import DONE, INTERRUPTED, UNREADABLE, UNSOUND
from api.intake.outcome import FileOutcome
from api.intake.storing import Destination, store_given
from api.libraries.exported import given_paths
from api.libraries.given import GivenLibrary
from api.libraries.zotero import zotero_collection
from api.text.json_text import json_text
from api.text.models import embedded_anew
from api.text.progress import ProgressBar
from api.text.terminal import say
from evqa.errors import InputError, UsageError
from evqa.settings import Settings
from index.corpora import model_of
from index.corpus import open_corpus
from index.disk.folder import home_folder
from index.models.inference import processors
from index.models.own_fit import unfitted_line
from index.verify import unaudited

MOST_JOBS = 256


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa ingest`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        type=Path,
        help="a file, a folder of files, or an exported library that names its files (.bib, .ris, .json)",
    )
    parser.add_argument(
        "--zotero",
        metavar="COLLECTION",
        help="the PDFs of a Zotero collection and those within it, by name, path (Thesis/Methods) or key",
    )
    add_corpus(parser, default=DEFAULT)
    parser.add_argument("--jobs", metavar="N", type=jobs, help="files to read at once (default: one a processor)")
    parser.add_argument("--verbose", action="store_true", help="print the whole report on every file")
    add_strict(parser)
    add_ocr(parser)
    add_json(parser)


def jobs(given: str) -> int:
    """A number of processes, 1 to 256."""
    if given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MOST_JOBS:
        return int(given)
    raise argparse.ArgumentTypeError(f"{given!r} isn't a whole number from 1 to {MOST_JOBS}")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Store every file that can be stored. The exit code is that of the worst file."""
    library = _given(arguments, settings)
    corpus = own_name(arguments.corpus or DEFAULT)
    at_once = arguments.jobs or processors()
    home = home_folder(settings)
    destination = Destination(home, corpus, settings.model, arguments.strict, at_once, ocr=arguments.ocr)
    if line := embedded_anew(corpus, model_of(home, corpus), settings):
        say(line)
    with ProgressBar() as bar, ended_by_signals():
        watch = FileReport(bar, in_lines=arguments.verbose and not arguments.json)
        try:
            report = store_given(library.given, destination, watch, watch.stage)
        except KeyboardInterrupt:
            bar.close()
            say(interruption(watch))
            return INTERRUPTED
    if arguments.json:
        print(json_text(report.outcomes))
    else:
        print_report(report, corpus, in_full=arguments.verbose)
    for note in library.notes:
        say(note)
    if report.placements:
        say_unaudited(unaudited(home, corpus))
        say_unfitted(home, corpus)
        say_gone(home, corpus, library)
    warn_of(report)
    return _code(report.outcomes)


def _given(arguments: argparse.Namespace, settings: Settings) -> GivenLibrary:
    """What is to be stored: files at paths, or those of a Zotero collection."""
    if bool(arguments.paths) == bool(arguments.zotero):
        raise UsageError("", "give either PATH or --zotero COLLECTION", "see `evqa ingest --help`")
    if not arguments.zotero:
        return given_paths(arguments.paths)
    wanted = checked_text(arguments.zotero, "the collection's name")
    library = zotero_collection(wanted, settings)
    if not library.given.found.items:
        for note in library.notes:
            say(note)
        raise InputError(f"--zotero {wanted}", "no PDF in this collection", "add some in Zotero, or name another")
    return library


def say_gone(home: Path, corpus: str, library: GivenLibrary) -> None:
    """Say which documents a library doesn't hold any more. They stay until they are removed."""
    if library.sources:
        with open_corpus(home, corpus, warn=say) as stored:
            gone = library.gone(stored.outlines())
        for each in gone:
            name = each.source.name
            say(f"{name}: no longer in the library that it came from; take it out with `evqa remove {name!r}`")


def say_unfitted(home: Path, corpus: str) -> None:
    """Say that answers of the corpus will have a confidence that isn't fitted, where that is so."""
    with open_corpus(home, corpus, warn=say) as stored:
        if stored.fitted is None:
            say(unfitted_line(corpus, stored.model))


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Make SIGTERM end a run as Ctrl-C does: no process is left behind, and one line says how far it came."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _code(outcomes: Sequence[FileOutcome]) -> int:
    states = {outcome.state for outcome in outcomes}
    if "failed" in states:
        return UNREADABLE
    if "unsound" in states:
        say("--strict: files with gaps aren't taken; leave it out to store them, answers then say where it matters")
        return UNSOUND
    return DONE
