"""Title and journal."""

import pytest

from ingest.entries.titles import parted

CASES = {
    "Salt melts. J Salt Res": ("Salt melts", "J Salt Res"),
    "Does salt melt? One Health": ("Does salt melt?", "One Health"),
    "Salt vs. sand in E. coli. J. Salt Res": ("Salt vs. sand in E. coli", "J. Salt Res"),
    "Salt melts. Proc. Natl. Acad. Sci. U.S.A": ("Salt melts", "Proc. Natl. Acad. Sci. U.S.A"),
    "Salt melts. Innov. Food Sci. Emerg. Technol": ("Salt melts", "Innov. Food Sci. Emerg. Technol"),
    "Salt melts. Mass Spectrom. Rev": ("Salt melts", "Mass Spectrom. Rev"),
    "Salt of the lake. A review. Lancet": ("Salt of the lake. A review", "Lancet"),
    "Salt of the lake. Review. J Salt Res": ("Salt of the lake. Review", "J Salt Res"),
    "Journal of Salt Research": ("", "Journal of Salt Research"),
    "Salt melts at the coast": ("Salt melts at the coast", ""),
}


@pytest.mark.parametrize("text", CASES)
def test_full_stops_part_title_and_journal(text: str) -> None:
    """The last stop that lies in no abbreviated name parts them; question marks stay with the title."""
    assert parted(text) == CASES[text]


@pytest.mark.parametrize(
    ("text", "title", "journal"),
    [
        ("Salt, sand and heat, J. Salt Res", "Salt, sand and heat", "J. Salt Res"),
        ("Salt melts, Annu. Rev. Plant Biol", "Salt melts", "Annu. Rev. Plant Biol"),
        ("Salt melts in Lakes, Seas and Rivers. J Salt", "Salt melts in Lakes, Seas and Rivers", "J Salt"),
    ],
)
def test_commas_may_part_them(text: str, title: str, journal: str) -> None:
    """In a style of commas the last clause with a capital is the journal, unless a stop comes behind it."""
    assert parted(text, by_commas=True) == (title, journal)


def test_a_name_alone_before_volume_and_pages_is_the_journal() -> None:
    """Some styles of commas print no titles."""
    assert parted("Placenta", by_commas=True, is_numbered=True) == ("", "Placenta")
    assert parted("Placenta", by_commas=True) == ("Placenta", "")
