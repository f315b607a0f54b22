"""Bibliographies in their printed forms."""

from collections.abc import Callable

import pytest

from evqa.model import Document

Reading = Callable[[str], Document]
RAW = [f"Doe A, Lee B. Title number {n} of salt. J Salt. 2019;{n}:1-{n}." for n in range(1, 5)]
FORMS = ["{n}. ", "[{n}] ", "{n}) ", "({n}) ", "<sup>{n}</sup> ", "\\[{n}\\] ", "{n}.", "- [{n}] "]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_every_form_of_number_is_read(parse: Reading, form: str, between: str) -> None:
    """However the numbers are printed, on lines or in paragraphs, each entry has its own."""
    listed = between.join(form.format(n=n) + raw for n, raw in enumerate(RAW, start=1))
    document = parse(f"# Salt\n\n## Introduction\n\nSalt melts [1].\n\n## References\n\n{listed}\n")
    assert [r.number for r in document.references] == [1, 2, 3, 4]
    assert [r.title for r in document.references] == [f"Title number {n} of salt" for n in range(1, 5)]
    assert [document.text[r.start : r.end] for r in document.references] == [r.raw for r in document.references]


def test_entries_may_run_over_lines(parse: Reading) -> None:
    """A line without a number goes on with the entry before it, also when it begins with a digit."""
    listed = "1. Doe A. Title one of\nsalt. J Salt.\n2019;1:1-2.\n2. Lee B. Title two. J Salt. 2019;2:1-2."
    document = parse(f"# Salt\n\n## Introduction\n\nSalt melts (1).\n\n## References\n\n{listed}\n")
    assert [(r.number, r.title, r.year) for r in document.references] == [
        (1, "Title one of salt", 2019),
        (2, "Title two", 2019),
    ]


def test_statements_may_interrupt(parse: Reading) -> None:
    """A headed statement between two entries is a section of its own, and the entries go on behind it."""
    listed = f"1. {RAW[0]}\n2. {RAW[1]}\n\n## AI statement\n\nNo machine wrote this.\n\n3. {RAW[2]}\n4. {RAW[3]}"
    document = parse(f"# Salt\n\n## Introduction\n\nSalt melts (1).\n\n## References\n\n{listed}\n")
    assert [r.number for r in document.references] == [1, 2, 3, 4]
    assert [s.title for s in document.sections] == ["Introduction", "References", "AI statement"]
    statement = document.sections[2]
    assert document.text[statement.start : statement.end] == "AI statement\n\nNo machine wrote this."
    last = next(b for b in document.blocks if b.end == document.references[-1].end)
    assert last.section == 1


def test_no_heading_is_needed(parse: Reading) -> None:
    """The last run of numbered entries is the bibliography where no heading says so."""
    listed = "\n".join(f"{n}. {raw}" for n, raw in enumerate(RAW, start=1))
    document = parse(f"# Salt\n\n## Introduction\n\nSalt melts (1). It flows (2).\n\n{listed}\n")
    assert len(document.references) == 4
    assert len(document.citations) == 2


def test_gaps_and_duplicates_are_reported(parse: Reading) -> None:
    """A missing number and a number printed twice are both named."""
    listed = f"1. {RAW[0]}\n2. {RAW[1]}\n4. {RAW[2]}\n4. {RAW[3]}"
    found = parse(
        f"# Salt\n\n## Introduction\n\nSalt melts (1). It flows (2, 4).\n\n## References\n\n{listed}\n"
    ).integrity
    assert (found.contiguous, found.missing, found.duplicates) == (False, (3,), (4,))
    assert not found.is_sound


ONE = [f"Doe A, Lee B. Title number {n} of salt. J Salt. 2019;{n}:1-{n}." for n in range(1, 7)]
REVIEW = "# On salt\n\n## Uses\n\nIt melts (1–3). It flows (4–6).\n\n## References\n\n"


@pytest.mark.parametrize(
    "printed",
    [
        " ".join(f"{n}. {entry}" for n, entry in enumerate(ONE, start=1)),
        "\n".join(f"1. {entry}" for entry in ONE),
        "| No. | Entry |\n|---|---|\n" + "\n".join(f"| {n} | {entry} |" for n, entry in enumerate(ONE, start=1)),
        "\n".join(f"[{n}] {entry.replace('salt. J', f'salt.{chr(10)}     J')}" for n, entry in enumerate(ONE, start=1)),
    ],
)
def test_odd_lists_are_whole(parse: Reading, printed: str) -> None:
    """One paragraph, "1." before each entry, a table, hanging lines: six entries, numbered 1 to 6."""
    document = parse(REVIEW + printed + "\n")
    assert [r.number for r in document.references] == [1, 2, 3, 4, 5, 6]
    assert [c.references for c in document.citations] == [(1, 2, 3), (4, 5, 6)]


def test_the_first_entry_may_be_of_a_group(parse: Reading) -> None:
    """An unnumbered list may begin with a group whose year stands last."""
    group = "Clinical Trials Group. A study of salt in healthy adults. J Salt. 2018;12:31-52."
    listed = "\n\n".join([group, *RAW])
    document = parse(f"# Salt\n\n## Introduction\n\nSalt melts (Doe & Lee, 2019).\n\n## References\n\n{listed}\n")
    assert [r.raw for r in document.references] == [group, *RAW]


def test_the_longest_of_two_lists_is_the_bibliography(parse: Reading) -> None:
    """A supplement's own list, numbered anew, takes no one's place."""
    other = "## Supplement\n\nMore was told.\n\n## References\n\n"
    other += "1. Roe C. Other. J Pep. 2011;3:4-5.\n2. Roe D. One. J Pep. 2011;3:6."
    document = parse(REVIEW + "\n".join(f"{n}. {e}" for n, e in enumerate(ONE, start=1)) + f"\n\n{other}\n")
    assert [r.number for r in document.references] == [1, 2, 3, 4, 5, 6]
    assert document.integrity.is_sound


def test_lettered_parts_of_a_list_are_one(parse: Reading) -> None:
    """Headings A, B, C within an unnumbered list end nothing; an appendix does."""
    parts = "### A\n\nAdams J (2010) Salt. J Salt 1:2\n\n### B\n\nBrown K (2011) Heat. J Salt 1:3"
    document = parse(
        f"# On salt\n\n## Uses\n\nIt melts (Adams 2010).\n\n## References\n\n{parts}\n\n## Appendix\n\nMore words.\n"
    )
    assert [r.author[0].family for r in document.references] == ["Adams", "Brown"]
