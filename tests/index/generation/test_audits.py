"""Audits made when a generation is published, and kept as long as they hold."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from evqa.audit.audit import audit
from evqa.audit.records import Audit
from evqa.audit.support import Cited
from evqa.audit.weights import auditing_with, shipped
from evqa.corpus.corpus import Filter
from evqa.errors import CorpusError
from evqa.model import Document
from evqa.settings import DEFAULT_MODEL
from index.corpus import open_corpus
from index.disk.folder import RECORDS
from index.generation.audited import NOT_MADE, Audits
from index.generation.auditing import stored_citations
from index.generation.audits import write_audits
from index.generation.layout import AUDITS
from index.models.embed import Embedder
from index.store.store import created
from index.verify import Unaudited, unaudited, verify
from index.writer import writing
from ingest.passages import passages
from tests.index.generation.test_auditing import paper, review, stored
from tests.index.overwriting import overwrite

Load = Callable[[str], Embedder]


def refuse(cited: Cited, **_: object) -> Audit:
    """Stands where nothing may be audited anew."""
    raise AssertionError(f"{cited.document.id} was audited")


def live(home: Path) -> Path:
    """The folder of the live generation."""
    folder = home / "corpora" / "default"
    return folder / "generations" / (folder / "current").read_text().strip()


def rows(folder: Path) -> dict[str, tuple[str, str]]:
    """Key and audit of each document in a generation."""
    with closing(sqlite3.connect(folder / AUDITS)) as connection:
        found = connection.execute("SELECT document, key, body FROM audit ORDER BY rowid")
        return {document: (key, body) for document, key, body in found}


def rewritten(home: Path, folder: Path, previous: Path | None = None) -> dict[str, tuple[str, str]]:
    """The audits of the stored records, written into another folder."""
    folder.mkdir()
    with closing(created(home / "corpora" / "default" / RECORDS)) as store:
        write_audits(store, home, folder, previous)
    return rows(folder)


def test_published_with_the_index(home: Path, load: Load) -> None:
    """A generation holds the audit of each review in order of ingestion, none of a cited paper."""
    documents = [review("b.md", 8), paper(), review("a.md")]
    stored(home, load, documents)
    found = rows(live(home))
    assert list(found) == [documents[0].id, documents[2].id]
    expected = [audit(each) for each in stored_citations(home, "default")]
    assert [Audit.model_validate_json(body) for _, body in found.values()] == expected
    assert [each.document for of in expected for each in of.pairs] == [documents[0].id] * 4 + [documents[2].id] * 4


def test_what_hasnt_changed_is_kept(home: Path, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another document comes only that one is audited, and the rest is taken from the generation before."""
    one, other = review(), review("b.md", 8)
    stored(home, load, [one])
    before = rows(live(home))
    audited: list[str] = []

    def noted(cited: Cited, **_: object) -> Audit:
        audited.append(cited.document.id)
        return audit(cited)

    monkeypatch.setattr("index.generation.audits.audit", noted)
    stored(home, load, [other])
    assert audited == [other.id]
    assert rows(live(home))[one.id] == before[one.id]


