"""What is known of references taken from files, as where there is no network."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from api.enrichment.files import answers_of, files_in
from api.enrichment.wanted import wanted_of
from evqa.errors import InputError
from evqa.model import Standing
from index.store.lookups import LookUps, standings
from index.store.store import created
from tests.api.enrichment.test_running import ENTRIES, PAPERS
from tests.api.enrichment.world import crossref_item, europepmc_item, jats, notice_item, openalex_item
from tests.ingest.works.test_libraries import HEAD

TODAY = date(2026, 11, 30)
BARE = PAPERS[-1]


@pytest.fixture
def lookups(tmp_path: Path) -> Iterator[LookUps]:
    """Look-ups of blank records."""
    with closing(created(tmp_path / "corpus.sqlite")) as store:
        yield LookUps(store)


def taken(folder: Path, lookups: LookUps) -> dict[str, Standing]:
    """The status of the works after the files of a folder were taken."""
    for file in files_in(folder, TODAY):
        if answers := answers_of(file, wanted_of(ENTRIES), lookups):
            lookups.put(answers)
    return dict(standings(lookups._store))


def written(folder: Path, name: str, content: bytes | str, day: str = "2026-10-01") -> Path:
    """A file of that day in the folder."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    seconds = date.fromisoformat(day).toordinal() - date(1970, 1, 1).toordinal()
    os.utime(path, (seconds * 86_400, seconds * 86_400))
    return path


def test_the_list_of_retractions_checks_every_work(tmp_path: Path, lookups: LookUps) -> None:
    """Works on the list are retracted, all others with a DOI are checked on the day of the file."""
    line = "1,Moss,3/4/2021 0:00,10.1000/n,10.1000/3,0,Retraction\n"
    written(tmp_path / "in", "retractions.csv", HEAD + line)
    known = taken(tmp_path / "in", lookups)
    assert [key for key, status in known.items() if status.notices] == ["10.1000/3"]
    assert known["10.1000/4"] == Standing(checked="2026-10-01", sources=("retraction-watch",))
    assert not [key for key in known if key.startswith("entry:")]


def test_a_library_says_who_an_entry_is(tmp_path: Path, lookups: LookUps) -> None:
    """An entry without DOI is found in the library by title, and by its DOI there on the list of retractions."""
    found = [
        {"title": BARE.title, "author": [{"family": "Berg", "given": "J"}], "DOI": BARE.doi, "abstract": "They do."}
    ]
    written(tmp_path / "in", "zotero.json", json.dumps(found))
    written(tmp_path / "in", "list.csv", f"{HEAD}1,Slugs,3/4/2021 0:00,10.1000/n,{BARE.doi},0,Retraction\n")
    known = taken(tmp_path / "in", lookups)
    (key,) = [each for each in known if each.startswith("entry:")]
    assert known[key].notices[0].type == "retraction"
    assert lookups.of(key)[0].works[0].abstract == "They do."


def test_kept_replies_are_read_as_replies(tmp_path: Path, lookups: LookUps) -> None:
    """JSON of Crossref, Europe PMC and OpenAlex is told apart, and notices among works are found."""
    by, to, pub, flag = PAPERS[60:64]
    kept = [crossref_item(PAPERS[0]), notice_item(to, to.notices[0])]
    written(tmp_path / "in", "a.json", json.dumps({"message": {"items": kept}}))
    written(tmp_path / "in", "b.json", json.dumps([crossref_item(by)]))
    written(tmp_path / "in", "c.json", json.dumps({"resultList": {"result": [europepmc_item(pub)]}}))
    written(tmp_path / "in", "d.json", json.dumps({"results": [openalex_item(flag), openalex_item(PAPERS[1])]}))
    known = taken(tmp_path / "in", lookups)
    assert {key for key, status in known.items() if status.notices} == {by.doi, to.doi, pub.doi, flag.doi}
    # Of the work that Crossref's file has no notice for nobody knows whether another notice names it.
    assert PAPERS[0].doi not in known
    assert known[PAPERS[1].doi].sources == ("openalex",)


def test_jats_is_the_text_of_its_work(tmp_path: Path, lookups: LookUps) -> None:
    """A text is kept for the entry that has its DOI, or its title."""
    written(tmp_path / "in", "one.xml", jats(PAPERS[2], "We counted 12 stones."))
    written(tmp_path / "in", "two.nxml", jats(BARE, "They ate 7 leaves."))
    taken(tmp_path / "in", lookups)
    texts = {
        each.key: lookups.reply(each.source, each.key) for each in lookups.every() if each.source == "europepmc-text"
    }
    assert b"12 stones" in texts["10.1000/2"]
    assert len(texts) == 2


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", "a,b\n1,2\n", "not that of Retraction Watch"),
        ("a.json", "<html>", "a web page instead of JSON"),
        ("a.json", "[1, 2]", "no list of CSL-JSON items"),
        ("a.xml", "<p/>", "not a JATS article"),
        ("a.bib", "\x00", "no BibTeX"),
        ("a.ris", "nothing", "no RIS"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, lookups: LookUps, name: str, content: str, reason: str) -> None:
    """A file of the right name and wrong content is refused in one line."""
    written(tmp_path / "in", name, content)
    with pytest.raises(InputError, match=reason):
        taken(tmp_path / "in", lookups)


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    """An empty folder and a missing one are mistakes to tell of."""
    with pytest.raises(InputError, match="no file in it ends in"):
        files_in(tmp_path)
    with pytest.raises(InputError, match="no folder"):
        files_in(tmp_path / "none")


def test_a_file_is_of_the_day_on_which_it_was_changed(tmp_path: Path) -> None:
    """What a file says is as old as the file, and never of a day to come."""
    written(tmp_path / "in", "a.json", "[]", "2024-02-03")
    written(tmp_path / "in", "b.json", "[]", "2027-02-03")
    assert [each.day for each in files_in(tmp_path / "in", TODAY)] == ["2024-02-03", "2026-11-30"]
