"""`evqa ingest`: read files or folders, store, embed and index them, and report how sound they are."""

import argparse
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from api.cli.arguments import add_corpus, add_json, add_ocr, add_strict
from api.cli.verify import say_unaudited
from api.corpus_names import DEFAULT, own_name
from api.errors import DONE, INTERRUPTED, UNREADABLE, UNSOUND
from api.intake.file_names import as_text
from api.intake.outcome import FileOutcome
from api.intake.storing import Destination, IngestReport, store
from api.text.integrity import gaps_line, integrity_text, recognised_line
from api.text.json_text import json_text
from api.text.models import embedded_anew
from api.text.placement import placement_lines
from api.text.progress import ProgressBar
from api.text.terminal import printable, say, width
from evqa.settings import Settings
from index.corpora import model_of
from index.corpus import open_corpus
from index.disk.folder import home_folder
from index.models.inference import processors
from index.models.own_fit import unfitted_line
from index.verify import unaudited

MOST_JOBS = 256
LONGEST_TITLE = 200


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa ingest`."""
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="a file, or a folder of files")
    add_corpus(parser, default=DEFAULT)
    parser.add_argument("--jobs", metavar="N", type=jobs, help="files to read at once (default: one a processor)")
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
    corpus = own_name(arguments.corpus or DEFAULT)
    at_once = arguments.jobs or processors()
    home = home_folder(settings)
    destination = Destination(home, corpus, settings.model, arguments.strict, at_once, ocr=arguments.ocr)
    if line := embedded_anew(corpus, model_of(home, corpus), settings):
        say(line)
    with ProgressBar() as bar, ended_by_signals():
        watch = FileReport(bar, in_lines=not arguments.json)
        try:
            report = store(arguments.paths, destination, watch)
        except KeyboardInterrupt:
            bar.close()
            say(interruption(watch))
            return INTERRUPTED
    _print_json(report) if arguments.json else _print_report(report, corpus)
    _warn_of_others(report)
    if report.placements:
        say_unaudited(unaudited(home, corpus))
        say_unfitted(home, corpus)
    return _code(report.outcomes)


def say_unfitted(home: Path, corpus: str) -> None:
    """Say that answers of the corpus will have a confidence that isn't fitted, where that is so."""
    with open_corpus(home, corpus, warn=say) as stored:
        if stored.fitted is None:
            say(unfitted_line(corpus, stored.model))


class FileReport:
    """Reports each file as it is done: one line a file, or only what went wrong. A Watch."""

    def __init__(self, bar: ProgressBar, in_lines: bool) -> None:
        self._bar = bar
        self._in_lines = in_lines
        self.files = self.finished = 0

    def begin(self, files: int) -> None:
        """See Watch."""
        self.files = files
        self._bar.begin(files)

    def turn(self, path: Path) -> None:
        """See Watch."""
        self._bar.turn(path)

    def done(self, outcome: FileOutcome) -> None:
        """See Watch."""
        self.finished += 1
        self._bar.advance(outcome.passages)
        if self._in_lines and outcome.state != "failed":
            print(printable(outcome_line(outcome)), flush=True)
        _warn(outcome)


def interruption(watch: FileReport) -> str:
    """The message when a run is interrupted."""
    done = f"interrupted; {watch.finished} of {watch.files} files are done and what was stored is kept"
    return f"{done}: run the same command again to resume"


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


def outcome_line(outcome: FileOutcome) -> str:
    """One line on a file that was read."""
    counted = f"{outcome.references} references, {outcome.citations} statement–reference pairs"
    named = f"{outcome.file}: {_short(outcome.title or '')}"
    if outcome.state == "unsound":
        return f"{named}: refused: {outcome.error}; {counted}"
    if outcome.state == "duplicate":
        return f"{named}: duplicate, the same bytes as a file before it; stored once"
    embedded = f"{outcome.embedded} of {outcome.passages} passages embedded"
    return f"{named}: {outcome.state}; {counted}; {embedded}"


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"


def totals_line(outcomes: Sequence[FileOutcome], corpus: str) -> str:
    """The totals of all files."""
    states = [outcome.state for outcome in outcomes]
    counts = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(sorted(states)))
    stored = [outcome for outcome in outcomes if outcome.state in ("new", "changed", "unchanged")]
    found = f"{sum(o.references for o in stored)} references, {sum(o.citations for o in stored)} pairs"
    passages = f"{sum(o.passages for o in stored)} passages, {sum(o.embedded for o in stored)} embedded"
    files = f"{len(outcomes)} file{'' if len(outcomes) == 1 else 's'}"
    return f"corpus {corpus}: {files} ({counts}); stored: {found}, {passages}"


def _warn(outcome: FileOutcome) -> None:
    """Print on stderr what went wrong with one file."""
    if outcome.state == "failed":
        say(outcome.error or "")
    elif outcome.state in ("new", "changed") and outcome.integrity and not outcome.integrity.is_sound:
        say(gaps_line(outcome.file, outcome.integrity))
    if outcome.integrity and (line := recognised_line(outcome.integrity)):
        say(f"{outcome.file}: {line}")
    if outcome.state in ("new", "changed", "unchanged") and not outcome.passages:
        say(f"{outcome.file}: no passage was found in it, so no question can be answered from it; see `evqa read`")


def _warn_of_others(report: IngestReport) -> None:
    """Print on stderr which files were skipped and which failures of earlier runs remain."""
    left = [f"{report.others} of other kinds" * bool(report.others), f"{report.hidden} hidden" * bool(report.hidden)]
    if any(left):
        say(f"files skipped in folders: {', '.join(filter(None, left))}")
    for failure in report.gone:
        say(f"{as_text(str(failure.path))}: failed before and is gone now; it won't be named again")
    for failure in report.standing:
        say(f"{as_text(str(failure.path))}: still not stored since an earlier run: {failure.error}")
    if report.standing:
        say("ingest a file again once it can be read (or without --strict), or forget it with `evqa remove PATH`")


def _print_json(report: IngestReport) -> None:
    """A list of the outcomes."""
    print(json_text(report.outcomes))


def _print_report(report: IngestReport, corpus: str) -> None:
    for outcome in report.outcomes:
        if outcome.integrity and outcome.state != "duplicate":
            print(f"\n{printable(outcome.file)}: {'sound' if outcome.integrity.is_sound else 'NOT SOUND'}")
            print(integrity_text(outcome.integrity, width()))
    documents = {outcome.document for outcome in report.outcomes if outcome.document}
    if lines := placement_lines(report.placements, documents):
        print("\n".join(["", *map(printable, lines)]))
    print(f"\n{totals_line(report.outcomes, corpus)}")


def _code(outcomes: Sequence[FileOutcome]) -> int:
    states = {outcome.state for outcome in outcomes}
    if "failed" in states:
        return UNREADABLE
    if "unsound" in states:
        say("--strict: files with gaps aren't taken; leave it out to store them, answers then say where it matters")
        return UNSOUND
    return DONE
