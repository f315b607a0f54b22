"""Year, volume, issue and pages at the end of an entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.entries.imprint import imprint

ORDERS = {
    "J Salt. 2018;56(7):382–6": (2018, "56", "7", "382-6"),
    "J Salt 2018, 56, 382–386": (2018, "56", None, "382-386"),
    "J Salt, vol. 56, no. 7, pp. 382–386, 2018": (2018, "56", "7", "382-386"),
    "J Salt 56 (2018) 382–386": (2018, "56", None, "382-386"),
    "J Salt 56, 382–386 (2018)": (2018, "56", None, "382-386"),
    "J Salt 56, no. 3 (2019): 45–67": (2019, "56", "3", "45-67"),
    "J Salt. 2010 Mar-Apr;12(3):e1019": (2010, "12", "3", "e1019"),
    "J Salt 2016;57 Suppl 1:9S–16S": (2016, "57", "Suppl 1", "9S-16S"),
    "J Salt. 2016;8(10): pii: E644": (2016, "8", "10", "E644"),
    "J Salt, 2014;2014:Article ID 573518": (2014, "2014", None, "573518"),
    "J Salt 12 345–356 (2005)": (2005, "12", None, "345-356"),
    "J Salt. 2006 17: 111-124": (2006, "17", None, "111-124"),
    "J Salt. 2016. Т. 57. № 4–5. С. 311–314": (2016, "57", "4-5", "311-314"),
    "Salt of 23, 854 lakes. J Salt. (2011) 58:849–60": (2011, "58", None, "849-60"),
    "Lake Salt Press; 1995. p. 486–508": (1995, None, None, "486-508"),
    "JSaltRes2018;68:394–424": (2018, "68", None, "394-424"),
    "Salt Rev 29, i–iii": (None, "29", None, "i-iii"),
    "J Salt. 2020;12(7):E19. Published 2020 Jul 17": (2020, "12", "7", "E19"),
}


@pytest.mark.parametrize("text", ORDERS)
def test_every_order_is_told(text: str) -> None:
    """Labels, brackets, order and the marks between say which number is what."""
    found = imprint(text)
    assert (found.year, found.volume, found.issue, found.page) == ORDERS[text]


def test_a_known_year_leaves_the_numbers_to_volume_and_issue() -> None:
    """Where the year stands behind the authors, "369(1633)" is volume and issue."""
    found = imprint("Philos Salt. 369(1633): 20130288", 2014)
    assert (found.year, found.volume, found.issue, found.page) == (None, "369", "1633", "20130288")


def test_where_the_numbers_begin() -> None:
    """What stands before them is left over; a text without any is left whole."""
    text = "Salts of 1950. J Salt. 2018;56:3"
    assert text[: imprint(text).start] == "Salts of 1950. J Salt"
    assert imprint("Salt").start == len("Salt")


def test_places_of_publishers_are_no_issues() -> None:
    """A bracket with words is neither issue nor year."""
    assert imprint("Salts (Lake Press: Town)").told == 0


@given(st.text(alphabet="0129 ().,;:–-vnopAe", max_size=60))
def test_any_numbers_are_read(text: str) -> None:
    """Whatever stands there, the run lies within the text."""
    found = imprint(text)
    assert 0 <= found.start <= found.end <= len(text)
