"""Labels of tables and figures."""

from collections.abc import Callable

import pytest

from evqa.model import Document
from ingest.structure.draft import DraftBlock
from ingest.structure.floats import labelled, with_captions, with_notes

Reading = Callable[[str], Document]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("TABLE 1 Role of vesicles.", "Table 1"),
        ("Table 2. Kinds", "Table 2"),
        ("FIGURE 1", "Figure 1"),
        ("Fig. 3: A view", "Figure 3"),
        ("Figure 2 | A view", "Figure 2"),
        ("Table IV. Kinds", "Table 4"),
        ("Figure S1. More", "Figure S1"),
    ],
)
def test_captions_are_known(text: str, label: str) -> None:
    """Every usual form of a caption's label is known, and written alike."""
    found = labelled(text)
    assert found is not None
    assert found[0] == label
    assert not text[found[1] :].startswith(" ")


@pytest.mark.parametrize("text", ["Figure 1 shows this.", "Table 2 and Figure 3 agree.", "Tables are made of wood."])
def test_sentences_are_no_captions(text: str) -> None:
    """A sentence about a figure isn't its caption."""
    assert labelled(text) is None


def test_a_label_alone_takes_the_next_paragraph() -> None:
    """ "FIGURE 1" on a line of its own is the label of the paragraph after it."""
    blocks = with_captions([DraftBlock("prose", "FIGURE 1"), DraftBlock("prose", "A view of it.")])
    assert [(b.kind, b.text, b.text[b.lead :]) for b in blocks] == [
        ("caption", "FIGURE 1 A view of it.", "A view of it.")
    ]


def test_what_stands_between_a_table_and_the_rest_of_a_sentence_is_its_note() -> None:
    """Below a table that cuts a sentence, the paragraph before the sentence's rest is the table's note."""
    blocks = [
        DraftBlock("prose", "They block inhibitory"),
        DraftBlock("table", "a\tb", label="Table 1"),
        DraftBlock("prose", "Cells are counted in four groups."),
        DraftBlock("prose", "signals of cells."),
    ]
    assert [b.kind for b in with_notes(blocks)] == ["prose", "table", "note", "prose"]
    assert with_notes(blocks)[2].label == "Table 1"


def test_group_rows_stay_in_their_table(parse: Reading) -> None:
    """A row with words in its first cell only, with or without the tabs of the others, ends no table."""
    table = "Salt\tUse\nOld ones\t\nNaCl\tfood\nNew ones\nKCl\troads\nRare ones\t\n"
    document = parse(f"# On salt\n\n## Uses\n\nIt melts.\n\nTable 1. Salts.\n\n{table}\nIt flows.")
    assert [(t.label, len(t.rows)) for t in document.tables] == [("Table 1", 5)]


def test_the_parts_of_a_continued_table_are_one(parse: Reading) -> None:
    """ "Table 1 (continued)" adds its rows; the head printed again is no row."""
    first, second = "Salt\tUse\nNaCl\tfood", "Salt\tUse\nKCl\troads\nCsCl\tnone"
    document = parse(
        f"# On salt\n\n## Uses\n\nTable 1. Salts.\n\n{first}\n\nTABLE 1 (continued)\n\n{second}\n\nIt flows."
    )
    assert [[row.cells[0] for row in t.rows] for t in document.tables] == [["NaCl", "KCl", "CsCl"]]
    assert all(document.text[row.start : row.end].startswith(row.cells[0]) for row in document.tables[0].rows)


def test_a_label_may_have_a_hyphen() -> None:
    """ "FIGURE-2 Salt" is a caption."""
    assert labelled("FIGURE-2 Salt in heat") == ("Figure 2", 9)
