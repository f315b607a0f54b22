"""Audits of a published generation, read."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from evqa.audit.records import Audit, FailedAudit
from evqa.errors import CorpusError, StorageError
from evqa.model import Suspect
from index.corpus import open_corpus
from index.generation.audited import FAILED, NOT_MADE, SUSPECTS, Audits
from index.generation.audits import SCHEMA
from index.generation.layout import AUDITS
from index.models.embed import Embedder
from tests.evqa.audit.test_records import pair
from tests.index.generation.test_auditing import review, stored


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A generation that holds two audits, the first with a suspect."""
    with closing(sqlite3.connect(tmp_path / AUDITS)) as connection, connection:
        connection.execute(SCHEMA)
        for document, found in (("d-2", Audit(pairs=(pair(),))), ("d-1", Audit())):
            row = (document, "key", found.model_dump_json(), SUSPECTS.dump_json(found.suspects).decode(), "[]")
            connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?)", row)
    return tmp_path


def test_the_audit_of_a_document(folder: Path) -> None:
    """An audit comes whole by its document's id; of one that wasn't audited there is none."""
    with closing(Audits(folder)) as found:
        assert [found.audit(each) for each in ("d-2", "d-1", "d-9")] == [Audit(pairs=(pair(),)), Audit(), None]


def test_suspects_of_a_document(folder: Path) -> None:
    """A document's suspects are those of its audit, also when asked again; none where it has none or isn't known."""
    with closing(Audits(folder)) as found:
        expected = (Suspect(start=20, end=30, reference=3, score=0.1, reason="why", better=(8, 9)),)
        assert [found.suspects(each) for each in ("d-2", "d-2", "d-1", "d-9")] == [expected, expected, (), ()]


def test_suspects_of_an_earlier_version(folder: Path) -> None:
    """Suspects that were written without score and reason are taken from the audit itself."""
    with closing(sqlite3.connect(folder / AUDITS)) as connection, connection:
        old = '[{"start": 20, "end": 30, "reference": 3, "better": [8, 9]}]'
        connection.execute("UPDATE audit SET suspects = ? WHERE document = 'd-2'", (old,))
    with closing(Audits(folder)) as found:
        assert found.suspects("d-2") == Audit(pairs=(pair(),)).suspects


def test_reading_writes_nothing(folder: Path) -> None:
    """The file of a published generation is read and never written."""
    before = (folder / AUDITS).read_bytes()
    with closing(Audits(folder)) as found:
        found.audit("d-2")
    assert (folder / AUDITS).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [AUDITS]


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: path.write_bytes(b"x" * path.stat().st_size),
    "another form": lambda path: path.write_bytes(path.read_bytes().replace(b'"reference":3', b'"references":')),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_that_opening_did_not_see(folder: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    """Damaged audits cost an answer its doubts, which is logged, and not the answer; asked for, they are an error."""
    DAMAGE[damage](folder / AUDITS)
    with closing(Audits(folder)) as found:
        assert found.suspects("d-2") == ()
        assert "without doubts" in caplog.text
        with pytest.raises(CorpusError, match=AUDITS):
            found.audit("d-2")


def test_which_documents_are_not_audited(folder: Path) -> None:
    """One whose audit failed and one that has none are told with the reason, in the order in which they are given."""
    failed = FailedAudit(document="d-3", reason="it broke")
    with closing(sqlite3.connect(folder / AUDITS)) as connection, connection:
        row = ("d-3", FAILED, Audit(failed=(failed,)).model_dump_json(), "[]", "[]")
        connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?)", row)
    with closing(Audits(folder)) as found:
        assert found.failed(["d-9", "d-1", "d-3"]) == (FailedAudit(document="d-9", reason=NOT_MADE), failed)


def test_a_missing_file(tmp_path: Path) -> None:
    """A generation without the file is refused with its path."""
    with pytest.raises(StorageError, match=AUDITS):
        Audits(tmp_path)


def test_an_open_corpus_tells_suspects(home: Path, load: Callable[[str], Embedder]) -> None:
    """A corpus hands on what its generation's audits say, and nothing of documents that it doesn't hold."""
    of = review()
    swapped = of.citations[0].model_copy(update={"references": (4,)})
    wrong = of.model_copy(update={"citations": (swapped, *of.citations[1:])})
    stored(home, load, [wrong])
    with open_corpus(home, "default") as corpus:
        found = corpus.audit(wrong.id)
        assert found is not None
        assert [each.reference for each in found.pairs] == [4, 2, 3, 4]
        assert corpus.suspects(wrong.id) == found.suspects
        assert corpus.suspects("d-unknown") == ()
