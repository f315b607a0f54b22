"""`evqa check`: whether a quotation, or what a draft quotes and states in figures, is printed in a corpus."""

import argparse
from pathlib import Path

from api.checking.drafts import checked_file, checked_sentences
from api.checking.text import check_text
from api.cli.arguments import Joined, add_corpus, add_json, checked_text
from api.errors import DONE, INSUFFICIENT
from api.opening import stored_corpus
from api.text.terminal import width
from evqa.errors import UsageError
from evqa.quoting.records import Check
from evqa.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa check`."""
    parser.add_argument(
        "sentence", metavar="SENTENCE", nargs="*", action=Joined, help="the quotation or sentence, best in quotes"
    )
    parser.add_argument(
        "--file", metavar="DRAFT", type=Path, help="check the quotations and figures of a draft: .md, .txt or .docx"
    )
    add_corpus(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what was found. The exit code is 3 if anything is absent."""
    if (arguments.sentence is None) == (arguments.file is None):
        raise UsageError("", "give either a SENTENCE or --file DRAFT", "see `evqa check --help`")
    check = _checked(arguments, settings)
    print(check.model_dump_json() if arguments.json else check_text(check, width()))
    return INSUFFICIENT if check.absent else DONE


def _checked(arguments: argparse.Namespace, settings: Settings) -> Check:
    with stored_corpus(arguments.corpus, settings) as corpus:
        if arguments.file is not None:
            return checked_file(arguments.file, corpus)
        return checked_sentences([checked_text(arguments.sentence, "the sentence")], corpus)
