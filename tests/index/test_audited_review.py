"""The real review's own citations, audited as it is stored with the packaged model."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evqa.answer import ask
from evqa.audit.audit import audit
from evqa.audit.records import Audit, Pair, Run
from evqa.settings import DEFAULT_MODEL
from index.corpus import open_corpus
from index.disk.folder import RECORDS
from index.generation.audited import Audits
from index.generation.auditing import stored_citations
from index.generation.publish import publish
from index.models.embed import Embedder
from index.store.store import created
from index.writer import writing
from ingest.passages import passages
from ingest.reader import read

Load = Callable[[str], Embedder]
# What Table 1 prints, and the entry that says what the row says, as a reader finds them.
WRONG_ROWS = "23:38 27:41 28:42 29:43 30:44 31:45 32:46 33:47 34:48 35:49 36:50 37:51 38:52 39:53 41:55 42:56"
QUESTION = "What weakens the efficacy of CAR-T cells?"


@pytest.fixture(scope="module")
def stored(shared: Path, models: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the review in it."""
    home = tmp_path_factory.mktemp("review") / "home"
    home.mkdir()
    (home / "models").symlink_to(models / "models")
    document = read(shared / "review" / "ev-review.md")
    with writing(home, "default", DEFAULT_MODEL, {DEFAULT_MODEL: embedder}.__getitem__) as writer:
        writer.put(document, passages(document))
    return home


def live(home: Path) -> Path:
    """The folder of the live generation."""
    folder = home / "corpora" / "default"
    return folder / "generations" / (folder / "current").read_text().strip()


def document_of(home: Path) -> str:
    """The id of the one document."""
    with closing(created(home / "corpora" / "default" / RECORDS)) as store:
        (row,) = store.rows()
    return row.id


@pytest.fixture(scope="module")
def found(stored: Path) -> Audit:
    """The audit that was published with it."""
    with closing(Audits(live(stored))) as audits:
        only = audits.audit(document_of(stored))
    assert only is not None
    return only


@pytest.fixture
def table(found: Audit) -> Run:
    """The only run."""
    (run,) = found.runs
    return run


def printing(found: Audit, number: int, where: str) -> Iterator[Pair]:
    """The pairs of a number, in the text or in the table."""
    return (each for each in found.pairs if each.reference == number and each.statement.where == where)


def test_every_pair_is_judged(found: Audit) -> None:
    """There are 118 pairs, 21 of them in the table, each with a score, a verdict and a reason in one line."""
    assert len(found.pairs) == 118
    assert sum(each.statement.where == "table" for each in found.pairs) == 21
    assert all(each.reason and "\n" not in each.reason for each in found.pairs)
    assert all((each.score < 0.5) == (each.verdict == "suspect") for each in found.pairs)


def test_table_1_is_shifted(table: Run) -> None:
    """Table 1 is one run, most of its rows 14 short, with the entry that is meant for 15 or more of the wrong rows."""
    assert (table.where, table.offset, table.of) == ("Table 1", 14, 21)
    wanted = dict(pair.split(":") for pair in WRONG_ROWS.split())
    right = [number for number, meant in wanted.items() if table.mapping.get(number) == int(meant)]
    rows = len(right) + ("32" in right)  # which stands in two rows
    assert rows >= 15
    assert table.confidence > 0.9


def test_the_running_text_agrees(table: Run) -> None:
    """Statements outside the table that cite a meant entry for the same are named."""
    assert len(table.agrees) >= 5
    assert all(each.where == "text" for each in table.agrees)


def test_the_right_row_isnt_suspect(found: Audit, table: Run) -> None:
    """The row that prints 1 is neither suspect nor in the run."""
    assert [each.verdict == "suspect" for each in printing(found, 1, "table")] == [False]
    assert "1" not in table.mapping


def test_the_wrong_citation_of_the_text(found: Audit) -> None:
    """The sentence on CAR-T cells that prints 40 is suspect, and 81 is named first; no other of the text is."""
    (wrong,) = printing(found, 40, "text")
    assert wrong.verdict == "suspect"
    assert wrong.better[0].number == 81
    assert "81 fits better" in wrong.reason
    assert [each.reference for each in found.pairs if each.verdict == "suspect" and each.statement.where == "text"] == [
        40
    ]


def test_a_broad_review_isnt_suspect(found: Audit) -> None:
    """A broad review that is cited for something specific can't be told from its title."""
    assert {each.verdict for each in printing(found, 14, "text")} <= {"fits", "cannot_tell"}
    assert list(printing(found, 14, "text"))


def test_the_list_itself_is_sound(found: Audit) -> None:
    """Nothing is wrong with the numbering, the entries or the DOIs of a published list."""
    assert not {each.kind for each in found.bookkeeping} & {
        "never_cited",
        "duplicate",
        "numbering",
        "beyond_list",
        "malformed_doi",
        "doubled_doi",
    }


def test_an_answer_warns(stored: Path) -> None:
    """The answer that rests on the suspect sentence names 40 and 81 in a warning, and prints 40 as the review does."""
    with open_corpus(stored, "default") as corpus:
        answer = ask(QUESTION, corpus)
    assert any(40 in {*each.references, *each.carried} for each in answer.claims)
    assert {line.split(": ")[0] for line in answer.warnings if "doesn't seem to fit" in line} == {
        "ref 40 doesn't seem to fit this statement; 81 does"
    }
    assert not any(81 in each.references for each in answer.claims)


def test_the_same_twice(stored: Path, found: Audit) -> None:
    """The review audited anew is what was published, byte for byte."""
    (cited,) = stored_citations(stored, "default")
    assert audit(cited).model_dump_json() == found.model_dump_json()


def test_published_again_it_isnt_audited_again(stored: Path, found: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second generation of the same records takes the audit from the first."""

    def refuse(cited: object) -> Audit:
        raise AssertionError("audited again")

    monkeypatch.setattr("index.generation.audits.audit", refuse)
    before = live(stored)
    folder = stored / "corpora" / "default"
    with closing(created(folder / RECORDS)) as store:
        publish(store, folder)
    assert live(stored) != before
    with closing(Audits(live(stored))) as audits:
        assert audits.audit(document_of(stored)) == found
