"""A review and the papers that it cites, through the command line."""

from pathlib import Path

import pytest

from evqa.corpus.cited import place
from index.store.placing import listed
from index.store.store import created
from ingest.reader import read
from tests.api.running import Run, written

CUSHION = """# How much water a cushion holds

## Abstract

We weighed forty cushions of moss before and after rain [1]. A cushion held twenty times its dry weight in water [2].

## 1 Methods

Cushions were dried for three days in an oven set to sixty degrees.

## References

1. Hill H. Rain gauges in forests. Tools Today. (2001) 1:1–2.
2. Iversen I. Scales for wet samples. Tools Today. (2002) 2:3–4.
"""
SNAILS = """# Snails of the southern desert

## Abstract

Snails of the desert sleep under stones until the winter rain.
"""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of one paper that the review on moss cites as its second reference, and one that it doesn't."""
    folder = tmp_path / "papers"
    folder.mkdir()
    written(folder / "cushion.md", CUSHION)
    written(folder / "snails.md", SNAILS)
    return folder


def test_a_folder_of_papers_goes_under_its_review(asked: Run, moss: Path, papers: Path) -> None:
    """The report tells each paper's reference; a claim and the passage of its paper stand side by side."""
    short = asked("ingest", moss, papers, "--corpus", "cited").out.splitlines()
    assert [line.split()[0] for line in short if "cited as [2]" in line] == ["cushion.md"]
    assert "cited papers: 1 under the references of 1 document; 1 document on its own" in short
    told = asked("ingest", moss, papers, "--corpus", "cited", "--verbose")
    assert "cushion.md: reference 2 of moss.md (by title, 1.00 alike)" in told.out
    assert "snails.md: on its own, no other document here cites it" in told.out
    assert "cited papers: 1 under the references of 1 document; 1 document on its own" in told.out
    question = ("ask", "How many times their dry weight do cushions hold in water?", "--corpus", "cited")
    answer = asked(*question, "--json").json
    homes = {passage["id"]: passage["document"] for passage in answer["passages"]}
    first, second = (claim for claim in answer["claims"] if 2 in claim["references"])
    assert (homes[first["passage"]]["reference"], homes[second["passage"]]["reference"]) == (None, 2)
    assert second["references"] == [2]
    assert [entry["number"] for entry in answer["references"]] == [2, 3]
    shown = " ".join(asked(*question).out.split())
    assert "[2] in the cited paper: “A cushion held twenty times its dry weight in water [2].”" in shown


def test_the_bibliography_is_the_review_s(asked: Run, moss: Path, papers: Path) -> None:
    """Entries of a cited paper aren't listed among those of the review, whose own tell which paper is held."""
    asked("ingest", moss, papers / "cushion.md", "--corpus", "entries")
    listed = asked("refs", "--corpus", "entries", "--json").json
    assert [entry["number"] for entry in listed] == [1, 2, 3, 4]
    assert "paper held" in " ".join(asked("refs", "2", "--corpus", "entries").out.split())
    assert "paper held" not in " ".join(asked("refs", "3", "--corpus", "entries").out.split())
    assert (
        asked("ask", "How many references?", "--corpus", "entries", "--json").json["note"].endswith("4 entries, 1 to 4")
    )


def test_papers_first_and_the_review_removed(asked: Run, moss: Path, papers: Path) -> None:
    """A paper stored before its review is placed when that comes, unchanged when stored again, and freed after it."""
    corpus = ("--corpus", "order", "--json")
    first = asked("ingest", papers / "cushion.md", *corpus).json[0]
    assert (first["state"], first["placement"]["kind"]) == ("new", "review")
    asked("ingest", moss, *corpus)
    again = asked("ingest", papers / "cushion.md", *corpus).json[0]
    assert (again["state"], again["placement"]["kind"], again["placement"]["reference"]) == ("unchanged", "paper", 2)
    assert asked("remove", "moss.md", "--corpus", "order").code == 0
    assert len(asked("refs", "--corpus", "order", "--json").json) == 2


def test_files_can_be_asked_with_their_papers(asked: Run, moss: Path, papers: Path) -> None:
    """Straight from files, too, a paper answers under the review's number."""
    ran = asked("ask", "How were cushions dried in an oven?", "--in", moss, papers / "cushion.md", "--json")
    assert ran.json["passages"][0]["document"]["reference"] == 2


def test_articles_find_those_that_they_cite(shared: Path, tmp_path: Path) -> None:
    """Of real articles that were read from XML exactly the one that another cites is placed, under its number."""
    from contextlib import closing

    names = ("PMC5234046", "PMC5891864", "PMC5545592", "PMC6182669")
    store = created(tmp_path / "corpus.sqlite")
    with closing(store), store.transaction():
        for name in names:
            store.insert(read(shared / "articles" / "xml" / f"{name}.xml"), ())
    with closing(created(tmp_path / "corpus.sqlite")) as again:
        found = place(tuple(listed(again)))
    assert [(each.source, each.reference) for each in found if each.kind == "paper"] == [("PMC5234046.xml", 11)]
