"""Every byte is checked."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from evqa.settings import DEFAULT_MODEL
from index.models.embed import Embedder
from index.models.embedding import embedding_key
from index.verify import verify
from index.writer import writing
from tests.index.documents import document, passages
from tests.index.overwriting import overwrite

SQL = {
    "a document's JSON": ("UPDATE document SET body = replace(body, 'Vesicles', 'Besicles')", "review.md"),
    "a passage's JSON": ("UPDATE passage SET body = replace(body, 'salt', 'halt')", "is damaged"),
    "an embedding's bytes": ("UPDATE embedding SET pooled = zeroblob(1536)", "is damaged"),
    "an entry beside its document": ("UPDATE reference SET number = number + 1", "entries of document"),
    "an outline": ("UPDATE outline SET body = replace(body, 'review.md', 'revue.md')", "outlines of document"),
    "an indexed text": ("UPDATE passage SET indexed = indexed || '!'", "indexed otherwise"),
    "a document's source": ("UPDATE document SET source = 'other.md'", "under another name"),
    "a fact": ("UPDATE fact SET value = value || '0' WHERE name = 'revision'", "'revision'"),
    "what isn't UTF-8": ("UPDATE passage SET body = CAST(x'c328' AS TEXT)", "damaged"),
    "an embedding": ("DELETE FROM embedding", "is missing"),
    "a reference's document": ("UPDATE reference SET document = 'd-none'", "isn't there"),
}


@pytest.fixture
def folder(home: Path, load: Callable[[str], Embedder]) -> Path:
    """A published corpus."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(document(), passages(document()))
    return home / "corpora" / "default"


def test_a_sound_corpus(home: Path, folder: Path) -> None:
    """Nothing is found in a corpus as it was written."""
    assert verify(home, "default") == ()


@pytest.mark.parametrize("what", SQL)
def test_changed_records(home: Path, folder: Path, what: str) -> None:
    """A record that was changed behind the writer's back is named."""
    statement, finding = SQL[what]
    with closing(sqlite3.connect(folder / "corpus.sqlite", isolation_level=None)) as connection:
        connection.execute(statement)
    findings = verify(home, "default")
    assert findings
    assert finding in findings[0]


@pytest.mark.parametrize("name", ["tokens.npy", "vectors.npy", "dense.faiss", "records.sqlite"])
def test_one_flipped_bit(home: Path, folder: Path, name: str) -> None:
    """A single changed bit in a derived file is found, though its size is right."""
    path = folder / "generations" / "1" / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    overwrite(path, bytes(raw))
    (finding,) = verify(home, "default")
    assert name in finding


def test_a_document_that_goes_while_it_is_verified(home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that takes a document out meanwhile leaves no finding: all is read as of one moment."""
    with closing(sqlite3.connect(folder / "corpus.sqlite", isolation_level=None)) as writer:

        def after_a_removal(fingerprint: str, text: str) -> str:
            for table in ("document", "embedding"):
                writer.execute(f"DELETE FROM {table}")
            return embedding_key(fingerprint, text)

        monkeypatch.setattr("index.verify.embedding_key", after_a_removal)
        assert verify(home, "default") == ()
        assert writer.execute("SELECT count(*) FROM document").fetchone() == (0,)


def test_overwritten_records(home: Path, folder: Path) -> None:
    """Records that are no database any more are one finding, not a failure."""
    (folder / "corpus.sqlite").write_bytes(b"overwritten" * 1000)
    assert "damaged" in verify(home, "default")[0]


def test_a_damaged_query_model(home: Path, folder: Path, models: Path, embedder: Embedder) -> None:
    """A query model with one byte changed, or gone, is named."""
    (home / "models").unlink()
    shutil.copytree(models / "models", home / "models")
    model = home / "models" / embedder.fingerprint
    (model / "tokenizer.json").write_bytes((model / "tokenizer.json").read_bytes()[:-1] + b" ")
    (finding,) = verify(home, "default")
    assert "tokenizer.json" in finding
    shutil.rmtree(model)
    (finding,) = verify(home, "default")
    assert "query model" in finding
