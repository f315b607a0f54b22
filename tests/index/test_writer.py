"""Writing a corpus: what is embedded, what survives."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evqa.corpus.corpus import Filter
from evqa.errors import BusyError, CorpusError, StorageError
from evqa.settings import DEFAULT_MODEL
from index.corpus import open_corpus
from index.disk.folder import corpus_names
from index.models.embed import Embedder
from index.verify import verify
from index.writer import CorpusWriter, PutResult, writing
from tests.index.documents import TEXTS, document, passages

Load = Callable[[str], Embedder]


def refuse(name: str) -> Embedder:
    """Stands where no model may be needed."""
    raise AssertionError(f"{name} was loaded")


def put(writer: CorpusWriter, texts: tuple[str, ...] = TEXTS, name: str = "review.md") -> PutResult:
    """Stores a document made of texts."""
    of = document(texts, name)
    return writer.put(of, passages(of))


def texts_of(home: Path, name: str = "default") -> list[str]:
    """The texts which a reader of the corpus sees."""
    with open_corpus(home, name) as corpus:
        return [passage.text for passage in corpus.passages(Filter())]


def test_new_changed_unchanged(home: Path, load: Load) -> None:
    """A new document is embedded; unchanged it needs no model; changed, only its new texts are embedded."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        assert (put(writer).state, put(writer, name="copy.md").embedded) == ("new", 0)
    with writing(home, "default", DEFAULT_MODEL, refuse) as writer:
        assert put(writer) == PutResult(document().id, "unchanged", 0)
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        stored = put(writer, ("A sentence that is new.", *TEXTS[1:]))
    assert (stored.state, stored.embedded) == ("changed", 1)
    assert texts_of(home) == ["A sentence that is new.", *TEXTS[1:], *TEXTS]


def test_unchanged_publishes_nothing(home: Path, load: Load) -> None:
    """Ingesting the same again leaves the live generation and every file as it was."""
    for _ in range(2):
        with writing(home, "default", DEFAULT_MODEL, load) as writer:
            put(writer)
        numbers = [path.name for path in (home / "corpora/default/generations").iterdir()]
    assert numbers == ["1"]


def test_remove(home: Path, load: Load) -> None:
    """A document is removed by source name or id; an unknown one is named beside those there are."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        put(writer)
        other = put(writer, ("Other words.",), "other.md")
    with writing(home, "default", DEFAULT_MODEL, refuse) as writer:
        assert writer.remove("review.md") == (document().id,)
        with pytest.raises(CorpusError, match=r"gone.md.*other.md"):
            writer.remove("gone.md")
    assert texts_of(home) == ["Other words."]
    with writing(home, "default", DEFAULT_MODEL, refuse) as writer:
        writer.remove(other.document)
    assert texts_of(home) == []
    assert verify(home, "default") == ()


def test_nothing_stored_nothing_made(home: Path) -> None:
    """A writer that stores nothing, or fails before it has, leaves no corpus behind."""
    with writing(home, "default", DEFAULT_MODEL, refuse):
        pass
    with pytest.raises(ValueError, match="unreadable"), writing(home, "default", DEFAULT_MODEL, refuse):
        raise ValueError("unreadable")
    assert corpus_names(home) == ()


def test_one_writer(home: Path, load: Load) -> None:
    """A second writer of the same corpus is refused, of another corpus not."""
    with (
        writing(home, "default", DEFAULT_MODEL, load),
        writing(home, "other", DEFAULT_MODEL, load),
        pytest.raises(BusyError, match="default"),
        writing(home, "default", DEFAULT_MODEL, load),
    ):
        pytest.fail("two writers")


def test_an_error_keeps_what_was_put(home: Path, load: Load) -> None:
    """A document put before an error is committed, and seen by the next reader."""

    def fail_after_one() -> None:
        with writing(home, "default", DEFAULT_MODEL, load) as writer:
            put(writer)
            raise ValueError("next file")

    with pytest.raises(ValueError, match="next file"):
        fail_after_one()
    assert texts_of(home) == list(TEXTS)


def test_readers_keep_their_generation(home: Path, load: Load) -> None:
    """A reader goes on seeing what it opened while the corpus is changed twice; a new reader sees the change."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        put(writer)
    with open_corpus(home, "default") as reader:
        for text in ("First change.", "Second change."):
            with writing(home, "default", DEFAULT_MODEL, load) as writer:
                put(writer, (text,))
        assert [passage.text for passage in reader.passages(Filter())] == list(TEXTS)
        assert texts_of(home) == ["Second change."]
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        put(writer, ("Third change.",))
    assert len(list((home / "corpora/default/generations").iterdir())) == 1


