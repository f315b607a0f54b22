"""`python -m eval.places PDF …`: count the statements of PDFs whose printed lines are located on the page."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from rapidfuzz.distance import Indel

from eval.command_line import exit_code, parser_for
from evqa.model import Document, Record
from ingest.pdf.page.page import Box, Letters, letters
from ingest.pdf.page.places import Place, Stretch, folded, places
from ingest.pdf.page.stretches import stretches
from ingest.reader import read

Kind = Literal["sentences", "rows", "entries"]
KINDS: tuple[Kind, ...] = ("sentences", "rows", "entries")
ALIKE = 0.95


class LocatedCounts(Record):
    """Statements of one kind: all, those located on a page, those whose boxes hold exactly their own letters."""

    all: int
    found: int
    right: int


class LocatedFile(Record):
    """The counts of one PDF file, by kind of statement."""

    name: str
    pages: int
    counted: dict[Kind, LocatedCounts]


def located(path: Path) -> LocatedFile:
    """Count the statements of a PDF that are located on its pages. Raises InputError if it can't be read or drawn.

    The boxes of a statement are right if the letters inside them, on all its pages together, are the statement's own:
    a normalised edit similarity of at least .95.
    """
    document = read(path)
    wanted = stretches(document)
    count, pages = letters(path.read_bytes(), *range(1, 1 + max((each.page for each in wanted), default=0) + 1))
    inside_boxes: dict[int, str] = {}
    for place, page in placed(document.text, wanted, pages[:count]):
        inside_boxes[place.start] = inside_boxes.get(place.start, "") + inside(page, place.boxes)
    return LocatedFile(name=path.name, pages=count, counted=dict(counts(document, wanted, inside_boxes)))


def placed(text: str, wanted: Sequence[Stretch], pages: Sequence[Letters | None]) -> Iterator[tuple[Place, Letters]]:
    """Every statement located on a page, with that page."""
    for number, page in enumerate(pages, start=1):
        if page:
            before = pages[number - 2] if number > 1 else None
            yield from ((place, page) for place in places(text, wanted, number, [before, page]))


def inside(page: Letters, boxes: Sequence[Box]) -> str:
    """The folded letters whose centre lies in one of the boxes."""
    letters_inside = (
        character
        for character, (left, top, right, bottom) in zip(page.text, page.boxes, strict=True)
        if right > left and any(_holds(box, (left + right) / 2, (top + bottom) / 2) for box in boxes)
    )
    return folded("".join(letters_inside))[0]


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def counts(
    document: Document, wanted: Sequence[Stretch], inside_boxes: dict[int, str]
) -> Iterator[tuple[Kind, LocatedCounts]]:
    """The counts of each kind. `inside_boxes` maps a statement's start to the letters inside its boxes."""
    kinds: dict[int, Kind] = {each.start: "sentences" for each in document.sentences}
    kinds |= {row.start: "rows" for table in document.tables for row in table.rows}
    kinds |= {each.start: "entries" for each in document.references if each.start is not None}
    for kind in KINDS:
        statements = [stretch for stretch in wanted if kinds[stretch.start] == kind]
        found = [stretch for stretch in statements if stretch.start in inside_boxes]
        right = [s for s in found if is_alike(document.text[s.start : s.end], inside_boxes[s.start])]
        yield kind, LocatedCounts(all=len(statements), found=len(found), right=len(right))


def is_alike(text: str, letters_inside: str) -> bool:
    """Whether the letters inside the boxes are those of the text."""
    return Indel.normalized_similarity(folded(text)[0], letters_inside) >= ALIKE


def lines(files: Sequence[LocatedFile]) -> list[str]:
    """The table for a terminal, with the sums last."""
    total = {
        kind: LocatedCounts(
            **{name: sum(getattr(each.counted[kind], name) for each in files) for name in LocatedCounts.model_fields}
        )
        for kind in KINDS
    }
    together = LocatedFile(name="together", pages=sum(each.pages for each in files), counted=total)
    head = f"{'file':<24} {'pages':>6}" + "".join(f"{kind + ', found, right':>28}" for kind in KINDS)
    return [head, *(_line(each) for each in (*files, together))]


def _line(file: LocatedFile) -> str:
    cells = (f"{count.all:,} {count.found:,} {count.right:,}" for count in (file.counted[kind] for kind in KINDS))
    return f"{file.name:<24} {file.pages:>6}" + "".join(f"{cell:>28}" for cell in cells)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the files and print a table: exit code 0, or 1 if a file can't be read."""
    parser = parser_for("places", __doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="PDF", help="files to measure")
    arguments = parser.parse_args(argv)
    return exit_code(lambda: print("\n".join(lines([located(path) for path in arguments.files]))))


if __name__ == "__main__":
    sys.exit(main())
