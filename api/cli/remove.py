"""`evqa remove`: take a document out of a corpus."""

import argparse
from pathlib import Path

from api.cli.arguments import add_corpus, checked_text
from api.corpus_names import DEFAULT
from api.errors import DONE
from api.intake.file_names import as_text
from api.opening import usual_corpus
from api.text.terminal import say
from evqa.settings import Settings
from index.disk.folder import corpus_folder, existing_folder, home_folder
from index.store.failures import FAILURES
from index.writer import writing


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa remove`."""
    parser.add_argument("document", metavar="DOCUMENT", help="the document's id, or the name or path of its file")
    add_corpus(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Remove a document by its id or file name and publish the corpus. A failed file is forgotten."""
    document = checked_text(arguments.document, "the document's name")
    home = home_folder(settings)
    corpus = arguments.corpus or _usual(home)
    if not _has_failures(home, corpus):
        existing_folder(home, corpus)
    with writing(home, corpus, settings.model) as writer:
        dropped = [failure for name in _names(document) for failure in writer.failures.drop(name)]
        removed = () if dropped and not writer.names(document) else writer.remove(document)
    for failure in dropped:
        say(f"{as_text(str(failure.path))}: failed before and is forgotten; it won't be named again")
    if removed:
        say(f"removed {document} ({', '.join(removed)}) from corpus {corpus}")
    return DONE


def _usual(home: Path) -> str:
    """The default where it is there, be it only with failed files, else as other commands have it."""
    return DEFAULT if _has_failures(home, DEFAULT) else usual_corpus(home) or DEFAULT


def _has_failures(home: Path, corpus: str) -> bool:
    return (corpus_folder(home, corpus) / FAILURES).exists()


def _names(given: str) -> tuple[str, ...]:
    """What a failed file may be known by: as given, and as a path from here."""
    path = Path(given)
    return given, str(path.parent.resolve() / path.name)
