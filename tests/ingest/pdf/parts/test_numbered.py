"""Bibliography entries told by their numbers."""

import pytest

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.paragraphs import strips
from ingest.pdf.parts.numbered import Numbered, by_number
from tests.ingest.marked import shown
from tests.ingest.pdf.printed import PITCH, printed, run

TITLES = ("Wool", "Barley", "Salt", "Timber", "Harbours", "Ice")


def numbered(texts: list[str], last: int = 0) -> Numbered | None:
    """What is found in lines below each other; those that begin with a blank are indented."""
    made = [run(t.strip(), 62 if t[0] == " " else 50, 700 - PITCH * i) for i, t in enumerate(texts)]
    return by_number(strips(printed(*made)), last)


def entries(texts: list[str], last: int = 0) -> list[str]:
    """The entries' texts, their lines joined by a bar."""
    found = numbered(texts, last)
    return ["|".join(line.text for line in entry) for entry in found.entries] if found else []


@pytest.mark.parametrize(
    "form", ["{}. ", "{}.", "[{}] ", "[{}]. ", "[{}]", "({}) ", "({}). ", "{}) ", "{})", "{} ", "{}"]
)
def test_numbers_in_each_printed_form(form: str) -> None:
    """Numbers with full stops, brackets or bare open the entries, with or without a blank behind them."""
    texts = [form.format(n) + f"Fenwick A. {title}. 1998" for n, title in enumerate(TITLES, start=1)]
    assert entries(texts) == texts


def test_raised_numbers() -> None:
    """Numbers may be superscripts."""
    runs: list[Run] = []
    for n, title in enumerate(TITLES):
        runs += [run(str(n + 1), 50, 704 - PITCH * n, 6), run(f"Fenwick A. {title}", 54, 700 - PITCH * n)]
    found = by_number(strips(printed(*runs)), 0)
    assert found
    assert [shown(entry[0].printed) for entry in found.entries] == [
        f"^{n}^Fenwick A. {title}" for n, title in enumerate(TITLES, start=1)
    ]


@pytest.mark.parametrize(
    "second", ["10.1234/wool.1998", "1998. 12 p.", "212 pp. Harbour Press", "4. edition", "3(2):4."]
)
def test_lines_that_begin_with_other_numbers_open_no_entry(second: str) -> None:
    """A DOI, a year, pages or an edition at the beginning of a line stay within the entry."""
    texts = [line for n, t in enumerate(TITLES, start=1) for line in (f"{n}. Fenwick A. {t}", f" {second}")]
    if second == "4. edition":
        texts = texts[:4] + [f"{n}. Fenwick A. {t}" for n, t in enumerate(TITLES, start=1) if n > 2]
    assert len(entries(texts)) == len(TITLES)


def test_a_missing_number_is_skipped() -> None:
    """Up to three numbers may be missing if the next one doesn't come; a number within an entry isn't one."""
    texts = [f"{n}. Fenwick A. {t}" for n, t in zip((1, 2, 4, 5, 6), TITLES, strict=False)]
    found = numbered(texts)
    assert found
    assert (len(found.entries), found.last) == (5, 6)
    assert entries([*texts[:2], " 4. print, Harbour", "3. Fenwick A. Salt", *texts[2:]])[1] == (
        "2. Fenwick A. Barley|4. print, Harbour"
    )


def test_a_list_goes_on_behind_an_interruption() -> None:
    """Behind a heading the next number goes on, with what stands before it; a list that doesn't go on is none."""
    found = numbered(["Read before you sail.", "7. Fenwick A. Wool", "8. Fenwick A. Salt"], last=6)
    assert found
    assert [line.text for strip in found.before for line in strip.lines] == ["Read before you sail."]
    assert (len(found.entries), found.last) == (2, 8)
    assert numbered(["We thank the harbour master.", "And all sailors."], last=6) is None


def test_unnumbered_lines_are_no_numbered_list() -> None:
    """Entries without numbers, even with a stray one, aren't numbered."""
    assert numbered([f"Fenwick A. {title}. 1998" for title in TITLES] * 2 + ["1 Ewe"]) is None
    assert numbered([]) is None


def test_the_first_entry_may_have_lost_its_number() -> None:
    """What stands before the first number under the list's own heading is an entry's."""
    texts = ["Fenwick A. Wool", *(f"{n}. Fenwick A. {t}" for n, t in enumerate(TITLES, start=1))]
    found = numbered(texts)
    assert found
    assert found.before == []
