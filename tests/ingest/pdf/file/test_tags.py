"""Tags of a page's text."""

import pytest

from ingest.pdf.file.extract import extract
from tests.ingest.pdf.tagged import Tag, marked, tagged_file
from tests.ingest.pdf.written import shown


def tags(content: bytes, *elements: Tag | bytes) -> list[tuple[str, str]]:
    """The texts of a page's runs and their tags."""
    return [(run.text, run.tag) for run in extract(tagged_file(content, *elements), "paper.pdf")[0].runs]


def test_headings_and_artifacts() -> None:
    """A heading has its level, an artifact says so, all other text has no tag."""
    content = marked(0, shown(b"Methods", y=700)) + marked(1, shown(b"We asked.", y=680))
    content += b"/Artifact BMC " + shown(b"Page 3", y=20) + b"EMC\n"
    found = tags(content, Tag(b"H2", [0]), Tag(b"P", [1]))
    assert found == [("Methods", "H2"), ("We asked.", ""), ("Page 3", "A")]


def test_cells() -> None:
    """A cell is numbered by table, row and place in its row; where cells stand close, a new one cuts the run."""
    words = (b"Drug", b"Dose", b"Gold", b"2")
    places = [(50 + 25 * (i % 2), 700 - 20 * (i // 2)) for i in range(4)]
    content = b"".join(
        marked(i, shown(word, *place)) for i, (word, place) in enumerate(zip(words, places, strict=True))
    )
    rows = [Tag(b"TR", [Tag(b"TH", [0]), Tag(b"TH", [1])]), Tag(b"TR", [Tag(b"TD", [2]), Tag(b"TD", [3])])]
    found = [(text.strip(), tag) for text, tag in tags(content, Tag(b"Table", rows))]
    assert found == [("Drug", "1.1.1"), ("Dose", "1.1.2"), ("Gold", "1.2.1"), ("2", "1.2.2")]


@pytest.mark.parametrize("damage", [b"<</S/H1/K 7>>", b"<</S/H1>>", b"null", b"<</S/H1/K[[[[0]]]]>>", b"6 0 R"])
def test_damaged_trees(damage: bytes) -> None:
    """An element without words, of words that aren't there or that contains the tree itself changes no text."""
    assert [text for text, _ in tags(marked(0, shown(b"Ordinary words")), damage)] == ["Ordinary words"]
