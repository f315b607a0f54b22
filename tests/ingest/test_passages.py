"""What is indexed and returned."""

from collections.abc import Callable

from evqa.language.words import meaningful, words
from evqa.model import Document
from ingest.passages import passages

Reading = Callable[[str], Document]
REVIEW = """# A review of salt

Jane Doe

Department of Salt, University of X

## Abstract

Salt is common. It is eaten.

## 1 Introduction

Salt melts (1–3). Cells take it up. This was seen in mice (4).

TABLE 1 Kinds of salt.

Kind\tUse\tReference
NaCl\tfood\t(2)
\troads\t(3)

Note: Prices differ.

Figure 1. A view of salt (4).

## Funding

Nobody paid for this.

## References

1. Doe A. First of salt. J Salt. 2019;1:1-2.
2. Doe A. Second of salt. J Salt. 2019;1:1-2.
3. Doe A. Third of salt. J Salt. 2019;1:1-2.
4. Doe A, Lee B. Fourth of salt. J Salt. 2020;1:1-2.
"""


def test_every_kind_of_passage_is_made(parse: Reading) -> None:
    """Sentences, rows, captions, notes, entries and named lines of front matter are passages; headings are not."""
    found = [(p.kind, p.label, p.text) for p in passages(parse(REVIEW)) if p.kind != "reference"]
    assert [each for each in found if each[0] != "front"] == [
        ("abstract", None, "Salt is common."),
        ("abstract", None, "It is eaten."),
        ("prose", None, "Salt melts (1–3)."),
        ("prose", None, "Cells take it up."),
        ("prose", None, "This was seen in mice (4)."),
        ("caption", "Table 1", "Kinds of salt."),
        ("table_row", "Table 1", "NaCl\tfood\t(2)"),
        ("table_row", "Table 1", "roads\t(3)"),
        ("caption", "Table 1", "Note: Prices differ."),
        ("caption", "Figure 1", "A view of salt (4)."),
        ("prose", None, "Nobody paid for this."),
    ]


def test_numbers_are_direct_or_carried(parse: Reading) -> None:
    """A sentence has its own numbers; the one before an anaphoric sentence has that one's, kept apart."""
    prose = [p for p in passages(parse(REVIEW)) if p.kind == "prose"]
    assert [p.references for p in prose] == [(1, 2, 3), (), (4,), ()]
    assert [p.sentences[0].carried for p in prose] == [(), (4,), (), ()]


def test_what_is_indexed_is_free_of_markers(parse: Reading) -> None:
    """Markers go, cells have their columns and what they continue, entries their fields."""
    found = {p.text: p.indexed for p in passages(parse(REVIEW))}
    assert found["Salt melts (1–3)."] == "Salt melts."
    assert found["roads\t(3)"] == "Kind: NaCl; Use: roads"
    assert found["Doe A, Lee B. Fourth of salt. J Salt. 2020;1:1-2."] == "Fourth of salt. Doe A, Lee B. J Salt. 2020"


def test_ids_and_offsets_hold(parse: Reading) -> None:
    """Text is the canonical slice; ids are distinct and the same at every reading."""
    document = parse(REVIEW)
    found = passages(document)
    assert all(document.text[p.start : p.end] == p.text for p in found)
    assert len({p.id for p in found}) == len(found)
    assert [p.id for p in found] == [p.id for p in passages(parse(REVIEW))]
    assert {len(p.id) for p in found} == {18}


def test_the_title_is_found_by_what_it_is(parse: Reading) -> None:
    """It is returned as printed and indexed without its words, which would be near to every question."""
    document = parse(REVIEW)
    (title,) = [p for p in passages(document) if p.section and p.section.title == "Title"]
    assert title.text == document.title
    assert not set(words(title.indexed)) & set(meaningful(title.text))


def test_sections_are_named(parse: Reading) -> None:
    """Every passage knows its section; entries that of the bibliography."""
    found = passages(parse(REVIEW))
    named = [p.section.title for p in found if p.section]
    assert len(named) == len(found)
    assert set(named) == {"Title", "Authors", "Affiliations", "Abstract", "Introduction", "Funding", "References"}


def test_note_belongs_to_the_float_above_it(parse: Reading) -> None:
    """What stands below a table is the table's, also where a figure comes earlier in the document."""
    figure = "Figure 1. A view of salt (4).\n"
    drawn_first = REVIEW.replace(figure, "").replace("TABLE 1", f"{figure}\nTABLE 1")
    found = [(p.label, p.text) for p in passages(parse(drawn_first)) if p.kind == "caption"]
    assert [label for label, text in found if "Prices differ" in text] == ["Table 1"]
    assert [label for label, text in found if "A view of salt" in text] == ["Figure 1"]


def test_front_matter_and_statements_are_indexed_under_their_headings(parse: Reading) -> None:
    """What a line or statement is called is indexed, though its text may not say it; the text stays as printed."""
    found = {p.text: p for p in passages(parse(REVIEW))}
    assert found["Jane Doe"].indexed == "Authors who wrote this article: Jane Doe"
    assert found["Nobody paid for this."].indexed == "Funding: Nobody paid for this."
    assert found["Cells take it up."].indexed == "Cells take it up."
