"""`evqa remove`: take a document out of a corpus."""

import argparse

from index.corpora import home_folder
from index.writer import writing

from api.arguments import add_corpus
from api.corpus_names import DEFAULT
from api.errors import DONE
from api.terminal import say
from evqa.settings import Settings
from index.folder import existing_folder


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa remove`."""
    parser.add_argument("document", metavar="DOCUMENT", help="the document's id or the name of its file")
    add_corpus(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Remove it and publish the corpus without it."""
    home = home_folder(settings)
    corpus = existing_folder(home, arguments.corpus or DEFAULT).name
    with writing(home, corpus, settings.model) as writer:
        writer.remove(arguments.document)
        writer.publish()
    say(f"removed {arguments.document} from corpus {corpus}")
    return DONE
