"""Titles that a person gives to documents."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from evqa.corpus.corpus import Filter
from evqa.errors import CorpusError
from evqa.settings import DEFAULT_MODEL
from index.corpus import open_corpus
from index.models.embed import Embedder
from index.verify import verify
from index.writer import writing
from tests.index.documents import TEXTS, document, passages

Load = Callable[[str], Embedder]


def shown(home: Path) -> tuple[str, set[str], str]:
    """The title in the outline, those in the passages, and the corpus's fingerprint."""
    with open_corpus(home, "default") as corpus:
        (outline,) = corpus.outlines()
        inside = {passage.document.title for passage in corpus.passages(Filter())}
        whole = {corpus.passages(Filter())[0].model_copy().document.title}
        return outline.document.title, inside | whole, corpus.state.fingerprint


def test_a_given_title_is_shown_everywhere(home: Path, load: Load) -> None:
    """In lists and passages; the corpus has another fingerprint, is sound, and no model is needed for it."""
    of = document()
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(of, passages(of))
    before = shown(home)
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.rename(of.id, "A better title")
    title, inside, fingerprint = shown(home)
    assert (title, inside) == ("A better title", {"A better title"})
    assert fingerprint != before[2]
    assert list(verify(home, "default")) == []


def test_a_later_version_keeps_the_title_and_removal_forgets_it(home: Path, load: Load) -> None:
    """The file's next version is called the same; removed and put in again, it has its own title."""
    of = document()
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(of, passages(of))
        writer.rename("review.md", "Mine")
        later = document((*TEXTS, "One more sentence."))
        writer.put(later, passages(later))
    assert shown(home)[0] == "Mine"
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.remove("review.md")
        writer.put(of, passages(of))
    assert shown(home)[0] == of.title


def test_what_is_not_there_has_no_title(home: Path, load: Load) -> None:
    """A document that the corpus doesn't hold can't be renamed."""
    of = document()
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(of, passages(of))
        with pytest.raises(CorpusError, match="it isn't there"):
            writer.rename("other.md", "Mine")


def test_damage_to_a_title_is_found(home: Path, load: Load) -> None:
    """Verifying names the file whose given title isn't what was stored."""
    of = document()
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(of, passages(of))
        writer.rename(of.id, "Mine")
    with closing(sqlite3.connect(home / "corpora/default/corpus.sqlite", isolation_level=None)) as connection:
        connection.execute("UPDATE title SET title = 'Thine'")
    assert any("the title given to review.md is damaged" in finding for finding in verify(home, "default"))
