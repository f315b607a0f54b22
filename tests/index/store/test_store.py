"""The record of truth."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evqa.errors import CorpusError, StorageError
from index.models.embedding import Embedding, embedding_key
from index.store.store import Store, created, opened
from tests.index.documents import TEXTS, document, passages


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with closing(created(tmp_path / "corpus.sqlite")) as store:
        yield store


def put(store: Store, texts: tuple[str, ...] = TEXTS, name: str = "review.md") -> str:
    """Stores a document and returns its id."""
    of = document(texts, name)
    with store.transaction():
        store.insert(of, passages(of))
    return of.id


def test_a_document_comes_back(store: Store) -> None:
    """Document, outline, references and passages are stored, and found again by content."""
    of = document()
    put(store)
    assert [row.body for row in store.rows()] == [of.model_dump_json()]
    assert store.holds(of.source.sha256)
    assert store.is_stored(of, passages(of))
    assert [text for _, text in store.passage_bodies(of.id)] == list(TEXTS)
    assert store.select("SELECT number FROM reference ORDER BY place") == [(1,), (2,)]


def test_the_same_name_replaces_in_place(store: Store) -> None:
    """Another content under a source name takes the older one's place, with nothing of it left."""
    for name in ("one.md", "two.md"):
        put(store, name=name)
    put(store, ("Quite another text.",), "one.md")
    assert [row.source for row in store.rows()] == ["one.md", "two.md"]
    assert store.select("SELECT count(*) FROM passage") == [(1 + len(TEXTS),)]


def test_a_changed_passage_is_another_document(store: Store) -> None:
    """The same text understood otherwise isn't taken for stored."""
    put(store)
    assert not store.is_stored(document(), passages(document(), cited=((1,),)))


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    """An error inside a transaction takes back all of it."""
    put(store)
    before, of = store.revision, document(("Other.",), "other.md")

    def stop_halfway() -> None:
        with store.transaction():
            store.insert(of, passages(of))
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stop_halfway()
    assert (store.revision, len(store.rows())) == (before, 1)


def test_a_full_disk_keeps_what_was_stored(store: Store) -> None:
    """When the file can't grow, StorageError is raised and the earlier document stays whole."""
    put(store)
    pages = store.select("PRAGMA page_count")[0][0]
    store.select(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="full"):
        put(store, tuple(f"Sentence number {n} " * 50 for n in range(200)), "large.md")
    assert [row.source for row in store.rows()] == ["review.md"]
    assert store.select("PRAGMA integrity_check") == [("ok",)]


def test_embeddings_by_content(store: Store) -> None:
    """Embeddings come back bit by bit; those not kept are gone; a damaged one is named."""
    embedding = Embedding(np.arange(3, dtype=np.float32), np.ones((2, 3), dtype=np.float16))
    first, second = embedding_key("model", "one"), embedding_key("model", "two")
    with store.transaction():
        store.add_embeddings({first: embedding, second: embedding})
    found = store.embedding(first)
    assert (found.pooled.tolist(), found.tokens.tolist()) == (embedding.pooled.tolist(), embedding.tokens.tolist())
    with store.transaction():
        store.keep_embeddings([first])
    assert store.missing([first, second]) == [second]
    store.connection.execute("UPDATE embedding SET tokens = zeroblob(12)")
    with pytest.raises(CorpusError, match=rf"{first[:12]} is damaged"):
        store.embedding(first)


def test_the_file_is_safe(tmp_path: Path) -> None:
    """The file is its owner's alone, keeps a write-ahead log and flushes every commit."""
    path = tmp_path / "corpus.sqlite"
    with closing(created(path)) as store:
        settings = [store.select(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert settings == ["wal", 2, 1]
    assert path.stat().st_mode & 0o777 == 0o600


def test_strange_files_are_refused(tmp_path: Path) -> None:
    """A file of another program, or no database, is a CorpusError that names it."""
    strange, broken = tmp_path / "strange.sqlite", tmp_path / "broken.sqlite"
    connection = sqlite3.connect(strange)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    broken.write_bytes(b"nothing of the kind" * 300)
    for path in (strange, broken):
        with pytest.raises(CorpusError, match=path.name):
            opened(path)
        with pytest.raises(CorpusError, match=path.name):
            created(path)


def test_a_file_that_could_not_be_made_is_not_left(tmp_path: Path) -> None:
    """Where the disk has no room for the tables, no file without tables stays behind."""
    code = (
        "import resource, signal, sys; from pathlib import Path; from index.store.store import created\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        "try: created(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "corpus.sqlite")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "StorageError\n"
    assert not (tmp_path / "corpus.sqlite").exists()


def test_a_reader_never_meets_a_file_without_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a record is made there is either no file under its name, or one that can be read."""
    path = tmp_path / "corpus.sqlite"
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect
    met: list[int] = []

    def met_by_a_reader(*given: Any, **named: Any) -> sqlite3.Connection:
        if path.exists():
            with closing(connect(path)) as reader:
                met.append(reader.execute("SELECT count(*) FROM document").fetchone()[0])
        return connect(*given, **named)

    monkeypatch.setattr("index.store.sqlite3.connect", met_by_a_reader)
    created(path).close()
    assert met == [0]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_what_is_read_in_a_snapshot_is_of_one_moment(tmp_path: Path) -> None:
    """What a writer commits meanwhile is seen once the block has ended, also where an error ends it."""
    path = tmp_path / "corpus.sqlite"
    with closing(created(path)) as writer, closing(opened(path)) as reader:
        with reader.snapshot():
            assert reader.fact("model") == ""
            with writer.transaction():
                writer.set_facts({"model": "other"})
            assert reader.fact("model") == ""
        assert reader.fact("model") == "other"
        with pytest.raises(ValueError, match="ended"), reader.snapshot():
            raise ValueError("ended")
        with reader.snapshot():
            assert reader.fact("model") == "other"


def test_texts_are_the_documents_own(store: Store) -> None:
    """Every document's canonical text, whole and in order of ingestion."""
    first, second = document(), document(("Only “this”, β and\u2028a line.",), name="other.md")
    with store.transaction():
        for one in (first, second):
            store.insert(one, passages(one))
    assert list(store.texts()) == [first.text, second.text]
