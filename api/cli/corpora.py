"""`evqa corpora`: list the corpora with their sizes and state."""

import argparse

from api.catalogue import listed, summary_record
from api.cli.arguments import add_json
from api.corpus_names import use_of
from api.errors import DONE
from api.text.json_text import json_text
from api.text.terminal import printable, say
from evqa.settings import Settings
from index.corpora import CorpusSummary
from index.disk.folder import home_folder

USES = {
    "own": "",
    "sample": " (the built-in sample)",
    "files": " (files asked directly)",
    "beir": " (a collection, measured)",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa corpora`."""
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the user's corpora, then those that evqa keeps for the sample and for files asked directly."""
    home = home_folder(settings)
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
