"""What real DOIs say of their articles."""

import pytest

from evqa.audit.doi_patterns import Said, is_doubled, is_malformed, printed_doubled, printed_malformed, said_by

# Of published articles, with the year or volume that their publisher writes into them.
TOLD = {
    "10.1016/j.cell.2011.02.013": Said(year=2011),
    "10.1016/j.it.2006.01.001": Said(year=2006),
    "10.3389/fimmu.2018.00738": Said(year=2018),
    "10.3389/fimmu.2025.1601266": Said(year=2025),
    "10.1155/2017/9217567": Said(year=2017),
    "10.1038/s41586-018-0392-8": Said(year=2018),
    "10.1038/s41586-021-03819-2": Said(year=2021),
    "10.1186/s12943-019-1069-0": Said(year=2019),
    "10.1007/s00401-009-0532-1": Said(year=2009),
    "10.1136/jitc-2018-000027": Said(year=2018),
    "10.1084/jem.20050915": Said(year=2005),
    "10.1158/1078-0432.CCR-17-2664": Said(year=2017),
    "10.1158/2159-8290.CD-12-0095": Said(year=2012),
    "10.1073/pnas.1721521115": Said(year=2017, volume=115),
    "10.3390/cells8070727": Said(volume=8),
}
# Of published articles whose DOIs hold numbers that are neither year nor volume.
UNTOLD = (
    "10.1126/science.1225829",
    "10.1038/nature14539",
    "10.1371/journal.pone.0123456",
    "10.1016/S0140-6736(20)30183-5",
    "10.1136/bmj.n71",
    "10.1084/jem.176.4.1007",
    "10.1073/pnas.0506580102",
    "10.1038/sj.bjc.6601234",
    # Numbers of five digits: volumes 9, 9 and 23, not 91.
    "10.3390/s91108722",
    "10.3390/s91209873",
    "10.3390/ijms232314657",
)


@pytest.mark.parametrize(("doi", "said"), TOLD.items())
def test_year_and_volume_are_read(doi: str, said: Said) -> None:
    """A DOI of a publisher who writes the year or the volume into it says so, in capitals, too."""
    assert said_by(doi) == said
    assert said_by(doi.upper()) == said


@pytest.mark.parametrize("doi", UNTOLD)
def test_other_numbers_say_nothing(doi: str) -> None:
    """A DOI whose digits are a serial number or anything else tells neither year nor volume."""
    assert said_by(doi) == Said()


@pytest.mark.parametrize("doi", [*TOLD, *UNTOLD])
def test_real_dois_are_sound(doi: str) -> None:
    """No DOI of a published article is called malformed or doubled."""
    assert not is_malformed(doi)
    assert not is_doubled(doi)


@pytest.mark.parametrize(
    "doi",
    [
        "10.1038",
        "10.1038/",
        "10.1211.jpp/62.02.0013",
        "doi:10.1038/nature14539",
        "11.1038/nature14539",
        "10.12/nature14539",
        "10.1038/nature 14539",
        "10.1038/nature14539.",
        "10.1038/nature14539”",
        "10.1038/{nature14539}",
        "nature14539",
    ],
)
def test_what_is_no_doi(doi: str) -> None:
    """Without its prefix, slash or suffix, with a space, a quote or a full stop at its end, it is no DOI."""
    assert is_malformed(doi)


def test_two_in_one() -> None:
    """Two DOIs run together, or one twice, are doubled; a prefix inside another number isn't a second one."""
    assert is_doubled("10.1038/nature1453910.1126/science.1225829")
    assert is_doubled("10.1038/nature14539/10.1038/nature14539")
    assert not is_doubled("10.1016/j.cell.2010.1126")


@pytest.mark.parametrize(
    ("raw", "doubled", "malformed"),
    [
        ("1. A (2019). doi: 10.9/x", None, "10.9/x"),
        ("1. A (2019). DOI 10.3389.fimmu.2019.01234.", None, "10.3389.fimmu.2019.01234"),
        ("1. A (2019). https://doi.org/10.3389/", None, "10.3389/"),
        ("1. A. https://doi.org/10.1234/ahttps://doi.org/10.1234/a", "10.1234/ahttps://doi.org/10.1234/a", None),
        ("1. A. https://doi.org/https://doi.org/10.1234/a.", "doi.org/https://doi.org/10.1234/a.", None),
        ("1. A (2019). doi: 10.1038/nature14539.", None, None),
        ("1. A. J Doi. 10 pages", None, None),
        ("1. A (2019).", None, None),
    ],
)
def test_what_is_printed(raw: str, doubled: str | None, malformed: str | None) -> None:
    """An entry's own words tell of a DOI that is none, or of two, whatever could be made of them."""
    assert printed_doubled(raw) == doubled
    assert doubled or printed_malformed(raw) == malformed
