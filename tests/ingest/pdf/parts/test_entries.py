"""The lines of a bibliography as pieces."""

from dataclasses import replace

import pytest

from ingest.pdf.file.extract import Run
from ingest.pdf.parts.entries import Listing, listing
from tests.ingest.pdf.printed import PITCH, down, printed, run, told

NAMES = ("Fenwick A", "Grey B", "Hedley C", "Ridley D", "Swinburne E", "Trevelyan F")


def hanging(count: int = 6, y: float = 700) -> list[Run]:
    """Entries of two lines each, the second indented."""
    made = []
    for i, name in enumerate(NAMES[:count]):
        made.append(run(f"{name}, Collingwood Z. On the keeping of ewes and", 50, y - 2 * PITCH * i))
        made.append(run(f"rams. Annals of Wool, 199{i}, 12, 1-9.", 62, y - 2 * PITCH * i - PITCH))
    return made


def listed(*runs: Run, last: int = 0) -> Listing:
    """The listing of a page."""
    return listing(printed(*runs), last)


def test_numbered_entries_are_a_piece_each() -> None:
    """An entry is one paragraph of one line, so that a number that begins its second line is none of the next."""
    found = listed(*down([f"{i}. {name}. Wool and weather.\t" for i, name in enumerate(NAMES, start=1)]))
    assert [p.kind for p in found.pieces] == ["paragraph"] * 6
    assert all(len(p.lines) == 1 for p in found.pieces)
    assert found.last == 6


def test_hanging_entries_without_numbers_are_items() -> None:
    """Where no numbers stand, lines that stand out to the left begin the entries."""
    found = listed(*hanging())
    assert [kind for kind, _ in told(found.pieces)] == ["item"] * 6
    assert [text.split(",")[0] for _, text in told(found.pieces)] == list(NAMES)
    assert found.last == 0


def test_entries_set_apart_are_items() -> None:
    """Entries parted by space are items if most of them are dated; without dates they are paragraphs."""
    y = [700 - 20 * i for i in range(6)]
    dated = [run(f"{name}. Wool and weather. Harbour Press, 1998.", 50, at) for name, at in zip(NAMES, y, strict=True)]
    assert [kind for kind, _ in told(listed(*dated).pieces)] == ["item"] * 6
    bare = [run("We thank the harbour master and his men.", 50, at) for at in y]
    assert {kind for kind, _ in told(listed(*bare).pieces)} == {"paragraph"}


def test_an_entry_cut_by_a_column_is_made_whole() -> None:
    """What stands on top of the next column and doesn't begin with authors is the rest of the entry."""
    left = [*down([f"{NAMES[0]}, Collingwood Z. On the keeping of"], 50, 200)]
    right = [
        *down(["ewes and rams. Annals of Wool, 1990, 12, 1-9."], 300, 700),
        *down([f"{NAMES[1]}, Collingwood Z. Salt. Annals of Wool, 1991, 3, 4."], 300, 680),
    ]
    first, second = told(listed(*left, *right).pieces)
    assert first[1].endswith("On the keeping of ewes and rams. Annals of Wool, 1990, 12, 1-9.")
    assert second[1].startswith(NAMES[1])


def test_statements_behind_the_list_are_paragraphs() -> None:
    """Text that follows the entries in their size, flush and without a year, isn't an entry."""
    behind = down(["The harbour master kept the books of all the", "boats and of the barley that they carried."], y=540)
    found = told(listed(*hanging(), *behind).pieces)
    assert [kind for kind, _ in found] == ["item"] * 6 + ["paragraph"]
    assert found[-1][1].startswith("The harbour master")


@pytest.mark.parametrize(
    "words", ["Conflict of Interest: none of the", "Copyright © 1998 Fenwick", "Publisher's note: all"]
)
def test_notices_behind_the_list_are_paragraphs(words: str) -> None:
    """A notice in the type of the entries isn't the rest of the last one."""
    texts = [f"{i}. {name}. Wool and weather. Annals of Wool 199{i}" for i, name in enumerate(NAMES, start=1)]
    found = told(listed(*down([*texts, words, "harbour board, in 1998."])).pieces)
    assert [text for _, text in found] == [*texts, f"{words} harbour board, in 1998."]


def test_the_rest_of_an_entry_on_top_of_a_column_is_no_entry() -> None:
    """Lines that alone stand in a strip are told by the left edge of the others in their column."""
    left, right = hanging(3), hanging(4)
    moved = [replace(r, x0=r.x0 + 250, x1=r.x1 + 250, baseline=r.baseline - 40) for r in right]
    rest = run("and of lambs. Annals of Wool, 1997, 5, 2-3.", 312, 700)
    found = told(listed(*left[:5], rest, *moved).pieces)
    assert [kind for kind, _ in found] == ["item"] * 7
    assert found[2][1] == f"{left[4].text} {rest.text}"


def test_another_size_is_no_entry() -> None:
    """Lines of another size than most of the list come behind it, as paragraphs."""
    note = run("Printed on the harbour quay", 50, 100, 7)
    found = told(listed(*hanging(3), note, *hanging(6, y=600)).pieces)
    assert found[-1] == ("paragraph", "Printed on the harbour quay")
    assert len(found) == 10


def test_what_doesnt_go_on_is_paragraphs() -> None:
    """Behind numbered entries a stretch without the next number is text, and the count stays."""
    found = listed(*down(["We thank the harbour master", "and all who sailed with him."]), last=9)
    assert told(found.pieces) == [("paragraph", "We thank the harbour master and all who sailed with him.")]
    assert found.last == 9
    assert listing([], 9) == Listing([], 9)


AIMED = [
    "Doe A. Wool of the north. Sheep. 2001;1:2.",
    "National Council of Harbours and",
    "Boats. Report on salt. London; 2002.",
    "Poe C. Timber for ships. Boats. 2003;4:5.",
    "Loe D. Ice. Boats. 2004;4:5.",
    "Noe E. Nets. Boats. 2005;4:5.",
]


def test_destinations_cut_a_list() -> None:
    """Entries begin where the file's destinations point, though nothing else shows it."""
    starts = {0, 1, 3, 4, 5}
    lines = [replace(line, targets=("#1",)) if i in starts else line for i, line in enumerate(printed(*down(AIMED)))]
    found = [piece.text.split()[0] for piece in listing(lines).pieces if piece.kind == "item"]
    assert found == ["Doe", "National", "Poe", "Loe", "Noe"]


def test_short_entries_are_told_apart_by_their_gaps() -> None:
    """Where most entries have one line, most gaps are wide ones; entries of two lines are still one each."""
    made, y = [], 700.0
    for i, name in enumerate(NAMES * 2):
        made.append(run(f"{name}, 19{80 + i}. On the keeping of ewes. Annals of Wool 12, 1-9.", 50, y))
        if i % 3 == 0:
            made.append(run("https://example.org/annals/of/wool/and/weather", 50, y := y - 10))
        y -= 15
    assert [kind for kind, _ in told(listed(*made).pieces)] == ["item"] * 12


def test_captions_among_entries_are_paragraphs() -> None:
    """A figure that stands within a list or behind it has a caption, which is no entry."""
    caption = run("Figure 1. Ewes on the hill in May 1998.", 50, 700 - 2 * PITCH * 6 - 40)
    assert [kind for kind, _ in told(listed(*hanging(), caption).pieces)] == ["item"] * 6 + ["paragraph"]
