"""Markers found, bound, rejected, unresolved."""

from collections.abc import Callable

import pytest

from evqa.model import Document

Reading = Callable[[str], Document]

ENTRIES = [f"Doe A, Lee B. Title number {n} of salt. J Salt. 2019;{n}:1-{n}." for n in range(1, 31)]
NUMBERED = "\n".join(f"{n}. {entry}" for n, entry in enumerate(ENTRIES, start=1))


def text(body: str, entries: str = NUMBERED) -> str:
    """A review with a body."""
    return f"# A review of salt\n\nJane Doe\n\n## 1 Introduction\n\n{body}\n\n## References\n\n{entries}\n"


def bound(document: Document) -> list[tuple[str, tuple[int, ...]]]:
    """Markers with their numbers."""
    return [(c.marker, c.references) for c in document.citations]


@pytest.mark.parametrize(
    ("body", "markers"),
    [
        ("Salt melts (1). It flows (2–4, 7). All agree (5, 6).", ["(1)", "(2–4, 7)", "(5, 6)"]),
        ("Salt melts [1]. It flows [2]–[4]. All agree [5,6].", ["[1]", "[2]–[4]", "[5,6]"]),
        ("Salt melts.<sup>1</sup> It flows<sup>2–4</sup>. All agree.<sup>5,6</sup>", ["¹", "²–⁴", "⁵,⁶"]),
        ("Salt melts.¹ It flows²–⁴. All agree.⁵,⁶", ["¹", "²–⁴", "⁵,⁶"]),
    ],
)
def test_the_style_is_found_out(parse: Reading, body: str, markers: list[str]) -> None:
    """Round, square and superscript markers are each found without being told, and sit at their offsets."""
    document = parse(text(body))
    assert [c.marker for c in document.citations] == markers
    assert [document.text[c.start : c.end] for c in document.citations] == markers
    first = next(i for i, each in enumerate(document.sentences) if document.text[each.start :].startswith("Salt melts"))
    assert [c.sentence for c in document.citations] == [first, first + 1, first + 2]


@pytest.mark.parametrize(
    ("body", "marker", "reason"),
    [
        ("Small ones (30–150 nm) melt (1, 2, 3).", "(30–150 nm)", "quantity with a unit"),
        ("Large ones (100–1,000 nm) melt (1, 2, 3).", "(100–1,000 nm)", "quantity with a unit"),
        ("In that year (2025) it melts (1, 2, 3).", "(2025)", "year"),
        ("As in Salt 16:1266 it melts (1, 2, 3).", "16:1266", "volume and page"),
        ("Some (n = 12) melt (1, 2, 3).", "(n = 12)", "statistic"),
        ("Some (95% CI 1.2–3.4) melt (1, 2, 3).", "(95% CI 1.2–3.4)", "statistic"),
        ("Some (p < 0.05) melt (1, 2, 3).", "(p < 0.05)", "statistic"),
        ("At 10<sup>6</sup> it melts (1, 2, 3).", "⁶", "exponent"),
        ("It melts (1, 2, 3).\n\nHence x = y + z (4)", "(4)", "equation number"),
        ("It melts (1, 2, 3), see equation (4).", "(4)", "number of something printed"),
        ("Of many (1,000) it melts (1, 2, 3).", "(1,000)", "quantity"),
        ("A number (500) melts (1, 2, 3).", "(500)", "quantity"),
        ("It melts (1, 2, 3) at [12] too.", "[12]", "not the style that this document cites in"),
    ],
)
def test_lookalikes_are_rejected_with_a_reason(parse: Reading, body: str, marker: str, reason: str) -> None:
    """Quantities, years, pages, statistics, powers and equation numbers cite nothing and are listed as such."""
    document = parse(text(body))
    assert bound(document) == [("(1, 2, 3)", (1, 2, 3))]
    assert (marker, reason) in [(r.marker, r.reason) for r in document.rejected]
    assert document.integrity.is_sound


def test_list_numbering_is_no_citation(parse: Reading) -> None:
    """ "(1) …; (2) …" numbers a list, even where the style is (n)."""
    document = parse(text("We ask for (1) salt; (2) pepper; and (3) curry. Salt melts (5, 6, 7)."))
    assert bound(document) == [("(5, 6, 7)", (5, 6, 7))]
    assert [r.marker for r in document.rejected if r.reason == "list numbering"] == ["(1)", "(2)", "(3)"]


@pytest.mark.parametrize(("open_", "close"), ["()", "[]"])
def test_a_marker_beyond_the_list_is_unresolved(parse: Reading, open_: str, close: str) -> None:
    """A number that no entry has is reported with what is missing; the other numbers of the marker hold."""
    document = parse(text(f"Salt melts {open_}1–5{close}. It flows {open_}6, 97{close}."))
    assert [(u.marker, u.missing) for u in document.integrity.unresolved] == [(f"{open_}6, 97{close}", (97,))]
    assert bound(document)[-1][1] == (6,)
    assert not document.integrity.is_sound


