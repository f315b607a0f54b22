"""Gold sets that a command is given, each with the document that it is about."""

import argparse
from pathlib import Path
from typing import NamedTuple

from eval.runs.gold import GoldQuestion, check_anchors, load_gold
from ingest.reader import read


class GivenSet(NamedTuple):
    """A gold set by its name, its questions, and the document that they are about."""

    name: str
    questions: tuple[GoldQuestion, ...]
    document: Path


def add_sets(parser: argparse.ArgumentParser, required: bool, told: str) -> None:
    """The option `--set GOLD DOCUMENT`, which may be given several times; `told` is its help."""
    parser.add_argument(
        "--set",
        dest="sets",
        nargs=2,
        type=Path,
        action="append",
        required=required,
        metavar=("GOLD", "DOCUMENT"),
        help=told,
    )


def given_set(gold: Path, document: Path) -> GivenSet:
    """Questions and document, every anchor found there. Raises InputError where a file can't be read or one isn't."""
    questions = load_gold(gold)
    check_anchors(questions, read(document).text)
    return GivenSet(gold.stem, tuple(questions), document)
