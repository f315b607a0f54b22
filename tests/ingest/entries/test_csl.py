"""Printed entries as CSL fields."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.reading.styles import STYLES, printed
from evqa.model import Date, Name, Reference
from tests.ingest.marked import marked, read_entry

EXPECTED = {"title": "Salt melts at heat", "container": "J Salt Res", "year": 2019, "volume": "12", "page": "45-67"}
PRINTED = {
    "frontiers": "Doe A, Lee BC. Salt melts at heat. *J Salt Res*. (2019) 12:45–67. doi: 10.1000/j.salt.2019.1",
    "vancouver": "Doe A, Lee BC. Salt melts at heat. J Salt Res. 2019;12(3):45-67. doi:10.1000/j.salt.2019.1.",
    "ama": "Doe A, Lee BC. Salt melts at heat. *J Salt Res*. 2019;12(3):45-67. https://doi.org/10.1000/j.salt.2019.1",
    "mdpi": "Doe, A.; Lee, B.C. Salt melts at heat. *J Salt Res* **2019**, *12*, 45–67. [CrossRef](https://doi.org/10.1000/j.salt.2019.1)",
    "apa": "Doe, A., & Lee, B. C. (2019). Salt melts at heat. J Salt Res, 12(3), 45–67. "
    "https://doi.org/10.1000/j.salt.2019.1",
    "nature": "Doe, A. & Lee, B. C. Salt melts at heat. *J Salt Res* **12**, 45–67 (2019). doi:10.1000/j.salt.2019.1",
    "chicago": "Doe, Anna, and Bob Lee. “Salt melts at heat.” J Salt Res 12, no. 3 (2019): 45–67. "
    "doi:10.1000/j.salt.2019.1",
    "ieee": 'A. Doe and B. C. Lee, "Salt melts at heat," J Salt Res, vol. 12, no. 3, pp. 45–67, 2019, '
    "doi: 10.1000/j.salt.2019.1",
    "springer": "Doe A, Lee BC (2019) Salt melts at heat. J Salt Res 12:45–67. https://doi.org/10.1000/j.salt.2019.1",
    "bmc": "Doe A, Lee BC: Salt melts at heat. J Salt Res 2019, 12:45–67. doi:10.1000/j.salt.2019.1",
}


@pytest.mark.parametrize("style", PRINTED)
def test_every_usual_style_gives_all_fields(style: str) -> None:
    """Authors, title, container, year, volume, pages and DOI are read from every common printed style."""
    found = read_entry(7, PRINTED[style])
    got: dict[str, object] = {"title": found.title, "container": found.container_title, "year": found.year}
    got |= {"volume": found.volume, "page": found.page}
    assert got == EXPECTED
    assert [name.family for name in found.author] == ["Doe", "Lee"]
    assert found.DOI == "10.1000/j.salt.2019.1"
    assert found.URL == "https://doi.org/10.1000/j.salt.2019.1"
    assert found.number == 7


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("doi: 10.1016/S1470-2045(18)30687-4.", "10.1016/S1470-2045(18)30687-4"),
        ("(doi:10.1000/x1)", "10.1000/x1"),
        ("doi: 10.1158/1078-0432. CCR-17-2664", "10.1158/1078-0432.CCR-17-2664"),
        ("doi: 10.1000/ab12 PMID: 12345678", "10.1000/ab12"),
    ],
)
def test_dois_are_exact(printed: str, doi: str) -> None:
    """Final stops and brackets go, inner ones stay, a DOI that ends in punctuation before a space is mended."""
    assert doi == read_entry(1, f"Doe A. Salt melts. J Salt. 2019;1:2. {printed}").DOI


def test_books_have_a_publisher() -> None:
    """A book by a group: literal author, publisher, no journal."""
    found = read_entry(1, "World Health Organization. Report on salt. Geneva: WHO Press; 2010.")
    assert (found.type, found.title, found.publisher, found.year) == ("book", "Report on salt", "WHO Press", 2010)
    assert found.author[0].literal == "World Health Organization"
    assert found.container_title is None


def test_pages_with_a_letter_part_and_pmid() -> None:
    """An entry with "414–27 e13" keeps it; the PMID is read."""
    found = read_entry(1, "Doe A, et al. Salt melts. *Cell*. (2019) 177:414–27 e13. PMID: 30951669")
    assert (found.page, found.PMID, found.container_title) == ("414-27 e13", "30951669", "Cell")


@given(st.text(max_size=300))
def test_any_entry_is_kept_raw(printed: str) -> None:
    """Whatever is printed, a record comes out that keeps it."""
    assert read_entry(1, printed).number == 1


def test_an_old_doi_with_angle_brackets_is_whole() -> None:
    """The SICI form goes on behind "<"."""
    doi = "10.1002/(SICI)1000-0001(19960729)67:3<357::AID-SAL9>3.0.CO;2-Q"
    assert doi == read_entry(1, f"Doe A. Salt melts. *J Salt.* (1996) 67:357. doi: {doi}").DOI


@pytest.mark.parametrize(
    ("printed", "title", "container"),
    [
        ("Doe A. (2005). Salt melts. Annu. Rev. Cell Dev. Biol. 16, 1–18.", "Salt melts", "Annu. Rev. Cell Dev. Biol"),
        ("Doe A. (2005). Salt melts. Plant Physiol. Biochem. 39, 1–9.", "Salt melts", "Plant Physiol. Biochem"),
        ("Doe A. “Old salt” melts at heat. J Salt (2008) 128:22–31.", "“Old salt” melts at heat", "J Salt"),
        ("Doe A. Salt DRB1*03:01-DQB1*02:01. *J Salt* (2008) 128:22–31.", "Salt DRB1*03:01-DQB1*02:01", "J Salt"),
        ("J. Doe, *Salts of the north*, Salt Press, London, 2001.", "Salts of the north", None),
        ("Museum of Salt, “Old salt of the coast,” *Salt*, vol. 9, pp. 1–15, 1986.", "Old salt of the coast", "Salt"),
    ],
)  # fmt: skip
def test_titles_end_where_the_source_begins(printed: str, title: str, container: str | None) -> None:
    """Dotted journals, titles that begin with a quotation, allele names, books, museums as authors."""
    found = read_entry(1, printed)
    assert ((found.title or "").replace('"', ""), found.container_title) == (title.strip("“"), container)


def test_a_page_is_no_year() -> None:
    """1563 and 1735 are pages where a year is printed."""
    assert read_entry(1, "Doe A. Salt melts. J Salt. 2003;12:1563–1735.").year == 2003
    assert read_entry(1, "Doe A. Salt melts. J Salt 12, 1563–1570 (2003).").year == 2003


@pytest.mark.parametrize(
    ("printed", "container", "volume", "page"),
    [
        ("Doe A. (2005). Salt melts. *Salt* 132 3217–3230. doi: 10.1000/x", "Salt", "132", "3217-3230"),
        ("Doe A. (2005). Salt melts. J. Salt 12 345–356.", "J. Salt", "12", "345-356"),
        ("Doe A. (2005). Salt melts. J. Salt 1863 2333–2344.", "J. Salt", "1863", "2333-2344"),
        ("Doe A. (2005). Salt melts. J. Salt 6 e1234.", "J. Salt", "6", "e1234"),
        ("Doe A. Salt melts. J Salt. (2005) 172 (Suppl. 1) 52–8.", "J Salt", "172", "52-8"),
        ("Doe A. Salt melts. J Salt 12 345–356 (2005).", "J Salt", "12", "345-356"),
        ("Doe A, et al. Salt melts.. J Salt.. 2005;44(2)::3647.", "J Salt", "44", "3647"),
        ("Doe A, et al. Salt of the Sea.. 2005;44:3647.", None, "44", "3647"),
    ],
)
def test_volume_and_pages_parted_by_a_blank(
    printed: str, container: str | None, volume: str | None, page: str | None
) -> None:
    """Volume, blank, pages; doubled punctuation; entries that print no title beside the journal."""
    found = read_entry(1, printed)
    assert (found.container_title, found.volume, found.page, found.year) == (container, volume, page, 2005)


def test_hostile_entries_are_read_at_once() -> None:
    """Twenty thousand characters of digits, capitals, brackets or names take no time."""
    start = time.perf_counter()
    for unit in ("¹ ", "A. ", "Aa B ", "von der ", "( ", "; ", "In: ", "PhD ", "10.1/a. 1. ", "1,", "“a", "(eds) "):
        read_entry(1, unit * (20_000 // len(unit)))
    assert time.perf_counter() - start < 5


TITLES = st.builds(
    lambda words, species, end: " ".join(["Salt", *words, *species, "melts"]) + end,
    st.lists(st.sampled_from("of in sea-water: heat, sand (NaCl) vs. DNA the 12 IL-6 β-cells".split()), max_size=8),
    st.sampled_from(([], ["of", "E.", "coli"], ["Salmo", "salar"])),
    st.sampled_from(("", " at noon", "?", " in the Dead Sea")),
)
JOURNALS = st.sampled_from(
    (
        "J Salt Res",
        "Nature",
        "N Engl J Med",
        "Proc Natl Acad Sci U S A",
        "J. Biol. Chem",
        "Curr. Opin. Biotechnol",
        "Lancet Oncol",
    )
)
PEOPLE = st.builds(
    Name,
    family=st.sampled_from(("Doe", "van der Berg", "O’Neil", "García-López", "Li", "D'Souza", "Müller", "de la Cruz")),
    given=st.sampled_from(("A", "BC", "J.P.", "K.")),
)
ENTRIES = st.builds(
    lambda title, journal, people, numbers: Reference(
        number=1,
        title=title,
        container_title=journal,
        author=tuple(people),
        issued=Date(date_parts=((numbers[0],),)),
        volume=str(numbers[1]),
        page=f"{numbers[2]}-{numbers[2] + 9}",
        DOI="10.1000/j.salt.2019.1",
        raw="-",
    ),
    TITLES,
    JOURNALS,
    st.lists(PEOPLE, min_size=2, max_size=4),
    st.tuples(st.integers(1950, 2024), st.integers(1, 400), st.integers(1, 1900)),
)


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=25, deadline=None)
@given(entry=ENTRIES)
def test_what_is_printed_is_parsed(style: str, entry: Reference) -> None:
    """In every style title, journal, year, volume, pages, authors and DOI come back as they were printed."""
    text = printed(entry, STYLES[style])
    found = read_entry(1, text)
    assert (found.title, found.container_title) == (entry.title, entry.container_title)
    assert (found.year, found.volume, found.page) == (entry.year, entry.volume, entry.page)
    assert [name.family for name in found.author] == [name.family for name in entry.author]
    assert (entry.DOI if "10.1000" in text else None) == found.DOI
    assert found.raw == text


def test_entries_broken_by_extraction_are_read() -> None:
    """Missing spaces, broken hyphens and running words of a PDF leave the fields readable."""
    glued = read_entry(1, "S.K.Doe,P.Lee,andR.Poe,“Salt melts at heat,”Journal ofSalt,vol.5,no.6,pp.791–794,2012.")
    assert [name.family for name in glued.author] == ["Doe", "Lee", "Poe"]
    assert (glued.title, glued.volume, glued.page, glued.year) == ("Salt melts at heat", "5", "791-794", 2012)
    broken = read_entry(1, "Doe M- X, Lee- Poe A, et al. Salt melts. JSaltRes2018;68:394–424.")
    assert [name.family for name in broken.author] == ["Doe", "Lee-Poe"]
    assert (broken.title, broken.container_title, broken.volume) == ("Salt melts", "JSaltRes", "68")


def test_a_site_is_a_web_page() -> None:
    """A title and an address alone are a web page, its body the author."""
    found = read_entry(
        1,
        "World Salt Organization. Salt of lakes. (2021). Available online at: https://salt.org/a (accessed 2021).",
    )
    assert (found.type, found.title, found.year, found.URL) == ("webpage", "Salt of lakes", 2021, "https://salt.org/a")
    assert found.author[0].literal == "World Salt Organization"


@given(st.text(alphabet='Aa1. ,;:()[]“"-–&/ de', max_size=400))
@settings(max_examples=200)
def test_anything_like_an_entry_is_kept(printed_text: str) -> None:
    """Whatever a line holds, a record comes out, with its words in `raw`."""
    assert read_entry(1, printed_text).raw.split() == marked(printed_text).canonical.split()
