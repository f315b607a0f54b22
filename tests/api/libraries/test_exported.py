"""Libraries exported beside the files that they name."""

import json
from pathlib import Path

import pytest

from api.intake.found_files import Refused
from api.libraries.exported import given_paths
from api.libraries.given import GivenLibrary
from evqa.model import LibraryEntry
from ingest.reader import read
from tests.api.running import MOSS, Run, written
from tests.api.test_cited_papers import CUSHION

TITLE = "Moss on stones: a short review"
BIBTEX = """@article{moss2020stones, title = {{Moss} as my library calls it}, author = {Berg, Jan and Ada Moss},
 year = {2020}, doi = {10.1000/STONES}, keywords = {moss, rain}, file = {Full Text:%s:text/markdown}}
"""
RIS = """TY  - JOUR
ID  - 7
TI  - Moss as my library calls it
AU  - Berg, Jan
PY  - 2020
DO  - 10.1000/STONES
"""
CSL = {
    "id": "moss2020stones",
    "title": TITLE,
    "author": [{"family": "Berg", "given": "Jan"}],
    "issued": {"date-parts": [[2020]]},
    "DOI": "10.1000/stones",
    "keyword": "moss; rain",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a review in "files/12"."""
    (tmp_path / "export" / "files" / "12").mkdir(parents=True)
    written(tmp_path / "export" / "files" / "12" / "moss.md", MOSS)
    return tmp_path / "export"


def entry_in(given: GivenLibrary) -> LibraryEntry | None:
    """The entry of the one file that was found."""
    (file,) = given.given.found.files
    return given.given.entry_of(file, read(file))


@pytest.mark.parametrize("form", ["bib", "ris", "json"])
def test_an_entry_is_found_by_the_file_that_it_names(folder: Path, form: str) -> None:
    """BibTeX, RIS and CSL-JSON alike: title, authors, year, DOI, and tags where there are some."""
    where = "files/12/moss.md"
    texts = {
        "bib": BIBTEX % where,
        "ris": RIS + f"L1  - {where}\nKW  - moss\nKW  - rain\nER  - \n",
        "json": json.dumps([CSL | {"title": "Moss as my library calls it", "file": where}]),
    }
    written(folder / f"library.{form}", texts[form])
    given = given_paths([folder])
    entry = entry_in(given)
    assert entry is not None
    assert (entry.source, entry.title, entry.year) == (f"library.{form}", "Moss as my library calls it", 2020)
    assert (entry.author[0].family, entry.DOI, entry.tags) == ("Berg", "10.1000/stones", ("moss", "rain"))
    assert (given.notes, given.given.found.others) == ((), 0)


def test_without_a_file_the_work_is_found_by_its_title(folder: Path) -> None:
    """As CSL-JSON has it: the title as printed, whatever its case; another title finds nothing."""
    for title, is_found in ((TITLE.upper(), True), ("Moss on stones, and on slugs that eat it", False)):
        written(folder / "library.json", json.dumps([CSL | {"title": title}]))
        assert (entry_in(given_paths([folder])) is not None) == is_found


def test_a_file_that_only_its_title_matches_is_named(folder: Path) -> None:
    """One that has another DOI, or is matched by it, isn't."""
    for doi, notes in (
        (None, ("moss.md: taken for the work of that title in library.json (Moss on stones: a short review)",)),
        ("10.1000/moss", ()),
    ):
        written(folder / "library.json", json.dumps([CSL | {"DOI": "10.1000/moss"}]))
        given = given_paths([folder])
        (file,) = given.given.found.files
        entry = given.given.entry_of(file, read(file).model_copy(update={"DOI": doi}))
        assert entry is not None
        assert given.notes == notes


def test_a_library_that_is_named_gives_its_files(folder: Path) -> None:
    """Wherever they lie, by their whole path as well, each once; one that lies in a folder gives none."""
    elsewhere = written(folder.parent / "elsewhere.md", MOSS)
    library = written(folder / "library.bib", BIBTEX % str(elsewhere))
    assert given_paths([library]).given.found.files == [elsewhere]
    assert given_paths([library, elsewhere]).given.found.files == [elsewhere]
    in_folder = given_paths([folder])
    assert in_folder.given.found.files == [folder / "files" / "12" / "moss.md"]
    assert entry_in(in_folder) is None


def test_a_file_in_zoteros_storage_is_linked(folder: Path) -> None:
    """Its folder is named by the key under which Zotero opens it."""
    stored = folder / "storage" / "ABCD2345" / "moss.md"
    stored.parent.mkdir(parents=True)
    (folder / "files" / "12" / "moss.md").rename(stored)
    entry = entry_in(given_paths([written(folder / "library.bib", BIBTEX % str(stored))]))
    assert entry is not None
    assert entry.link == "zotero://open-pdf/library/items/ABCD2345"


def test_missing_files_are_named(folder: Path) -> None:
    """Ten by name, the rest by number."""
    library = "".join(BIBTEX.replace("moss2020", f"moss{n}") % f"files/{n}/gone.pdf" for n in range(20, 32))
    notes = given_paths([written(folder / "library.bib", library), folder]).notes
    assert len(notes) == 11
    assert notes[0] == "library.bib: the file files/20/gone.pdf isn't there, so its entry waits for it"
    assert notes[-1] == "library.bib: 2 more of its files aren't there"


def test_why_a_file_is_not_taken_is_told(folder: Path) -> None:
    """It isn't there, isn't read, or lies elsewhere; nothing is said of an entry whose work was found by its DOI."""
    elsewhere = written(folder.parent / "elsewhere.md", MOSS)
    entries = [
        {"id": str(number), "title": f"Work {number}", "DOI": f"10.1000/{number}", "file": file}
        for number, file in enumerate(["gone.pdf", "scan.djvu", str(elsewhere)])
    ]
    (folder / "scan.djvu").touch()
    written(folder / "library.json", json.dumps(entries))
    given = given_paths([folder])
    absent = "library.json: the file gone.pdf isn't there, so its entry waits for it"
    rest = (
        "library.json: the file scan.djvu is of a form that isn't read, so its entry waits for it",
        f"library.json: the file {elsewhere} lies outside of what was given, so its entry waits for it",
    )
    assert list(given.notes) == [absent, *rest]
    (file,) = given.given.found.files
    found = given.given.entry_of(file, read(file).model_copy(update={"DOI": "10.1000/0"}))
    assert found is not None
    assert list(given.notes) == list(rest)


@pytest.mark.parametrize(("name", "text"), [("a.bib", "no entry"), ("a.ris", "TY"), ("a.bib", "")])
def test_a_library_that_cannot_be_read_is_refused(folder: Path, name: str, text: str) -> None:
    """Like a file, and the others are still read."""
    written(folder / name, text)
    found = given_paths([folder]).given.found
    (refused,) = (each for each in found.items if isinstance(each, Refused))
    assert name in str(refused.error)
    assert len(found.files) == 1


@pytest.mark.parametrize("text", ["{}", "[1, 2]", "no JSON", '{"settings": {"title": 3}}'])
def test_any_other_json_is_left_alone(folder: Path, text: str) -> None:
    """In a folder it counts among files of other kinds; named, it is refused."""
    path = written(folder / "settings.json", text)
    found = given_paths([folder]).given.found
    assert (len(found.files), found.others, len(found.items)) == (1, 1, 1)
    assert [type(each) for each in given_paths([path]).given.found.items] == [Refused]


@pytest.mark.slow
def test_a_library_in_a_folder_is_followed(asked: Run, folder: Path) -> None:
    """Its entry names the document, also where the file is given by itself; without the entry its own title is back."""
    library = written(folder / "library.bib", BIBTEX % "files/12/moss.md")
    command = ("ingest", folder, "--corpus", "exported", "--json")
    for state in ("new", "unchanged"):
        (outcome,) = asked(*command).json
        assert (outcome["state"], outcome["title"]) == (state, "Moss as my library calls it")
    passages = asked("search", "What holds rain?", "--corpus", "exported", "--json").json["passages"]
    assert {each["document"]["title"] for each in passages} == {"Moss as my library calls it"}
    assert not any("link" in each for each in passages)
    file = folder / "files" / "12" / "moss.md"
    (outcome,) = asked("ingest", file, "--corpus", "exported", "--json").json
    assert (outcome["state"], outcome["title"]) == ("unchanged", "Moss as my library calls it")
    copied = written(folder.parent / "copy.md", MOSS)
    (outcome,) = asked("ingest", copied, "--corpus", "exported", "--json").json
    assert (outcome["state"], outcome["title"]) == ("changed", "Moss as my library calls it")
    written(library, "@article{other, title = {Lichen on the roofs of the town}}")
    (outcome,) = asked(*command).json
    assert (outcome["state"], outcome["title"]) == ("changed", TITLE)


@pytest.mark.slow
def test_a_cited_paper_keeps_its_link(asked: Run, tmp_path: Path) -> None:
    """Under its number in a review it still opens in the library that it came from."""
    stored = tmp_path / "storage" / "ABCD2345" / "cushion.md"
    stored.parent.mkdir(parents=True)
    written(stored, CUSHION)
    entry = f"@article{{clark, title={{How much water a cushion holds}}, file={{{stored}}}}}"
    library = written(tmp_path / "library.bib", entry)
    assert asked("ingest", written(tmp_path / "moss.md", MOSS), library, "--corpus", "linked").code == 0
    question = ("ask", "How many times their dry weight do cushions hold in water?", "--corpus", "linked", "--json")
    homes = {each["document"]["reference"]: each["document"] for each in asked(*question).json["passages"]}
    assert homes[2]["link"] == "zotero://open-pdf/library/items/ABCD2345"
    assert "link" not in homes[None]
