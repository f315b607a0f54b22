"""`python -m eval.unlinked PDF…`: how PDFs that link their markers are read without their links.

What a file's links say is the truth about reading it by layout: each file is read twice, as it is and with links,
destinations, outline and fields taken out. Compared are the entries and how often each is cited.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval.command_line import exit_code, parser_for, say
from eval.reading.unlinked import read_unlinked
from evqa.errors import InputError
from evqa.language.words import squeeze
from evqa.model import Document, Record
from ingest.reader import read

_OPENING = 60


class Comparison(Record):
    """A file read with links and without: entries, links, and links that both readings have."""

    name: str
    entries: int
    entries_without: int
    entries_alike: int
    links: int
    links_without: int
    links_alike: int

    @property
    def f1(self) -> float:
        """F1 of the links that reading without links finds."""
        return 2 * self.links_alike / max(1, self.links + self.links_without)


def compare(path: Path) -> Comparison:
    """Read a PDF twice. Raises InputError if it can't be read."""
    linked, plain = read(path), read_unlinked(path)
    names, names_without = _names(linked), _names(plain)
    links, links_without = _cited(linked, names), _cited(plain, names_without)
    return Comparison(
        name=path.name,
        entries=len(names),
        entries_without=len(names_without),
        entries_alike=(Counter(names.values()) & Counter(names_without.values())).total(),
        links=links.total(),
        links_without=links_without.total(),
        links_alike=(links & links_without).total(),
    )


def _names(document: Document) -> dict[int, str]:
    """The beginning of each entry, by which two readings of it are known."""
    return {entry.number: squeeze(entry.raw)[:_OPENING] for entry in document.references}


def _cited(document: Document, names: dict[int, str]) -> Counter[str]:
    return Counter(names[n] for citation in document.citations for n in citation.references if n in names)


def _parser() -> argparse.ArgumentParser:
    parser = parser_for("unlinked", __doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="PDF", help="files whose markers are links")
    return parser


def _report(files: Sequence[Path]) -> None:
    found = []
    for path in files:
        try:
            found.append(compare(path))
        except InputError as error:
            say(str(error))
    print(f"{'file':32} entries without alike   links without alike    F1")
    for one in sorted(found, key=lambda one: one.f1):
        entries = f"{one.entries:7} {one.entries_without:7} {one.entries_alike:5}"
        print(f"{one.name[:32]:32} {entries} {one.links:7} {one.links_without:7} {one.links_alike:5} {one.f1:.3f}")
    links, without, alike = (sum(getattr(one, n) for one in found) for n in ("links", "links_without", "links_alike"))
    print(f"all {len(found)}: links F1 {2 * alike / max(1, links + without):.4f}")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the comparison: exit code 0."""
    options = _parser().parse_args(argv)
    return exit_code(lambda: _report(options.files))


if __name__ == "__main__":
    sys.exit(main())
