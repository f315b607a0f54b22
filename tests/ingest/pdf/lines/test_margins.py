"""What margins repeat, taken out."""

import pytest

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.margins import without_margins
from tests.ingest.pdf.printed import HEIGHT, down, printed, run

BODY = ("Ewes graze on the hill in May", "and the rams stay in the valley")


def kept(*pages: list[Run]) -> list[list[str]]:
    """The lines left on each page."""
    made = [printed(*runs, number=n) for n, runs in enumerate(pages, start=1)]
    return [[line.text for line in page] for page in without_margins(made, [HEIGHT] * len(pages))]


def body() -> list[Run]:
    """Two lines in the middle of a page."""
    return down(BODY, y=400)


def test_running_heads_of_odd_and_even_pages_are_taken_out() -> None:
    """Heads that alternate repeat on every second page; the numbers in them change."""
    heads = ["3 Wool and weather", "Fenwick and Grey 4", "5 Wool and weather", "Fenwick and Grey 6"]
    assert kept(*([run(head, 50, 760), *body()] for head in heads)) == [list(BODY)] * 4


def test_feet_of_one_height_are_taken_out() -> None:
    """A foot goes where it stands at the same height on two pages, and stays where it stands once."""
    foot = "Annals of Wool, volume 12"
    assert kept([*body(), run(foot, 50, 40)], [*body(), run(foot, 50, 41)]) == [list(BODY)] * 2
    assert kept([*body(), run(foot, 50, 40)], body())[0] == [*BODY, foot]


def test_the_same_words_at_other_heights_stay() -> None:
    """Lines of text that happen to be alike stand at different heights, or in the middle of the page."""
    assert kept([run("and so on", 50, 740)], [run("and so on", 50, 720)]) == [["and so on"]] * 2
    assert kept(body(), body()) == [list(BODY)] * 2


@pytest.mark.parametrize("number", ["7", "Page 7 of 12", "e104", "7/12", "page 7", "S12"])
def test_page_numbers_are_taken_out(number: str) -> None:
    """A number at the very edge of a page goes although no other page has it; within the text it stays."""
    assert kept([*body(), run(number, 300, 30)]) == [list(BODY)]
    assert kept([*body(), run(number, 300, 350)]) == [[*BODY, number]]


def test_repeated_numbers_within_the_page_stay() -> None:
    """A number is no head, unless it stands at the very edge."""
    assert kept(*[[run("12", 50, 720), *body()]] * 2) == [["12", *BODY]] * 2


def test_page_numbers_inside_the_page_are_taken_out() -> None:
    """Numbers alone at one height that grow with the pages go, even where the margin is wide; others stay."""
    pages = [[*body(), run(str(n), 300, 140)] for n in (11, 12, 13)]
    assert kept(*pages) == [list(BODY)] * 3
    assert kept(*([*body(), run(n, 300, 140)] for n in ("11", "40", "90")))[0] == [*BODY, "11"]


def test_page_numbers_of_two_pages() -> None:
    """Two pages are numbered by lines that stand apart from the text; numbers at its end or that don't grow stay."""
    assert kept(*([*body(), run(str(n), 300, 89)] for n in (1, 2))) == [list(BODY)] * 2
    assert kept(*([*body(), run(str(n), 50, 376)] for n in (1, 2)))[1] == [*BODY, "2"]
    assert kept(*([*body(), run(str(n), 300, 89)] for n in (1, 7)))[1] == [*BODY, "7"]
    assert kept([*body(), run("1", 300, 89)])[0] == [*BODY, "1"]
