"""Statements verified against stored works when a corpus is published."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.corpus import open_corpus
from index.generation import audits
from index.generation.audited import Audits
from index.generation.layout import AUDITS
from index.models.embed import Embedder
from tests.evqa.citing import TOPICS, title
from tests.index.generation.test_auditing import paper, review, stored
from tests.index.generation.test_audits import live

Load = Callable[[str], Embedder]


def test_each_statement_that_cites_a_stored_work(home: Path, load: Load) -> None:
    """The statement under [2] has what the work of entry 2 says, a sentence printed there; others have nothing."""
    document = review()
    stored(home, load, [document, paper()])
    with open_corpus(home, "default") as corpus:
        (found,) = corpus.verified(document.id)
    assert found.cited.number == 2
    assert found.cited.text in paper().text
    assert found.cited.level in ("abstract", "text")
    assert 0 <= found.cited.score <= 1
    assert "[2]" in document.text[found.start : found.end]


def test_the_abstract_is_told_apart_from_the_text(home: Path, load: Load) -> None:
    """A sentence that stands in the work's abstract says so, another one doesn't."""
    document = review()
    stored(home, load, [document, paper(f"{title(TOPICS[1])} was what we found in the end.")])
    with open_corpus(home, "default") as corpus:
        (found,) = corpus.verified(document.id)
    is_abstract = found.cited.text == "Otters of the coast rest on dark rock."
    assert found.cited.level == ("abstract" if is_abstract else "text")


def test_without_a_stored_work_there_is_nothing(home: Path, load: Load) -> None:
    """A review alone has no verdicts."""
    document = review()
    stored(home, load, [document])
    with open_corpus(home, "default") as corpus:
        assert corpus.verified(document.id) == ()


def test_a_verification_that_fails_keeps_nothing_out(
    home: Path, load: Load, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The corpus is published with its audits and without verdicts, the reason is logged, and the next generation
    verifies."""

    def fail(*_: object) -> None:
        raise ValueError("no verifier")

    document = review()
    with monkeypatch.context() as patch:
        patch.setattr(audits, "verified", fail)
        stored(home, load, [document, paper()])
    assert "isn't verified against the works that it cites: internal error: ValueError" in caplog.text
    with open_corpus(home, "default") as corpus:
        assert corpus.verified(document.id) == ()
        assert corpus.audit(document.id)
    stored(home, load, [review("other.md", 8)])
    with open_corpus(home, "default") as corpus:
        assert len(corpus.verified(document.id)) == 1


def test_what_an_earlier_version_published_can_be_asked(home: Path, load: Load) -> None:
    """A generation whose file of audits has no verdicts yet is read as one without."""
    document = review()
    stored(home, load, [document, paper()])
    path = live(home) / AUDITS
    path.chmod(0o600)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE audit DROP COLUMN verified")
    with closing(Audits(live(home))) as found:
        assert found.verified(document.id) == ()
        assert found.audit(document.id)
