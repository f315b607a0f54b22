"""`evqa import`: make a corpus of a file that `evqa export` wrote."""

import argparse
from pathlib import Path

from api.cli.arguments import add_json, corpus_given
from api.corpus_names import own_name
from api.errors import DONE
from api.text.json_text import json_text
from api.text.models import asked_with
from api.text.terminal import printable, say
from evqa.settings import Settings
from index.disk.folder import home_folder


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa import`."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that `evqa export` wrote")
    parser.add_argument(
        "--as", dest="name", metavar="NAME", type=corpus_given, help="name of the corpus (default: as it was called)"
    )
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check the file, make the corpus and publish it. A corpus that is there is never touched."""
    from index.archive import import_corpus  # no other command needs it

    name, manifest = import_corpus(home_folder(settings), arguments.file, settings.model, arguments.name, own_name)
    held = {"documents": manifest.documents, "passages": manifest.passages, "references": manifest.references}
    if arguments.json:
        print(json_text({"corpus": name, "file": str(arguments.file), **held}))
    else:
        counts = ", ".join(f"{what} {count}" for what, count in held.items())
        print(printable(f"corpus {name}: {counts}; every byte checked"))
    if line := asked_with(name, manifest.model, settings):
        say(line)
    return DONE
