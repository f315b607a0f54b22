"""Statements are found on the page, line by line, whatever the print did to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pdf.page.page import Letters
from ingest.pdf.page.places import PrintedPage, Stretch, folded, places

WIDE = 60


def page_of(*lines: str, number: int = 1) -> Letters:
    """A page of lines of 60 characters each, a hundredth of the page high; a line break has no place."""
    text, boxes = "", []
    for row, line in enumerate(lines):
        for column, character in enumerate(line + "\n"):
            text += character
            wide = 0.0 if character == "\n" else 1 / WIDE
            left = column / WIDE
            boxes.append((left, row / 100, left + wide, row / 100 + (0.008 if wide else 0)))
    return Letters(number, 600, 800, text, tuple(boxes))


def lines_under(page: Letters, statement: str) -> list[str]:
    """What stands under each box of a statement."""
    found = places(statement, [Stretch(0, len(statement), page.number)], page.number, [None, page])
    return [under(page, box) for place in found for box in place.boxes]


def under(page: Letters, box: tuple[float, float, float, float]) -> str:
    """The characters whose middle lies in a box."""
    middles = [((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in page.boxes]
    inside = [box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in middles]
    return "".join(c for c, is_in in zip(page.text, inside, strict=True) if is_in and c != "\n")


@pytest.mark.parametrize(
    ("lines", "statement", "expected"),
    [
        (["Before. Wool is sold by", "weight here. After."], "Wool is sold by weight here.",
         ["Wool is sold by", "weight here."]),
        (["The immuno-", "therapy of e\ufb03cient cells."], "The immunotherapy of efficient cells.",
         ["The immuno-", "therapy of e\ufb03cient cells."]),
        (["A na\u00efve B\u00e9zier curve (3)."], "A naive Bezier curve (3).", ["A na\u00efve B\u00e9zier curve (3)."]),
        (["[Wool] is warm as ever\u201d."], "[Wool] is warm as ever\u201d.", ["[Wool] is warm as ever\u201d."]),
    ],
)  # fmt: skip
def test_print_does_not_matter(lines: list[str], statement: str, expected: list[str]) -> None:
    """Line ends, hyphens, ligatures and accents don't; signs at both ends belong to the statement, its neighbours
    don't."""
    assert lines_under(page_of(*lines), statement) == expected


def test_what_interrupts_is_left_out() -> None:
    """A table in mid-sentence isn't marked; the sentence's two parts are."""
    page = page_of("Small boats carry barley", "TABLE 1 Boats of the harbour", "and wool along the coast.")
    assert lines_under(page, "Small boats carry barley and wool along the coast.") == [
        "Small boats carry barley",
        "and wool along the coast.",
    ]


def test_a_character_without_a_name_costs_only_itself() -> None:
    """The rest of the statement is found on both of its sides."""
    page = page_of("The concentration was 5 \ufffdmol of salt in a litre.")
    (line,) = lines_under(page, "The concentration was 5 umol of salt in a litre.")[:1]
    assert line.startswith("The concentration was 5")


def test_columns_are_apart() -> None:
    """Where a sentence goes on at the top of the next column, each column has a box of its own."""
    left, right = page_of("", "they unload it"), page_of("on the quay at dawn.")
    shifted = tuple((a + 0.5, b, c + 0.5, d) for a, b, c, d in right.boxes)
    page = Letters(1, 600, 800, left.text + right.text, left.boxes + shifted)
    assert lines_under(page, "they unload it on the quay at dawn.") == ["they unload it", "on the quay at dawn."]


def test_what_is_said_twice_is_found_twice() -> None:
    """Equal sentences are found in their order, each in its own place."""
    sentence = "Wool is warm and dry."
    page = page_of(sentence, "Salt is neither.", sentence)
    stretches = [Stretch(0, 21, 1), Stretch(22, 43, 1)]
    first, second = places(f"{sentence} {sentence}", stretches, 1, [None, page])
    assert first.boxes[0][1] < second.boxes[0][1]


def test_a_sentence_over_two_pages_is_on_both() -> None:
    """Each page has its part, and tells its share; what ends on the page before isn't on this one."""
    text = "Every hull is tarred in May. They unload the wool on the quay of the harbour."
    before = page_of("Every hull is tarred in May. They unload the wool", "Annals of Wool", number=1)
    here = page_of("Annals of Wool", "on the quay of the harbour.", number=2)
    stretches = [Stretch(0, 28, 1), Stretch(29, len(text), 1)]
    first = places(text, stretches, 1, [None, before])
    (second,) = places(text, stretches, 2, [before, here])
    assert [place.share for place in first] == [1.0, pytest.approx(17 / 38, abs=0.03)]
    assert under(here, second.boxes[0]) == "on the quay of the harbour."
    assert first[1].share + second.share == pytest.approx(1)


def test_what_is_not_there_has_no_place() -> None:
    """Nothing is marked by chance, on a page with text as on one without."""
    page = page_of("Small boats carry barley and wool along the coast.")
    assert lines_under(page, "Vesicles suppress the activity of killer cells.") == []
    assert places("Wool.", [Stretch(0, 5, 1)], 1, [None, None]) == []
    assert lines_under(page, "***") == []


@given(st.lists(st.text("abcdefghij", min_size=3, max_size=9), min_size=4, max_size=30, unique=True), st.data())
def test_any_run_of_words_is_found_as_it_stands(words: list[str], data: st.DataObject) -> None:
    """Wherever a statement stands in a printed text, its boxes hold its letters and no others."""
    rows = [" ".join(words[i : i + 5]) for i in range(0, len(words), 5)]
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 2, len(words)))
    statement = " ".join(words[first:last])
    page = page_of(*rows)
    spans = PrintedPage(page).found(folded(statement)[0])
    found = "".join(under(page, box) for box in PrintedPage(page).boxes(spans))
    assert found.replace(" ", "") == statement.replace(" ", "")
