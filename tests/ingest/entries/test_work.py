"""Title, source and numbers behind the authors."""

import pytest

from ingest.entries.work import printed_work
from ingest.markup.styled import NOTHING, Styled


@pytest.mark.parametrize(
    ("rest", "title", "container", "year"),
    [
        (" (2019). Salt melts. J. Salt 3, 1–9.", "Salt melts", "J. Salt", 2019),
        (". 2019. “Salt melts.” J. Salt 3: 1–9.", "Salt melts", "J. Salt", 2019),
        (" Salt melts // J Salt. 2019. Vol. 3. P. 1–9.", "Salt melts", "J Salt", 2019),
        (" Salt melts [Internet]. J Salt. 2019;3:1–9.", "Salt melts", "J Salt", 2019),
        (" Salt of the lakes; 1968.", "Salt of the lakes", "", 1968),
    ],
)
def test_year_title_and_journal(rest: str, title: str, container: str, year: int) -> None:
    """The year stands before the title or at the end, titles in quotation marks or before two slashes."""
    found = printed_work(rest, Styled(rest), "", by_commas=False)
    assert (found.title, found.container, found.year) == (title, container, year)


def test_markup_tells_the_container() -> None:
    """Emphasised words win over any guess."""
    found = printed_work(" Salt melts. On Salt 2019;3:1.", NOTHING, "On Salt", by_commas=False)
    assert (found.title, found.container) == ("Salt melts", "On Salt")
