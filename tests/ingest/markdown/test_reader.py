"""Whole documents of several makes."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.errors import InputError
from evqa.model import Document
from ingest.passages import passages
from ingest.reader import READERS, source_of

Reading = Callable[[str], Document]
FRONT = """## OPEN ACCESS

## CITATION

Doe J and Lee A (2024) A review of common salt. *Salt* 12:34. doi: 10.1000/salt.2024.34

## COPYRIGHT

© 2024 Doe. Under the [Creative Commons Attribution License](https://creativecommons.org/licenses/by/4.0/).

# A review of common salt

Jane Doe<sup>1†</sup>, Al Lee<sup>2\\*</sup>

<sup>1</sup>Department of Salt, University of X

Salt is a common thing that people have eaten for a long time in many places of the world, and cells take it up.
It is not yet clear how much of it they need, and which of them need most of it in which season of the year.

## KEYWORDS

salt, common salt; food

"""
BODY = """## 1 Introduction

Salt melts (1).

### 2 Uses

It is eaten and (2)

taken up. Both T-

cells need it.

### 2.1 Roads

Roads need it too.

## References

1. Doe A. First of salt. J Salt. 2019;1:1-2.
2. Doe A. Second of salt. J Salt. 2019;1:1-2.
"""


def test_the_title_page_is_metadata(parse: Reading) -> None:
    """Title, authors, year, DOI, licence and keywords are read from around the title; its lines say what they hold."""
    document = parse(FRONT + BODY)
    assert document.title == "A review of common salt"
    assert [(n.given, n.family) for n in document.author] == [("Jane", "Doe"), ("Al", "Lee")]
    assert (document.year, document.DOI, document.license) == (2024, "10.1000/salt.2024.34", "CC BY 4.0")
    assert document.keywords == ("salt, common salt", "food")
    front = [(p.section.title, p.text[:12]) for p in passages(document) if p.kind == "front" and p.section]
    assert front == [
        ("Citation", "Doe J and Le"),
        ("Licence", "© 2024 Doe. "),
        ("Title", "A review of "),
        ("Authors", "Jane Doe1†, "),
        ("Affiliations", "¹Department "),
    ]


def test_an_abstract_needs_no_heading(parse: Reading) -> None:
    """The long paragraph before the keywords is the abstract, a section of that name."""
    document = parse(FRONT + BODY)
    assert document.sections[0].title == "Abstract"
    assert document.text[document.sections[0].start :].startswith("Salt is a common thing")
    assert [p.kind for p in passages(document) if p.kind != "front"][:2] == ["abstract", "abstract"]


def test_sections_nest_by_number(parse: Reading) -> None:
    """Numbers tell the level, whatever the marks; a section holds its subsections."""
    sections = parse(FRONT + BODY).sections
    assert [(s.number, s.title, s.level) for s in sections[1:]] == [
        ("1", "Introduction", 1),
        ("2", "Uses", 1),
        ("2.1", "Roads", 2),
        (None, "References", 1),
    ]
    assert sections[2].start < sections[3].start
    assert sections[3].end <= sections[2].end


def test_paragraphs_cut_by_page_breaks_are_whole(parse: Reading) -> None:
    """A sentence cut at a marker and one cut in "T-" / "cells" are one sentence each."""
    found = [p.text for p in passages(parse(FRONT + BODY))]
    assert "It is eaten and (2) taken up." in found
    assert "Both T-cells need it." in found


def test_plain_text_without_marks_has_sections(parse: Reading) -> None:
    """Headings are known by name, number or capitals where nothing marks them."""
    front = "A review of salt\n\nJane Doe\n\nINTRODUCTION\n\nSalt melts [1]."
    text = f"{front}\n\n2. Uses of salt\n\nIt is eaten.\n\nReferences\n[1] Doe A. Salt one. J Salt. 2019;1:1-2.\n"
    document = parse(text)
    assert document.title == "A review of salt"
    assert [(s.number, s.title) for s in document.sections] == [
        (None, "INTRODUCTION"),
        ("2", "Uses of salt"),
        (None, "References"),
    ]
    assert [c.references for c in document.citations] == [(1,)]


def test_structured_abstracts_stay_together(parse: Reading) -> None:
    """Headings within an abstract belong to it, the same names later open the text."""
    abstract = "## Abstract\n\n### Background\n\nSalt is old.\n\n### Results\n\nIt melts."
    text = f"# Salt\n\n{abstract}\n\n## Background\n\nSalt is eaten.\n\n## Results\n\nIt flows.\n"
    kinds = [(p.kind, p.text) for p in passages(parse(text)) if p.kind != "front"]
    assert kinds == [
        ("abstract", "Salt is old."),
        ("abstract", "It melts."),
        ("prose", "Salt is eaten."),
        ("prose", "It flows."),
    ]


@pytest.mark.parametrize("mark", ["**Abstract:** ", "Abstract: ", "**Abstract** ", "*Abstract*— "])
def test_an_abstract_may_begin_with_its_name(parse: Reading, mark: str) -> None:
    """A paragraph that opens with the word is the abstract, without the word."""
    document = parse(
        f"# Salt of the earth\n\nJane Doe\n\n{mark}Salt is old. It melts.\n\n## Introduction\n\nSalt is eaten.\n"
    )
    assert [p.text for p in passages(document) if p.kind == "abstract"] == ["Salt is old.", "It melts."]


@given(st.text(alphabet="aB1. \n#|\t*_[](){}<>$\\^¹-", max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Whatever a file holds, it is read or refused, and every offset slices back."""
    data = text.encode()
    try:
        document = READERS[".md"](data, source_of("any.md", data))
    except InputError:
        assert not text.strip()
        return
    assert all(document.text[p.start : p.end] == p.text for p in passages(document))
    assert all(0 <= b.start < b.end <= len(document.text) for b in document.blocks)
    assert all(document.text[r.start : r.end].strip() for t in document.tables for r in t.rows)


HOSTILE = ["(", "[", "*", "_", "$", "<", "|", "\t", "^", "\\", "-\n", "(1) ", "(Smith, ", "](", "Aa ", "1. ", "¹,", "w"]


@pytest.mark.slow
@pytest.mark.parametrize("repeated", HOSTILE)
def test_hostile_lines_take_no_time(parse: Reading, repeated: str) -> None:
    """Tens of thousands of brackets, marks or words, in the text and in an entry, are read in a moment."""
    start = time.process_time()
    line = repeated * (30_000 // len(repeated))
    references = f"1. Doe A. Salt. J Salt. 2019;1:2.\n2. {line}"
    parse(f"# Salt\n\n## Introduction\n\nSalt (1).\n\n{line}\n\n## References\n\n{references}\n")
    assert time.process_time() - start < 10
