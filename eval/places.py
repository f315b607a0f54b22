"""`python -m eval.places`: of how many statements of a PDF the printed lines are found, and rightly."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from rapidfuzz.distance import Indel

from evqa.errors import EvqaError
from evqa.model import Document, Record
from ingest.pdf.page.page import Box, Letters, letters
from ingest.pdf.page.places import Place, Stretch, folded, places
from ingest.pdf.page.stretches import stretches
from ingest.reader import read

Kind = Literal["sentences", "rows", "entries"]
KINDS: tuple[Kind, ...] = ("sentences", "rows", "entries")
ALIKE = 0.95


class Counted(Record):
    """Statements of one kind: all, those found on a page, those whose boxes hold just their letters."""

    all: int
    found: int
    right: int


class Printed(Record):
    """One file."""

    name: str
    pages: int
    counted: dict[Kind, Counted]


def printed(path: Path) -> Printed:
    """How well the statements of a PDF are found on its pages. Raises InputError if it can't be read or drawn.

    Right are the boxes of a statement when the letters that lie in them, on all its pages together, are its own: a
    normalised edit similarity of at least .95.
    """
    document = read(path)
    wanted = stretches(document)
    count, pages = letters(path.read_bytes(), *range(1, 1 + max((each.page for each in wanted), default=0) + 1))
    held: dict[int, str] = {}
    for place, page in placed(document.text, wanted, pages[:count]):
        held[place.start] = held.get(place.start, "") + inside(page, place.boxes)
    return Printed(name=path.name, pages=count, counted=dict(counts(document, wanted, held)))


def placed(text: str, wanted: Sequence[Stretch], pages: Sequence[Letters | None]) -> Iterator[tuple[Place, Letters]]:
    """Every statement on every page, with the page."""
    for number, page in enumerate(pages, start=1):
        if page:
            before = pages[number - 2] if number > 1 else None
            yield from ((place, page) for place in places(text, wanted, number, [before, page]))


def inside(page: Letters, boxes: Sequence[Box]) -> str:
    """The folded letters whose middle lies in one of the boxes."""
    held = (
        character
        for character, (left, top, right, bottom) in zip(page.text, page.boxes, strict=True)
        if right > left and any(_holds(box, (left + right) / 2, (top + bottom) / 2) for box in boxes)
    )
    return folded("".join(held))[0]


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def counts(document: Document, wanted: Sequence[Stretch], held: dict[int, str]) -> Iterator[tuple[Kind, Counted]]:
    """The counts of each kind; `held`: what lies in the boxes of the statement that begins there."""
    kinds: dict[int, Kind] = {each.start: "sentences" for each in document.sentences}
    kinds |= {row.start: "rows" for table in document.tables for row in table.rows}
    kinds |= {each.start: "entries" for each in document.references if each.start is not None}
    for kind in KINDS:
        own = [each for each in wanted if kinds[each.start] == kind]
        found = [each for each in own if each.start in held]
        right = [each for each in found if is_alike(document.text[each.start : each.end], held[each.start])]
        yield kind, Counted(all=len(own), found=len(found), right=len(right))


def is_alike(text: str, held: str) -> bool:
    """Whether the letters in the boxes are those of the text."""
    return Indel.normalized_similarity(folded(text)[0], held) >= ALIKE


def lines(files: Sequence[Printed]) -> list[str]:
    """The table for a terminal, the sums last."""
    total = {
        kind: Counted(
            **{name: sum(getattr(each.counted[kind], name) for each in files) for name in Counted.model_fields}
        )
        for kind in KINDS
    }
    together = Printed(name="together", pages=sum(each.pages for each in files), counted=total)
    head = f"{'file':<24} {'pages':>6}" + "".join(f"{kind + ', found, right':>28}" for kind in KINDS)
    return [head, *(_line(each) for each in (*files, together))]


def _line(each: Printed) -> str:
    cells = (f"{one.all:,} {one.found:,} {one.right:,}" for one in (each.counted[kind] for kind in KINDS))
    return f"{each.name:<24} {each.pages:>6}" + "".join(f"{cell:>28}" for cell in cells)


def main(argv: Sequence[str] | None = None) -> int:
    """Measures the files and prints a table; 1 and one line on stderr when one of them can't be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.places", description=(__doc__ or "").partition(": ")[2])
    parser.add_argument("files", nargs="+", type=Path, metavar="PDF", help="files to measure")
    given = parser.parse_args(argv)
    try:
        print("\n".join(lines([printed(path) for path in given.files])))
    except EvqaError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
