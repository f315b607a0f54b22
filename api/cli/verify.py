"""`evqa verify`: check every byte of a corpus."""

import argparse

from api.cli.arguments import add_corpus, add_json
from api.corpus_names import DEFAULT
from api.errors import DONE, NO_CORPUS
from api.intake.file_names import as_text
from api.text.json_text import json_text
from api.text.terminal import printable, say
from evqa.settings import Settings
from index.disk.folder import existing_folder, home_folder
from index.store.failures import failures_in
from index.verify import verify


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa verify`."""
    add_corpus(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what is damaged, or that nothing is. The exit code is 6 if something is."""
    home = home_folder(settings)
    folder = existing_folder(home, arguments.corpus or DEFAULT)
    corpus, damage = folder.name, verify(home, folder.name)
    failed = [] if damage else failures_in(folder)
    if arguments.json:
        print(json_text({"corpus": corpus, "sound": not damage, "damage": damage, "failed": len(failed)}))
    else:
        print("\n".join(printable(item) for item in damage) or f"corpus {corpus}: every byte is as it was written")
    for failure in failed:
        say(f"{as_text(str(failure.path))}: not stored: {failure.error}")
    return NO_CORPUS if damage else DONE
