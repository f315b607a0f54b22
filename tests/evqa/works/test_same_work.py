"""Whether a paper and an entry are one work."""

import random
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.works.same_work import Work, compared, plain_doi, work

TITLE = "Moisture retention in cushions of forest moss during long dry spells"


def paper(title: str, doi: str = "", year: int | None = None, family: str = "") -> Work:
    return work(title, doi, year, family)


@pytest.mark.parametrize(
    "printed",
    ["10.1000/Moss.1", "https://doi.org/10.1000/moss.1", "http://dx.doi.org/10.1000/MOSS.1.", "doi: 10.1000/moss.1;"],
)
def test_a_doi_is_the_same_however_it_is_printed(printed: str) -> None:
    """Case, address, label and closing punctuation don't tell DOIs apart."""
    assert plain_doi(printed) == "10.1000/moss.1"
    assert compared(paper("One title", printed), paper("Quite another", "10.1000/moss.1")).by == "doi"


@given(st.integers(min_value=0, max_value=2**32))
def test_misread_letters_and_broken_words_do_not_part_a_work(seed: int) -> None:
    """Two wrong letters in longer words, a word broken at a line's end and other case leave the title what it is.

    (A letter wrong in "in" can make the numeral "ii".)
    """
    chance = random.Random(seed)
    at = [i for word in re.finditer(r"\w{3,}", TITLE) for i in range(*word.span())]
    first, second = chance.choice(at[:20]), chance.choice(at[35:])
    letters = list(TITLE)
    letters[first], letters[second] = chance.choice(string.ascii_letters), chance.choice(string.ascii_letters)
    broken = "".join(letters).replace("cushions", "cush- ions").upper()
    assert compared(paper(broken), paper(TITLE)).is_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TITLE, TITLE.replace("forest", "desert")),
        (
            "Long-term outcome of dry spells in moss, 2019 report",
            "Long-term outcome of dry spells in moss, 2020 report",
        ),
        ("Water and moss in the forests of the north. Part I", "Water and moss in the forests of the north. Part II"),
        (TITLE, f"Correction: {TITLE}"),
        (TITLE, f"{TITLE}: authors' reply"),
        (TITLE, f"Reply to “{TITLE}”"),
        (TITLE, f"{TITLE}. Erratum"),
        ("Vesicles that carry TNF-α in patients with asthma", "Vesicles that carry TNF-β in patients with asthma"),
    ],
)
def test_other_works_of_nearly_that_title_are_told_apart(one: str, other: str) -> None:
    """Another word, number or Greek letter, a correction or a reply makes another work, whoever wrote it and when."""
    for left, right in ((one, other), (other, one)):
        assert not compared(paper(left, "", 2019, "Adams"), paper(right, "", 2019, "Adams")).is_same


def test_a_retracted_paper_is_the_paper() -> None:
    """The publisher's word before the title of a retracted paper isn't part of the title."""
    assert compared(paper(f"RETRACTED ARTICLE: {TITLE}"), paper(TITLE)).is_same


def test_a_short_title_needs_year_and_author() -> None:
    """One word is the title of many works; year and first author together tell which."""
    assert not compared(paper("Moss"), paper("Moss")).is_same
    assert not compared(paper("Moss", "", 2019, "Adams"), paper("Moss", "", 2019, "Brown")).is_same
    assert compared(paper("Moss", "", 2019, "Adams"), paper("Moss", "", 2020, "ADAMS")).is_same


def test_a_lost_subtitle_needs_year_and_author() -> None:
    """The main title alone is the work if year and first author say so, in either direction."""
    main, whole = (
        "Cushions of forest moss in dry spells",
        "Cushions of forest moss in dry spells: a field study in Norway",
    )
    for one, other in ((main, whole), (whole, main)):
        assert compared(paper(one, "", 2019, "Adams"), paper(other, "", 2019, "Adams")).is_same
        assert not compared(paper(one), paper(other)).is_same
        assert not compared(paper(one, "", 2012, "Adams"), paper(other, "", 2019, "Adams")).is_same


def test_the_same_title_by_others_years_apart_is_another_work() -> None:
    """Titles come again: other first author and other year mean another work, one of the two doesn't."""
    assert not compared(paper(TITLE, "", 2009, "Adams"), paper(TITLE, "", 2013, "Brown")).is_same
    assert compared(paper(TITLE, "", 2013, "Adams"), paper(TITLE, "", 2013, "Brown")).is_same


def test_other_dois_need_year_and_author() -> None:
    """A misprinted DOI doesn't part a work from its entry where title, year and author agree; else it does."""
    printed = paper(TITLE, "10.1000/rnoss.1", 2019, "Adams")
    assert compared(paper(TITLE, "10.1000/moss.1", 2019, "Adams"), printed).is_same
    assert not compared(paper(TITLE, "10.1000/moss.1"), printed).is_same


def test_an_entry_without_a_title_is_searched_for_it() -> None:
    """Where no title was found in an entry, a long title that stands in it word for word is enough."""
    entry = work("", "", 2019, "Adams", f"Adams A. {TITLE}. J Moss Res 2019;1:2.")
    assert compared(paper(TITLE), entry).is_same
    assert not compared(paper("Moss"), entry).is_same
