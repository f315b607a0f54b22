"""`evqa enrich` as a whole: the sample's references looked up in a world of this machine, and shown everywhere."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evqa.model import Reference
from ingest.reader import read
from ingest.sample import sample_path
from tests.api.enrichment.world import Paper, World, jats, serving, status
from tests.api.running import Run
from tests.ingest.works.test_libraries import HEAD

RETRACTED, SAYING, CORRECTED = 15, 38, 40
FOUND = "Here we show that PD-L1 on vesicles of the tumor acts as a decoy that binds anti-PD-L1 antibodies."


def papers_of(references: Sequence[Reference]) -> list[Paper]:
    """The works behind some entries: one retracted, one corrected, and one with abstract and text."""
    found = {each.number: paper_of(each) for each in references}
    notice = ("retraction", "10.1000/notice", "2021-03-04", "to")
    found[RETRACTED] = replace(found[RETRACTED], notices=(notice,))
    found[CORRECTED] = replace(found[CORRECTED], notices=(("erratum", "10.1000/erratum", "2022-01-01", "by"),))
    saying = replace(found[SAYING], abstract=FOUND, license="cc by", pmcid="PMC38")
    found[SAYING] = replace(saying, text=jats(saying, "The counts of vesicles doubled within an hour of the infusion."))
    return list(found.values())


def unwrapped(printed: str) -> str:
    """What was printed, on one line."""
    return " ".join(printed.split())


def paper_of(entry: Reference) -> Paper:
    """The work that an entry prints."""
    authors = tuple((each.surname, each.given or "A") for each in entry.author) or (("Berg", "Jan"),)
    return Paper(entry.DOI or "", entry.title or entry.raw, authors, entry.year or 2020)


@pytest.fixture(scope="module")
def references() -> tuple[Reference, ...]:
    """The entries of the sample."""
    return read(sample_path()).references


@pytest.fixture
def world(references: tuple[Reference, ...]) -> Iterator[World]:
    """A world that knows the sample's works."""
    with serving(papers_of(references)) as world:
        world.headers = {"X-Rate-Limit-Limit": "50", "X-Rate-Limit-Interval": "1s"}
        yield world


@pytest.fixture
def enriching(home: Path, tmp_path: Path, evqa: Run, monkeypatch: pytest.MonkeyPatch, world: World) -> Run:
    """Runs a command in a home of its own, with the world set as every source."""
    own = tmp_path / "home"
    shutil.copytree(home, own)
    monkeypatch.setenv("EVQA_HOME", str(own))
    for name, value in world.settings().items():
        monkeypatch.setenv(name, value)
    return evqa


def test_a_retraction_is_shown_everywhere(enriching: Run, world: World) -> None:
    """The exit code is 5, and answers, lists, exports and the audit name the retraction and the day of the check."""
    before = enriching("refs", RETRACTED)
    assert "checked for retraction" in before.err
    assert '"status":null' in enriching("ask", "What does reference 15 support?", "--json").out
    ran = enriching("enrich", "--status")
    assert ran.code == 5, ran.err
    assert "RETRACTED 2021-03-04 (10.1000/notice, retraction-watch)" in unwrapped(ran.out)
    assert "1 cited work is retracted" in ran.err
    assert "RETRACTED 2021-03-04" in unwrapped(enriching("refs", RETRACTED).out)
    answer = json.loads(enriching("ask", "What does reference 15 support?", "--json").out)
    (entry,) = [each for each in answer["references"] if each["number"] == RETRACTED]
    assert entry["status"]["notices"][0]["type"] == "retraction"
    assert any(line.startswith("reference 15: RETRACTED") for line in answer["warnings"])
    assert "! RETRACTED" in enriching("ask", "What does reference 15 support?").out
    for form in ("csl-json", "bibtex", "ris"):
        assert "Status: RETRACTED 2021-03-04" in unwrapped(enriching("refs", RETRACTED, "--format", form).out)
    assert "no notice found by crossref, europepmc and openalex" in unwrapped(enriching("refs", 1).out)
    audit = unwrapped(enriching("audit").out)
    assert "Works with a notice (2)" in audit
    assert "0 not checked" in audit
    asked = len(world.log)
    assert enriching("enrich", "--status").code == 5
    assert len(world.log) == asked
    assert enriching("verify").code == 0


