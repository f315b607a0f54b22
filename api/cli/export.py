"""`evqa export`: write a corpus to one file."""

import argparse
from pathlib import Path

from api.cli.arguments import add_json
from api.errors import DONE
from api.text.json_text import json_text
from api.text.terminal import printable, say
from evqa.settings import Settings
from index.disk.folder import home_folder


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa export`."""
    parser.add_argument("corpus", metavar="CORPUS", help="the corpus's name")
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="where to write it, such as lab.evqa; must not be there"
    )
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the archive and say what it holds. Nothing is left of it if that fails."""
    from index.archive import export_corpus  # no other command needs it

    manifest = export_corpus(home_folder(settings), arguments.corpus, arguments.file)
    size = arguments.file.stat().st_size
    if arguments.json:
        counts = {"documents": manifest.documents, "passages": manifest.passages, "references": manifest.references}
        print(json_text({"corpus": manifest.corpus, "file": str(arguments.file), "bytes": size, **counts}))
    else:
        copies = len(manifest.files) - 1
        held = f"documents {manifest.documents}, passages {manifest.passages}, references {manifest.references}"
        print(printable(f"{arguments.file}: corpus {manifest.corpus}: {held}, PDFs {copies}, {size / 1e6:.1f} MB"))
    say(f"take it back, here or elsewhere, with `evqa import {arguments.file}`")
    return DONE
