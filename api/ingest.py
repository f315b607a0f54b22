"""`evqa ingest`: read files or folders, store, embed and index them, and report how sound they are."""

import argparse
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from api.arguments import add_corpus, add_json, add_partial
from api.corpus_names import DEFAULT, own_name
from api.errors import DONE, UNREADABLE, UNSOUND
from api.integrity_text import integrity_text
from api.json_text import json_text
from api.storing import Outcome, Shelf, store
from api.terminal import printable, say, width
from evqa.settings import Settings
from index.corpora import home_folder


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa ingest`."""
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="a file, or a folder of files")
    add_corpus(parser)
    add_partial(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Store every file that can be; the exit code is that of the worst."""
    corpus = own_name(arguments.corpus or DEFAULT)
    shelf = Shelf(home_folder(settings), corpus, settings.model, arguments.allow_partial)
    outcomes = store(arguments.paths, shelf, _warn if arguments.json else _tell)
    _print_json(outcomes) if arguments.json else _print_report(outcomes, corpus)
    return _code(outcomes)


def outcome_line(outcome: Outcome) -> str:
    """One line on a file that was read."""
    counted = f"{outcome.references} references, {outcome.citations} statement–reference pairs"
    if outcome.state == "unsound":
        return f"{outcome.file}: {outcome.title}: not stored: {outcome.error}; {counted}"
    if outcome.state == "duplicate":
        return f"{outcome.file}: {outcome.title}: duplicate, the same bytes as a file before it; stored once"
    embedded = f"{outcome.embedded} of {outcome.passages} passages embedded"
    return f"{outcome.file}: {outcome.title}: {outcome.state}; {counted}; {embedded}"


def totals_line(outcomes: Sequence[Outcome], corpus: str) -> str:
    """The sum over all files."""
    states = [outcome.state for outcome in outcomes]
    counts = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(sorted(states)))
    stored = [outcome for outcome in outcomes if outcome.state in ("new", "changed", "unchanged")]
    found = f"{sum(o.references for o in stored)} references, {sum(o.citations for o in stored)} pairs"
    passages = f"{sum(o.passages for o in stored)} passages, {sum(o.embedded for o in stored)} embedded"
    files = f"{len(outcomes)} file{'' if len(outcomes) == 1 else 's'}"
    return f"corpus {corpus}: {files} ({counts}); stored: {found}, {passages}"


def _warn(outcome: Outcome) -> None:
    """What went wrong with one file, on stderr."""
    if outcome.state == "failed":
        say(outcome.error or "")
    elif outcome.state not in ("unsound", "duplicate") and not outcome.passages:
        say(f"{outcome.file}: no passage was found in it, so no question can be answered from it; see `evqa read`")


def _tell(outcome: Outcome) -> None:
    if outcome.state != "failed":
        print(printable(outcome_line(outcome)), flush=True)
    _warn(outcome)


def _print_json(outcomes: Sequence[Outcome]) -> None:
    print(json_text([{field.name: getattr(item, field.name) for field in fields(item)} for item in outcomes]))


def _print_report(outcomes: Sequence[Outcome], corpus: str) -> None:
    for outcome in outcomes:
        if outcome.integrity and outcome.state != "duplicate":
            print(f"\n{printable(outcome.file)}: {'sound' if outcome.integrity.is_sound else 'NOT SOUND'}")
            print(integrity_text(outcome.integrity, width()))
    print(f"\n{totals_line(outcomes, corpus)}")


def _code(outcomes: Sequence[Outcome]) -> int:
    states = {outcome.state for outcome in outcomes}
    if "failed" in states:
        return UNREADABLE
    if "unsound" in states:
        say("not stored: numbering or markers aren't sound; correct the file, or store it with --allow-partial")
        return UNSOUND
    return DONE
