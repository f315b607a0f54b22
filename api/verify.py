"""`evqa verify`: check every byte of a corpus."""

import argparse

from api.arguments import add_corpus, add_json
from api.corpus_names import DEFAULT
from api.errors import DONE, NO_CORPUS
from api.json_text import json_text
from api.terminal import printable
from evqa.settings import Settings
from index.corpora import home_folder
from index.folder import existing_folder
from index.verify import verify


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa verify`."""
    add_corpus(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what is damaged, or that nothing is; 6 when something is."""
    home = home_folder(settings)
    corpus = existing_folder(home, arguments.corpus or DEFAULT).name
    damage = verify(home, corpus)
    if arguments.json:
        print(json_text({"corpus": corpus, "sound": not damage, "damage": damage}))
    else:
        print("\n".join(printable(item) for item in damage) or f"corpus {corpus}: every byte is as it was written")
    return NO_CORPUS if damage else DONE
