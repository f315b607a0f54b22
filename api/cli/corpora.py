"""`evqa corpora`: list the corpora with their sizes and state, or remove one."""

import argparse
import sys
from pathlib import Path

from api.catalogue import listed, summary_record
from api.cli.arguments import add_json, corpus_given
from api.corpus_names import use_of
from api.errors import DONE
from api.text.json_text import json_text
from api.text.terminal import printable, say
from evqa.errors import UsageError
from evqa.settings import Settings
from index.corpora import CorpusSummary, summary
from index.disk.folder import corpus_folder, corpus_names, existing_folder, home_folder
from index.kept import take_away
from index.store.failures import FAILURES

USES = {
    "own": "",
    "sample": " (the built-in sample)",
    "files": " (files asked directly)",
    "beir": " (a collection, measured)",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa corpora`."""
    parser.add_argument(
        "--remove", metavar="NAME", type=corpus_given, help="remove a corpus and everything in it; asks before"
    )
    parser.add_argument("--yes", action="store_true", help="with --remove: don't ask")
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the user's corpora, then those that evqa keeps for the sample and for files asked directly."""
    home = home_folder(settings)
    if arguments.remove:
        return _remove(home, arguments.remove, arguments.yes)
    found = listed(home)
    if arguments.json:
        print(json_text([summary_record(summary) for summary in found]))
    elif found:
        print("\n".join(printable(summary_text(summary)) for summary in found))
    else:
        say(f"no corpus under {home} yet; make one with `evqa ingest PATH`")
    return DONE


def summary_text(summary: CorpusSummary) -> str:
    """One line on one corpus."""
    counts = f"documents {summary.documents}, passages {summary.passages}, references {summary.references}"
    failed = f", {summary.failed} failed file{'s' * (summary.failed > 1)} not stored" if summary.failed else ""
    return (
        f"{summary.name}{USES[use_of(summary.name)]}: {counts}, {summary.bytes / 1e6:.1f} MB, {summary.state}{failed}"
    )


def _remove(home: Path, name: str, is_sure: bool) -> int:
    """Remove a corpus, once that is confirmed. Raises BusyError if another process reads or writes it."""
    folder = corpus_folder(home, name)
    if (folder / FAILURES).exists() and name not in corpus_names(home):
        told = f"{name}: nothing but files that couldn't be stored"
    else:
        existing_folder(home, name)
        told = summary_text(summary(home, name))
    if is_sure or _confirmed(told, name):
        take_away(folder)
        say(f"removed {told}")
    else:
        say(f"corpus {name} is kept")
    return DONE


def _confirmed(told: str, name: str) -> bool:
    """Whether the user says yes. Raises UsageError where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError(f"--remove {name}", "it can't be undone, and nobody can be asked here", "add --yes")
    say(told)
    print(f"Remove corpus {name} and everything in it? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
