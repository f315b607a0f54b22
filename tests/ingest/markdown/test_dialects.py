"""Dialects of Markdown."""

from collections.abc import Callable

import pytest

from evqa.model import Document
from ingest.markdown.dialects import as_markdown

Reading = Callable[[str], Document]
ENTRIES = [f"Doe A, Lee B. Title number {n} of salt. J Salt. 2019;{n}:1-{n}." for n in range(1, 7)]
LONG = "Salt is a thing that people have eaten for many years in all places of the world, as others told before"


def test_a_yaml_head_is_a_title_page(parse: Reading) -> None:
    """Title, authors (bare or by name), year, DOI, abstract and keywords are taken from it."""
    head = '---\ntitle: "A review of salt"\nauthor:\n  - name: Jane Doe\n    affiliation: X\n  - Al Lee\nyear: 2024\n'
    rest = "doi: 10.1000/abc.1\nabstract: |\n  Salt is eaten.\n  It melts.\nkeywords: [salt, heat]\n---\n\n## Uses\n"
    document = parse(head + rest)
    assert (document.title, document.year, document.DOI) == ("A review of salt", 2024, "10.1000/abc.1")
    assert [n.family for n in document.author] == ["Doe", "Lee"]
    assert document.keywords == ("salt", "heat")
    assert "Salt is eaten. It melts." in [
        document.text[b.start : b.end] for b in document.blocks if b.kind == "abstract"
    ]


def test_a_rule_at_the_beginning_is_no_head() -> None:
    """Without a title between the rules nothing is changed."""
    text = "---\nSalt: a review\n---\n\nIt melts."
    assert as_markdown(text) == text


@pytest.mark.parametrize("heading", ["", "## References\n\n"])
def test_footnotes_are_a_bibliography(parse: Reading, heading: str) -> None:
    """ "[^1]" cites the note of that number, with a heading over the notes or without."""
    notes = "\n".join(f"[^{n}]: {entry}" for n, entry in enumerate(ENTRIES, start=1))
    document = parse(f"# On salt\n\n## Uses\n\nSalt melts.[^1] It flows.[^2][^3] All agree.[^6]\n\n{heading}{notes}\n")
    assert [c.references for c in document.citations] == [(1,), (2,), (3,), (6,)]
    assert [r.number for r in document.references] == [1, 2, 3, 4, 5, 6]


def test_a_paragraph_a_line_without_blank_lines(parse: Reading) -> None:
    """Headings, paragraphs and entries are told apart where each is one line."""
    entries = "\n".join(f"{n}. {entry}" for n, entry in enumerate(ENTRIES, start=1))
    body = f"Introduction\n{LONG} (1). {LONG} (2).\nUses of salt\n{LONG} (3). {LONG} (4–6). {LONG}."
    document = parse(f"A review of salt\nJane Doe\n{body}\nREFERENCES\n{entries}\n")
    assert [s.title for s in document.sections] == ["Introduction", "Uses of salt", "REFERENCES"]
    assert [c.references for c in document.citations] == [(1,), (2,), (3,), (4, 5, 6)]


def test_hard_wrapped_lines_stay_one_paragraph() -> None:
    """Short lines are no paragraphs of their own."""
    text = "\n".join(["Salt is a thing", "that people eat"] * 8)
    assert as_markdown(text) == text
