"""`evqa verify`: check every byte of a corpus."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from api.cli.arguments import add_corpus, add_json
from api.corpus_names import DEFAULT
from api.errors import DONE, NO_CORPUS
from api.intake.file_names import as_text
from api.opening import usual_corpus
from api.text.json_text import json_text
from api.text.terminal import printable, say
from evqa.settings import Settings
from index.disk.folder import existing_folder, home_folder
from index.store.failures import failures_in
from index.verify import Unaudited, is_published, unaudited, verify


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa verify`."""
    add_corpus(parser)
    add_json(parser)


def say_unaudited(documents: Sequence[Unaudited]) -> None:
    """Which documents have no audit, on stderr."""
    for each in documents:
        say(f"{each.source}: stored, but its citations aren't audited: {each.reason}")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what is damaged, or that nothing is, and what is missing. The exit code is 6 if something is damaged."""
    home = home_folder(settings)
    folder = existing_folder(home, arguments.corpus or usual_corpus(home) or DEFAULT)
    corpus, damage = folder.name, verify(home, folder.name)
    failed = [] if damage else failures_in(folder)
    missing = () if damage else unaudited(home, corpus)
    published = not damage and is_published(home, corpus)
    if arguments.json:
        found = {"corpus": corpus, "sound": not damage, "damage": damage, "failed": len(failed)}
        print(json_text({**found, "published": published, "unaudited": [asdict(each) for each in missing]}))
    else:
        print("\n".join(printable(item) for item in damage) or f"corpus {corpus}: every byte is as it was written")
    for failure in failed:
        say(f"{as_text(str(failure.path))}: not stored: {failure.error}")
    say_unaudited(missing)
    if not damage and not published:
        say(f"corpus {corpus}: what was stored last isn't published; the next question or `evqa ingest` publishes it")
    return NO_CORPUS if damage else DONE