def test_another_model_embeds_anew(home: Path, embedder: Embedder, load: Load) -> None:
    """Putting under another model's name moves the corpus to it; the fingerprint of equal weights saves the work."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        put(writer)
    with writing(home, "default", "renamed", lambda name: Embedder(name, embedder.model)) as writer:
        assert put(writer).embedded == 0
        manifest = writer.publish()
    assert manifest is not None
    assert manifest.model == "renamed"


def test_a_folder_that_refuses(home: Path, load: Load) -> None:
    """Where a file stands in the way of the folder, the error is a StorageError of one line."""
    (home / "corpora").write_text("in the way")
    with pytest.raises(StorageError, match="corpora"), writing(home, "default", DEFAULT_MODEL, load):
        pytest.fail("written")


KILLED = """
import os, sys
from pathlib import Path
import numpy as np
import index.generation.publish, index.writer
from evqa.settings import DEFAULT_MODEL
from index.models.embedding import Embedding
from tests.index.documents import document, passages

class Known:
    name, fingerprint, dimension, token_dimension = DEFAULT_MODEL, sys.argv[3], 384, 384
    def embed(self, texts):
        vector = np.full(384, 384 ** -0.5, dtype=np.float32)
        return [Embedding(vector, vector[None].astype(np.float16)) for _ in texts]

def die(*_, **__):
    os._exit(9)

def before(module, name):
    setattr(module, name, die)

def after(module, name):
    real = getattr(module, name)
    setattr(module, name, lambda *a, **k: (real(*a, **k), die()))

exec(sys.argv[2])
with index.writer.writing(Path(sys.argv[1]), "default", DEFAULT_MODEL, lambda name: Known()) as writer:
    of = document(("One more text.",), "more.md")
    writer.put(of, passages(of))
"""
MOMENTS = {
    "before the document is stored": ("before(index.store.store.Store, 'insert')", False),
    "inside the transaction": ("after(index.store.store.Store, 'insert')", False),
    "before the generation is built": ("before(index.writer, 'publish')", True),
    "while the generation is built": ("before(index.generation.publish, 'file_entries')", True),
    "before it is made live": ("before(index.generation.publish, 'replace_file')", True),
    "after it is made live": ("after(index.generation.publish, 'replace_file')", True),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment(home: Path, load: Load, embedder: Embedder, moment: str) -> None:
    """A writer killed at any moment leaves the last committed state, sound; the next run goes on."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        put(writer)
    code, committed = MOMENTS[moment]
    child = [sys.executable, "-c", KILLED, str(home), code, embedder.fingerprint]
    assert subprocess.run(child, check=False).returncode == 9
    assert texts_of(home) == [*TEXTS, *(["One more text."] if committed else [])]
    assert verify(home, "default") == ()
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        assert put(writer, ("One more text.",), "more.md").state == ("unchanged" if committed else "new")
    assert texts_of(home) == [*TEXTS, "One more text."]


FULL = """
import resource, sys, signal
from contextlib import closing
from pathlib import Path
from evqa.errors import StorageError
from index.generation.publish import publish
from index.store.store import created
from tests.index.documents import document, passages
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, limit = Path(sys.argv[1]) / "corpora/default", int(sys.argv[2])
of = document(tuple(f"{n} words " * 500 for n in range(100)), "large.md")
with closing(created(folder / "corpus.sqlite")) as store:
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        if sys.argv[3] == "put":
            with store.transaction():
                store.insert(of, passages(of))
        publish(store, folder)
    except StorageError as error:
        print(error)
"""


@pytest.mark.parametrize(("step", "limit"), [("put", 50_000), *(("publish", n) for n in (100, 5_000, 20_000, 40_000))])
def test_a_disk_that_fills_up(home: Path, load: Load, step: str, limit: int) -> None:
    """When files may grow no further, storing and publishing fail with one line, and what was stored stays."""
    many = tuple(f"Statement {n} of many." for n in range(60))
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        put(writer, many)
    child = [sys.executable, "-c", FULL, str(home), str(limit), step]
    done = subprocess.run(child, capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert texts_of(home) == list(many)
    assert verify(home, "default") == ()


@pytest.mark.parametrize("damage", ["missing", "empty"])
def test_lost_records_are_not_overwritten(home: Path, load: Load, damage: str) -> None:
    """Where the records are gone, reading goes on, verify finds it, and nothing is written over what is left."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        put(writer)
    records = home / "corpora/default/corpus.sqlite"
    records.unlink() if damage == "missing" else records.write_bytes(b"")
    for _ in range(2):
        with (
            pytest.raises(CorpusError, match=r"corpus.sqlite: missing or empty.*restore"),
            writing(home, "default", DEFAULT_MODEL, load) as writer,
        ):
            put(writer, TEXTS[:1], "other.md")
    assert texts_of(home) == list(TEXTS)
    assert any("corpus.sqlite" in finding for finding in verify(home, "default"))
