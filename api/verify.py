"""`evqa verify`: check every byte of a corpus."""

import argparse
from typing import TYPE_CHECKING

from api.arguments import add_corpus, add_json
from api.errors import DONE, NO_CORPUS
from api.terminal import printable

if TYPE_CHECKING:
    from evqa.settings import Settings

SUMMARY = "check every byte of a corpus"


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa verify`."""
    add_corpus(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: "Settings") -> int:
    """Print what is damaged, or that nothing is; 6 when something is."""
    from api.corpus_names import DEFAULT, existing
    from api.json_text import json_text
    from index.corpora import home_folder
    from index.verify import verify

    home = home_folder(settings)
    corpus = existing(home, arguments.corpus or DEFAULT)
    damage = verify(home, corpus)
    if arguments.json:
        print(json_text({"corpus": corpus, "sound": not damage, "damage": damage}))
    else:
        print("\n".join(printable(item) for item in damage) or f"corpus {corpus}: every byte is as it was written")
    return NO_CORPUS if damage else DONE
