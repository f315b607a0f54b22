"""Markers that a printed file links to its entries."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.markers.following import Place, with_marks
from ingest.markup.styled import Span, Styled
from ingest.structure.draft import DraftBlock

NAMES = ["Doe A (2001) Wool.", "Roe B (2002) Salt.", "Poe C (2003) Timber.", "Loe D (2004) Ice."]


def entry(number: int, text: str, name: str = "", page: int = 2) -> DraftBlock:
    """An entry, with the address that points at it."""
    spans = (Span(0, len(text), "target", name),) if name else ()
    return DraftBlock("reference", text, Styled(text, spans), number=number, page=page)


def block(text: str, links: Mapping[str, str], printed: str = "") -> DraftBlock:
    """A paragraph in which words link to addresses."""
    shown = printed or text
    spans = tuple(Span(shown.index(w), shown.index(w) + len(w), "goto", to) for w, to in links.items())
    return DraftBlock("prose", text, Styled(shown, spans), page=1)


def marks(
    draft: DraftBlock, entries: list[DraftBlock], places: Mapping[str, Place] | None = None
) -> list[tuple[str, tuple[int, ...]]]:
    """The printed markers of a paragraph with their entries."""
    found = with_marks([draft, *entries], places or {})[0]
    return [(found.text[mark.start : mark.end], mark.numbers) for mark in found.marks]


NUMBERED = [entry(n, text, f"#{n}") for n, text in enumerate(NAMES, 1)]
UNNUMBERED = [entry(0, text, f"#{n}") for n, text in enumerate(NAMES, 1)]


@pytest.mark.parametrize(
    ("text", "links", "expected"),
    [
        ("Wool [1] is warm.", {"1": "#1"}, [("[1]", (1,))]),
        ("Wool [1–4] is warm.", {"1": "#1", "4": "#4"}, [("[1–4]", (1, 2, 3, 4))]),
        ("Wool [1]–[3] is warm.", {"1": "#1", "3": "#3"}, [("[1]–[3]", (1, 2, 3))]),
        ("Wool (2, 4) in 3 boats.", {"2": "#2", "4": "#4"}, [("(2, 4)", (2, 4))]),
        ("Wool¹,³ is warm.", {"1": "#1"}, [("¹,³", (1, 3))]),
        ("Wool (Fig. 2) is warm.", {"2": "#9"}, []),
        ("Wool grows [1, 2].", {"grows": "#1"}, []),
    ],
)
def test_numbers(text: str, links: dict[str, str], expected: list[tuple[str, tuple[int, ...]]]) -> None:
    """Links bind numbers and the ranges between them; links elsewhere, or from words that entries lack, bind none."""
    printed = text.replace("¹", "1").replace("³", "3")
    assert marks(block(text, links, printed), NUMBERED) == expected


@pytest.mark.parametrize(
    ("text", "links", "expected"),
    [
        (
            "It is so (Doe, 2001; Roe, 2002).",
            {"Doe, 2001": "#1", "Roe, 2002": "#2"},
            [("(Doe, 2001; Roe, 2002)", (1, 2))],
        ),
        ("It is so (Doe, 2001).", {"Doe": "#1", "2001": "#1"}, [("(Doe, 2001)", (1,))]),
        ("Doe (2001) says so.", {"Doe": "#1", "2001": "#1"}, [("Doe (2001)", (1,))]),
        ("Doe et al. (2001) say so.", {"Doe et al.": "#1", "2001": "#1"}, [("Doe et al. (2001)", (1,))]),
        ("Wool is warm.", {"arm": "#1"}, []),
    ],
)
def test_names(text: str, links: dict[str, str], expected: list[tuple[str, tuple[int, ...]]]) -> None:
    """Name and year that link to one entry are one marker; letters that a rectangle gone astray covers are none."""
    assert marks(block(text, links), UNNUMBERED) == expected


def test_print_counts_where_the_link_disagrees() -> None:
    """A printed number binds although its link leads elsewhere; the mark keeps both."""
    draft = with_marks([block("Wool [2] is warm.", {"2": "#3"}), *NUMBERED], {})[0]
    assert [(mark.numbers, mark.linked) for mark in draft.marks] == [((2,), (3,))]


def test_pages_alone() -> None:
    """Where only the pages of places are known, printed numbers bind; a second family of names binds nothing."""
    places = {f"#{n}": Place(f"link_CR{n}", 2) for n in range(1, 5)} | {"#9": Place("link_MOESM1", 2)}
    bare = [entry(n, text) for n, text in enumerate(NAMES, 1)]
    text = "Wool [1, 2] of file 4 is warm [3]."
    assert marks(block(text, {"1": "#1", "2": "#2", "3": "#3", "4": "#9"}), bare, places) == [
        ("[1, 2]", (1, 2)),
        ("[3]", (3,)),
    ]
    elsewhere = {to: Place(place.name, 7) for to, place in places.items()}
    assert marks(block(text, {"1": "#1", "2": "#2", "3": "#3"}), bare, elsewhere) == []


def test_order_alone() -> None:
    """Without printed numbers the number in a place's name is the entry's, if the entries say what the links say."""
    places = {f"#{n}": Place(f"B{n}", 2) for n in range(1, 5)}
    bare = [entry(0, text) for text in NAMES]
    draft = block("So (Doe, 2001; Roe, 2002; Poe, 2003).", {"Doe, 2001": "#1", "Roe, 2002": "#2", "Poe, 2003": "#3"})
    assert [numbers for _, numbers in marks(draft, bare, places)] == [(1, 2, 3)]
    assert marks(draft, bare[::-1], places) == []


def test_cells_stand_for_themselves() -> None:
    """In a table a marker ends with its cell."""
    text = "Doe\t1\n2\t3"
    spans = tuple(Span(text.index(n), text.index(n) + 1, "goto", f"#{n}") for n in "123")
    table = DraftBlock("table", text, Styled(text, spans), rows=(("Doe", "1"), ("2", "3")))
    assert marks(table, NUMBERED) == [("1", (1,)), ("2", (2,)), ("3", (3,))]


@given(st.text("ab é²ﬁ[](),.;123-–\n", max_size=60), st.integers(0, 60), st.integers(0, 20))
def test_marks_lie_in_their_text(text: str, start: int, length: int) -> None:
    """Whatever a link covers, marks lie within the canonical text, which keeps its length."""
    printed = Styled(text, (Span(min(start, len(text)), min(start + length, len(text)), "goto", "#1"),))
    draft = DraftBlock("prose", printed.canonical, printed)
    marked = with_marks([draft, *NUMBERED], {})[0]
    assert len(marked.text) == len(draft.text)
    assert all(
        0 <= mark.start < mark.end <= len(draft.text) and set(mark.numbers) <= {1, 2, 3, 4} for mark in marked.marks
    )


@pytest.mark.parametrize(
    ("printed", "links", "numbers", "missing"),
    [
        ("[6]", {"6": "#1"}, (), (6,)),
        ("[6, 9]", {"6": "#1", "9": "#2"}, (), (6, 9)),
        ("[2, 9]", {"2": "#1", "9": "#2"}, (2,), (9,)),
    ],
)
def test_links_never_replace_printed_numbers(
    printed: str, links: dict[str, str], numbers: tuple[int, ...], missing: tuple[int, ...]
) -> None:
    """A printed number without an entry is missing: the entry that its link leads to isn't taken for it."""
    (mark,) = with_marks([block(f"Wool {printed} is warm.", links), *NUMBERED], {})[0].marks
    assert (mark.numbers, mark.missing) == (numbers, missing)
    assert "no entry" in mark.reason