def test_front_matter_and_bibliography_cite_nothing(parse: Reading) -> None:
    """Affiliation numbers before the text and numbers in entries are never citations."""
    document = parse(
        text("Salt melts (1, 2, 3).").replace(
            "Jane Doe", "Jane Doe<sup>1,2</sup>, Al Lee<sup>3</sup>\n\nSalt (2025) 16:1266."
        )
    )
    assert bound(document) == [("(1, 2, 3)", (1, 2, 3))]
    reasons = {(r.marker, r.reason) for r in document.rejected}
    assert {("¹,²", "affiliation"), ("(2025)", "year"), ("16:1266", "volume and page")} <= reasons


@pytest.mark.parametrize(
    ("byline", "marker"),
    [
        ("Jane Doe<sup>1,2†</sup>, Al Lee<sup>3</sup>", "1,2†"),
        ("Al Lee<sup>3</sup> and Jane Doe<sup>1,2,5*</sup>", "1,2,5*"),
        ("Jane Doe<sup>1,\\*</sup>, Al Lee<sup>3</sup>", "1,*"),
        ("Jane Doe<sup>1</sup><sup>†</sup>, Al Lee<sup>3</sup>", "1†"),
    ],
)
def test_affiliation_numbers_with_signs(parse: Reading, byline: str, marker: str) -> None:
    """Numbers behind an author's name are rejected as affiliations, as they stand in the text; postcodes aren't."""
    document = parse(
        text("Salt melts (1, 2, 3).").replace("Jane Doe", f"{byline}\n\nSalt Road 5, Ontario N1G 5C9, Canada")
    )
    found = [r for r in document.rejected if r.reason == "affiliation"]
    assert sorted(document.text[r.start : r.end] for r in found) == sorted([marker, "³"])
    assert all(document.text[r.start : r.end] == r.marker for r in found)


def test_table_and_caption_say_where(parse: Reading) -> None:
    """Citations in table cells and captions carry their place; a reference column may hold bare numbers."""
    table = "Table 1. Kinds of salt (9).\n\n| Salt | Ref. |\n|---|---|\n| NaCl | [2] |\n| KCl (1) | 3, 4 |"
    document = parse(text(f"Salt melts (1, 2, 5).\n\n{table}"))
    assert sorted((c.marker, c.where, c.sentence is None) for c in document.citations) == [
        ("(1)", "table", True),
        ("(1, 2, 5)", "text", False),
        ("(9)", "caption", False),
        ("3, 4", "table", True),
        ("[2]", "table", True),
    ]


def test_counts_in_a_table_cite_nothing(parse: Reading) -> None:
    """ "12 (20)" in a cell is a count and its share."""
    document = parse(text("Salt melts (1, 2, 5).\n\nGroup\tCount\nOne\t12 (20)\nTwo\t9 (15)"))
    assert bound(document) == [("(1, 2, 5)", (1, 2, 5))]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("It melts.<sup>1 2</sup> So.<sup>3–5</sup>", [("¹ ²", (1, 2)), ("³–⁵", (3, 4, 5))]),
        ("It melts.¹⁻³ So.⁴−⁶", [("¹⁻³", (1, 2, 3)), ("⁴−⁶", (4, 5, 6))]),
        ("It melts (3, Table 1). So (see 1, 2).", [("(3, Table 1)", (3,)), ("(see 1, 2)", (1, 2))]),
        ("So (Table 1; 3–5). So (for review, see 1).", [("(Table 1; 3–5)", (3, 4, 5)), ("(for review, see 1)", (1,))]),
        ("It melts (1)(2). So (3;4).", [("(1)", (1,)), ("(2)", (2,)), ("(3;4)", (3, 4))]),
        ("It melts [1], [2]. So [3]-[5].", [("[1]", (1,)), ("[2]", (2,)), ("[3]-[5]", (3, 4, 5))]),
        ("It melts (1–4) as in Refs. 3–5.", [("(1–4)", (1, 2, 3, 4)), ("Refs. 3–5", (3, 4, 5))]),
        ("It melts.<sup>1–4</sup> So (ref. 5).", [("¹–⁴", (1, 2, 3, 4)), ("(ref. 5)", (5,))]),
        ("It melts [1](#r1). So [[2](#r2), [3](#r3)].", [("[1]", (1,)), ("[2, 3]", (2, 3))]),
    ],
)  # fmt: skip
def test_markers_of_rarer_forms(parse: Reading, body: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    """Blanks between superscripts, minus signs as dashes, words and tables beside numbers, names of entries, links."""
    assert bound(parse(text(body))) == found


def test_the_head_of_a_table_may_cite(parse: Reading) -> None:
    """ "Seed [2,3]" over a column is bound, without a sentence."""
    document = parse(text("It melts [1–4].\n\nTable 1. Salts.\n\nSalt\tSeed [2,3]\nNaCl\t4.1"))
    assert [(c.references, c.where, c.sentence) for c in document.citations][1:] == [((2, 3), "table", None)]
