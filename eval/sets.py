"""Gold sets with the documents that they are about: those of the product, and those named on a command line."""

import argparse
from pathlib import Path
from typing import NamedTuple

from eval.runs.gold import GoldQuestion, check_anchors, load_gold
from evqa.model import Record
from ingest.reader import read

GOLD = Path(__file__).with_name("gold")
SHARED = Path(__file__).resolve().parents[2] / "shared"


class GoldSet(Record):
    """The questions of a review, and its files, one for each format.

    `documents` are paths under a folder of reference material: the texts themselves don't come with the product.
    """

    name: str
    documents: tuple[Path, ...]

    @property
    def gold(self) -> Path:
        """The file of questions."""
        return GOLD / f"{self.name}.jsonl"

    def found(self, shared: Path = SHARED) -> tuple[Path, ...]:
        """The documents that exist under the folder."""
        return tuple(path for document in self.documents if (path := shared / document).is_file())


def _set(name: str, *documents: str) -> GoldSet:
    return GoldSet(name=name, documents=tuple(map(Path, documents)))


# Reviews of four subjects in four citation styles: (n); (n) in XML; [n] with tables, also as PDF; superscript.
SETS = (
    _set("ev-review", "review/ev-review.md", "review/ev-review.pdf"),
    _set("nets", "articles/xml/PMC5545592.xml"),
    _set("tulsi", "articles/xml/PMC5376420.xml", "articles/pdf/PMC5376420.pdf"),
    _set("gluten", "articles/xml/PMC6182669.xml"),
)


class GivenSet(NamedTuple):
    """A gold set named on a command line: its name, its questions, and the file of its document."""

    name: str
    questions: tuple[GoldQuestion, ...]
    document: Path


def add_sets(parser: argparse.ArgumentParser, required: bool, help_text: str) -> None:
    """Add the option `--set GOLD DOCUMENT`, which may be given several times."""
    parser.add_argument(
        "--set",
        dest="sets",
        nargs=2,
        type=Path,
        action="append",
        required=required,
        metavar=("GOLD", "DOCUMENT"),
        help=help_text,
    )


def given_set(gold: Path, document: Path) -> GivenSet:
    """Load the questions and check that the document holds every anchor once. Raises InputError if not."""
    questions = load_gold(gold)
    check_anchors(questions, read(document).text)
    return GivenSet(gold.stem, tuple(questions), document)
