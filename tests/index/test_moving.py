"""A corpus under another name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evqa.errors import BusyError, UsageError
from evqa.settings import DEFAULT_MODEL
from index.corpus import open_corpus
from index.disk.folder import corpus_names
from index.disk.lock import write_lock
from index.models.embed import Embedder
from index.moving import rename_corpus
from index.writer import writing
from tests.index.documents import document, passages

Load = Callable[[str], Embedder]


@pytest.fixture
def full(home: Path, load: Load) -> Path:
    """A home with one corpus."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(document(), passages(document()))
    return home


def test_a_renamed_corpus_is_the_same(full: Path, load: Load) -> None:
    """It holds what it held, answers under its new name, and can be written again."""
    with open_corpus(full, "default") as corpus:
        before = corpus.state.fingerprint
    rename_corpus(full, "default", "reviews")
    assert corpus_names(full) == ("reviews",)
    with open_corpus(full, "reviews") as corpus:
        assert (corpus.state.name, corpus.state.fingerprint) == ("reviews", before)
    with writing(full, "reviews", DEFAULT_MODEL, load) as writer:
        assert writer.names("review.md")


def test_a_corpus_in_use_keeps_its_name(full: Path) -> None:
    """While it is read or written it can't be renamed, nor to a name that is taken; it stays as it is."""
    with open_corpus(full, "default"), pytest.raises(BusyError, match="is being read"):
        rename_corpus(full, "default", "reviews")
    with write_lock(full / "corpora/default"), pytest.raises(BusyError):
        rename_corpus(full, "default", "reviews")
    with pytest.raises(UsageError, match="another corpus has it"):
        rename_corpus(full, "default", "default")
    assert corpus_names(full) == ("default",)
