"""`evqa remove`: take a document out of a corpus."""

import argparse

from api.arguments import add_corpus, checked_text
from api.corpus_names import DEFAULT
from api.errors import DONE
from api.terminal import say
from evqa.settings import Settings
from index.corpora import home_folder
from index.folder import existing_folder
from index.writer import writing


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa remove`."""
    parser.add_argument("document", metavar="DOCUMENT", help="the document's id or the name of its file")
    add_corpus(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Remove it by its id or file name, and publish the corpus without it."""
    document = checked_text(arguments.document, "the document's name")
    home = home_folder(settings)
    corpus = existing_folder(home, arguments.corpus or DEFAULT).name
    with writing(home, corpus, settings.model) as writer:
        removed = writer.remove(document)
    say(f"removed {document} ({', '.join(removed)}) from corpus {corpus}")
    return DONE