def test_the_cited_work_answers_in_its_own_words(enriching: Run) -> None:
    """After --abstracts the abstract is a passage under its number; --texts puts the text in its place."""
    ran = enriching("enrich", "--abstracts")
    assert ran.code == 0
    assert "1 abstracts, 0 texts" in ran.out
    assert "in the cited paper: “Here we show that PD-L1" in unwrapped(
        enriching("ask", "What did reference 38 find?").out
    )
    assert "0 abstracts, 1 texts" in enriching("enrich", "--abstracts", "--texts").out
    found = json.loads(
        enriching("ask", "What did the counts of vesicles do within an hour of the infusion?", "--json").out
    )
    assert any("doubled within an hour" in each["text"] for each in found["passages"])
    assert "documents 2" in enriching("corpora").out
    assert "unchanged" in enriching("ingest", sample_path()).out
    assert "stored under" not in enriching("enrich", "--abstracts", "--texts").out


def test_what_could_not_be_checked_is_told(enriching: Run, world: World) -> None:
    """With every source down nothing looks clean: the exit code says so, and so does every entry."""
    for source in ("crossref", "europepmc", "openalex"):
        world.wrong(source, *[status(401)] * 50)
    ran = enriching("enrich", "--status", "--json")
    assert ran.code == 6
    assert json.loads(ran.out)["status"] == {"not checked": 90}
    assert "status 401; what it wasn't asked about stays not checked" in ran.err
    assert "90 entries" not in enriching("refs", 1).out
    assert "checked for retraction" in enriching("refs", 1).err


def test_nothing_is_asked_without_being_told(enriching: Run, world: World) -> None:
    """Neither questions nor lists nor a dry run ask anybody, and a dry run prints no key and no address of a person."""
    enriching("ask", "What does reference 15 support?")
    ran = enriching("enrich", "--dry-run", "--texts")
    assert ran.code == 0
    assert "crossref: 90 works in 2 requests" in ran.out
    assert "k-1" not in ran.out
    assert "ada" not in ran.out
    plan = json.loads(enriching("enrich", "--dry-run", "--json").out)
    assert {each["source"] for each in plan} == {"crossref", "crossref-updates", "europepmc", "openalex"}
    assert not world.log


def test_files_do_the_same_without_a_network(
    enriching: Run, world: World, tmp_path: Path, references: tuple[Reference, ...]
) -> None:
    """A list of retractions, a library with abstracts and a text are taken from a folder; nobody is asked."""
    folder = tmp_path / "files"
    folder.mkdir()
    doi = {each.number: each.DOI for each in references}
    (folder / "list.csv").write_text(f"{HEAD}1,A,3/4/2021 0:00,10.1000/n,{doi[RETRACTED]},0,Retraction\n")
    saying = next(paper_of(each) for each in references if each.number == SAYING)
    library = [{"title": saying.title, "DOI": doi[SAYING], "abstract": FOUND}]
    (folder / "library.json").write_text(json.dumps(library))
    (folder / "broken.bib").write_text("nothing")
    ran = enriching("enrich", "--from", folder, "--status", "--abstracts")
    assert ran.code == 5
    assert "1 abstracts" in ran.out
    assert "broken.bib: no BibTeX" in ran.err
    assert "in the cited paper: “Here we show" in unwrapped(enriching("ask", "What did reference 38 find?").out)
    assert not world.log


def test_a_file_of_the_work_goes_before_what_is_fetched(
    enriching: Run, tmp_path: Path, references: tuple[Reference, ...]
) -> None:
    """A paper that the user gives takes the place of the abstract, which goes, and isn't fetched again."""
    enriching("enrich", "--abstracts")
    saying = next(paper_of(each) for each in references if each.number == SAYING)
    paper = tmp_path / "own.xml"
    paper.write_bytes(jats(replace(saying, abstract="An abstract."), "The own copy says that 9 mice were kept."))
    enriching("ingest", paper)
    assert "documents 2" in enriching("corpora").out
    assert "stored under" not in enriching("enrich", "--abstracts").out
    assert "documents 2" in enriching("corpora").out


def test_mistakes_are_told(enriching: Run, tmp_path: Path) -> None:
    """A corpus that isn't there, and options that exclude each other."""
    assert enriching("enrich", "--corpus", "none").code == 6
    assert "exclude each other" in enriching("enrich", "--dry-run", "--from", tmp_path).err
    assert enriching("enrich", "--from", tmp_path / "none").code == 4