def test_a_generation_made_anew_keeps_the_audits(home: Path, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another derived file is damaged the generation is made anew, and nothing is audited again."""
    stored(home, load, [review()])
    before = rows(live(home))
    overwrite(live(home) / "tokens.npy", b"short")
    monkeypatch.setattr("index.generation.audits.audit", refuse)
    with open_corpus(home, "default", lambda _: None):
        assert rows(live(home)) == before


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: path.write_bytes(b"x" * path.stat().st_size),
    "an empty file": lambda path: path.write_bytes(b""),
    "another word": lambda path: path.write_bytes(path.read_bytes().replace(b"observed", b"obserded")),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_audits_are_made_anew(home: Path, load: Load, damage: str) -> None:
    """Audits that aren't as they were written are neither read nor carried on: opening makes them anew."""
    stored(home, load, [review()])
    before = rows(live(home))
    DAMAGE[damage](live(home) / AUDITS)
    said: list[str] = []
    with open_corpus(home, "default", said.append) as corpus:
        assert corpus.suspects(review().id) == ()
    assert rows(live(home)) == before
    assert len(said) == 1


def test_a_cited_paper_changes_the_key(home: Path, load: Load) -> None:
    """When a paper that a review cites comes, changes or goes, the review is audited anew, and no other one."""
    of, other = review(), review("b.md", 8)
    stored(home, load, [of, other])
    without = rows(live(home))
    stored(home, load, [paper()])
    with_paper = rows(live(home))
    assert with_paper[of.id][0] != without[of.id][0]
    assert with_paper[other.id] == without[other.id]
    known = [each.known for each in Audit.model_validate_json(with_paper[of.id][1]).pairs]
    assert known == ["title", "text", "title", "title"]
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.remove("paper.md")
    assert rows(live(home)) == without


def test_other_passages_change_the_key(home: Path, load: Load) -> None:
    """A document divided into other passages, as other rules would, is audited anew."""
    of = review()
    stored(home, load, [of])
    before = rows(live(home))
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(of, [each for each in passages(of) if each.kind != "front"][1:])
    after = rows(live(home))
    assert after[of.id][0] != before[of.id][0]
    assert [len(Audit.model_validate_json(found[of.id][1]).pairs) for found in (before, after)] == [4, 3]


def test_other_weights_change_the_key(home: Path, load: Load, tmp_path: Path) -> None:
    """An audit by other weights isn't taken over; by the same ones it is."""
    stored(home, load, [review()])
    before = rows(live(home))
    assert rewritten(home, tmp_path / "same", live(home)) == before
    with auditing_with(shipped().model_copy(update={"shift": shipped().shift.model_copy(update={"least": 99.0})})):
        found = rewritten(home, tmp_path / "other", live(home))
    assert [key for key, _ in found.values()] != [key for key, _ in before.values()]


def test_the_same_twice(home: Path, load: Load, tmp_path: Path) -> None:
    """Audits written twice, with nothing to be taken over, are the same bytes."""
    stored(home, load, [review()])
    for name in ("one", "two"):
        rewritten(home, tmp_path / name)
    assert (tmp_path / "one" / AUDITS).read_bytes() == (tmp_path / "two" / AUDITS).read_bytes()


def test_without_the_query_model_nothing_is_audited(home: Path, load: Load, tmp_path: Path) -> None:
    """Where the model is gone a generation can still be made; its documents just aren't audited."""
    stored(home, load, [review()])
    folder = tmp_path / "fresh"
    folder.mkdir()
    with closing(created(home / "corpora" / "default" / RECORDS)) as store:
        write_audits(store, tmp_path / "elsewhere", folder, None)
    assert rows(folder) == {}
    with closing(Audits(folder)) as found:
        assert (found.audit(review().id), found.suspects(review().id)) == (None, ())


def broken(cited: Cited, **_: object) -> Audit:
    """Stands where an audit stumbles on what nobody foresaw."""
    raise IndexError("list index\nout of range")


def test_an_audit_that_fails_keeps_nothing_out(home: Path, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its document is stored and asked as if nothing was doubtful; its audit says on one line what went wrong; the
    audits of other documents are there."""
    wrong, sound = review(), review("b.md", 8)

    def audit_of_one(cited: Cited, **_: object) -> Audit:
        return broken(cited) if cited.document.id == wrong.id else audit(cited)

    monkeypatch.setattr("index.generation.audits.audit", audit_of_one)
    stored(home, load, [wrong, sound])
    with open_corpus(home, "default") as corpus:
        failed, made = corpus.audit(wrong.id), corpus.audit(sound.id)
        assert corpus.suspects(wrong.id) == ()
        assert len(corpus.passages(Filter())) > 8
    assert made is not None
    assert (len(made.pairs), made.failed) == (4, ())
    assert failed is not None
    assert failed.model_dump(exclude={"failed"}) == Audit().model_dump(exclude={"failed"})
    ((document, reason),) = [(each.document, each.reason) for each in failed.failed]
    assert document == wrong.id
    assert re.fullmatch(r"internal error: IndexError in test_audits\.py, line \d+: list index out of range", reason)
    assert verify(home, "default") == ()
    assert unaudited(home, "default") == (Unaudited(wrong.id, "review.md", reason),)


def test_an_error_that_was_foreseen_is_the_reason(home: Path, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its message, which names the value and the next step, stands as it is."""

    def damaged(cited: Cited, **_: object) -> Audit:
        raise CorpusError("passage p-1", "damaged", "ingest it again")

    monkeypatch.setattr("index.generation.audits.audit", damaged)
    stored(home, load, [review()])
    assert [each.reason for each in unaudited(home, "default")] == ["passage p-1: damaged; ingest it again"]


def test_a_failed_audit_is_tried_again(home: Path, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed audit is carried on to no generation: storing the same document again makes it, and then it stays."""
    monkeypatch.setattr("index.generation.audits.audit", broken)
    stored(home, load, [review()])
    before = live(home)
    monkeypatch.setattr("index.generation.audits.audit", audit)
    stored(home, load, [review()])
    assert live(home) != before
    assert unaudited(home, "default") == ()
    assert [len(Audit.model_validate_json(body).pairs) for _, body in rows(live(home)).values()] == [4]
    again = live(home)
    stored(home, load, [review()])
    assert live(home) == again


def test_an_audit_that_was_never_made_is_made_later(home: Path, embedder: Embedder, load: Load) -> None:
    """What is made while the query model is gone has no audits, which is told; storing again restores both."""
    stored(home, load, [review()])
    (home / "models").unlink()
    shutil.rmtree(live(home))
    with open_corpus(home, "default", lambda _: None):
        assert [each.reason for each in unaudited(home, "default")] == [NOT_MADE]
    stored(home, load, [review()])
    assert unaudited(home, "default") == ()
    assert verify(home, "default") == ()


@pytest.mark.parametrize("without", ["citations", "references"])
def test_nothing_to_audit(home: Path, load: Load, without: str) -> None:
    """A document that cites nothing, or lists nothing, has an empty audit."""
    of: Document = review().model_copy(update={without: ()})
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(of, passages(of))
    assert [Audit.model_validate_json(body) for _, body in rows(live(home)).values()] == [Audit()]
