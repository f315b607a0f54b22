"""Long passages are as near to a question as their nearest statements."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.corpus.corpus import Query
from evqa.errors import CorpusError
from evqa.model import Passage, Statement
from evqa.settings import DEFAULT_MODEL
from index.corpus import open_corpus
from index.disk.folder import RECORDS
from index.models.embed import Embedder
from index.models.embedding import Floats, unit
from index.search.statements import (
    LEAD,
    LONG,
    Statements,
    StatementsWriter,
    in_context,
    led,
    nearest,
    statement_key,
    statements_of,
    stored_statements,
)
from index.store.store import created
from index.verify import verify
from index.writer import writing
from tests.index.documents import document, passages

SALT = "Table salt dissolves in warm water."
FILLING = "The committee met in spring and approved the budget of the year. "
# One statement that answers among many that don't, in the other passage a word of it in each of many.
LONG_TEXT = "Minutes of a meeting. " + FILLING * 8 + SALT + " " + FILLING * 4
Load = Callable[[str], Embedder]


def vectors(count: int, seed: int = 7) -> Floats:
    """So many vectors of length 1."""
    return unit(np.random.default_rng(seed).standard_normal((count, 8)).astype(np.float32))


def long_passage(text: str = LONG_TEXT) -> Passage:
    """A passage of the text, a statement for each full stop."""
    (found,) = passages(document((text,)))
    ends = [place + 1 for place, letter in enumerate(text) if letter == "."]
    starts = [0, *(end + 1 for end in ends)]
    spans = zip(starts, ends, strict=False)
    return found.model_copy(update={"sentences": tuple(Statement(start=start, end=end) for start, end in spans)})


def kept(home: Path, load: Load, *found: Passage) -> Path:
    """A corpus of the passages; its folder."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(document((LONG_TEXT,)), found)
    return home / "corpora" / "default"


def dense(home: Path) -> float:
    """How near the passage is to a question on salt."""
    with open_corpus(home, "default") as corpus:
        (found,) = corpus.retrieve(Query("Does table salt dissolve in water?")).candidates
    return found.dense


def test_statements_are_those_of_long_passages() -> None:
    """They are printed as they stand; a passage that isn't long, or is a single statement, has none."""
    found = long_passage()
    assert statements_of(found)[:2] == ("Minutes of a meeting.", FILLING.strip())
    assert SALT in statements_of(found)
    assert statements_of(long_passage(LONG_TEXT[:LONG])) == ()
    assert statements_of(found.model_copy(update={"sentences": found.sentences[:1]})) == ()


def test_a_statement_in_its_context() -> None:
    """To each vector half of the first statement's and half of the passage's are added; lengths are 1."""
    own, whole = vectors(3), vectors(1, seed=8)[0]
    found = in_context(own, whole)
    assert found[1] == pytest.approx(unit(own[1] + own[0] / 2 + whole / 2), abs=1e-6)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(3), abs=1e-6)


def test_long_passages_alone_are_replaced(tmp_path: Path) -> None:
    """Rows come in any order; short ones keep the cosine of the whole, long ones get that of their two nearest."""
    own, whole, questions = vectors(4), vectors(3, seed=8), vectors(2, seed=9)
    with StatementsWriter(tmp_path, 8) as writer:
        writer.put(own[:0], whole[0])
        writer.put(own, whole[1])
        writer.put(own[:0], whole[2])
    cosines = whole[[2, 1]] @ questions.T
    found = Statements(tmp_path).nearness(np.array([2, 1]), questions, cosines)
    expected = np.sort(in_context(own, whole[1]) @ questions.T, axis=0)[-2:].mean(axis=0)
    assert found[0].tolist() == cosines[0].tolist()
    assert found[1] == pytest.approx(expected, abs=2e-3)


def test_none_is_long(tmp_path: Path) -> None:
    """Without long passages nothing is read or changed."""
    with StatementsWriter(tmp_path, 8) as writer:
        writer.put(vectors(0), vectors(1)[0])
    whole = np.ones((1, 1), dtype=np.float32)
    assert Statements(tmp_path).nearness(np.array([0]), vectors(1), whole) is whole


@given(st.lists(st.lists(st.floats(-1, 1, width=32), min_size=2, max_size=6), min_size=1, max_size=5))
def test_the_two_nearest(cosines: list[list[float]]) -> None:
    """For each passage the mean of its two greatest cosines, also where they are equal."""
    flat = np.array([one for passage in cosines for one in passage], dtype=np.float32)
    expected = [float(np.mean(sorted(passage)[-2:])) for passage in cosines]
    assert nearest(flat, np.array([len(passage) for passage in cosines])) == pytest.approx(expected, abs=1e-6)


def test_the_beginning_is_said_again() -> None:
    """Among the words of a long passage what it begins with stands LEAD times more; a short one's are as they are."""
    assert led("short", ()) == "short"
    assert led("salt melts", ("salt", "melts")).split().count("salt") == 1 + LEAD


def test_one_statement_is_enough(home: Path, load: Load) -> None:
    """A long passage of which one statement answers is nearer than it is as a whole."""
    kept(home, load, long_passage().model_copy(update={"sentences": ()}))
    whole = dense(home)
    kept(home, load, long_passage())
    assert dense(home) > whole + 0.05
    assert verify(home, "default") == ()


def test_only_needed_vectors_stay(home: Path, load: Load) -> None:
    """Statements are embedded once, kept without tokens, and gone when their document is."""
    folder = kept(home, load, long_passage())
    with closing(created(folder / RECORDS)) as store:
        texts = set(stored_statements(store))
        found = store.embedding(statement_key(store.fact("fingerprint"), SALT))
        assert (len(found.tokens), len(found.pooled)) == (0, 384)
        assert store.select("SELECT count(*) FROM embedding") == [(1 + len(texts),)]
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.remove("review.md")
    with closing(created(folder / RECORDS)) as store:
        assert store.select("SELECT count(*) FROM embedding") == [(0,)]


def test_records_from_before(home: Path, load: Load) -> None:
    """Where statements have no vectors yet, passages are as near as they are as a whole until the next writing."""
    folder = kept(home, load, long_passage())
    near = dense(home)
    with closing(created(folder / RECORDS)) as store, store.transaction():
        store.connection.execute("DELETE FROM embedding WHERE count = 0")
    (folder / "current").unlink()
    assert dense(home) < near - 0.05
    assert verify(home, "default") == ()
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(document(("Another text.",), "other.md"), passages(document(("Another text.",), "other.md")))
    with open_corpus(home, "default") as corpus:
        found = corpus.retrieve(Query("Does table salt dissolve in water?")).candidates
    assert max(each.dense for each in found) == pytest.approx(near, abs=1e-5)


def test_a_damaged_vector(home: Path, load: Load) -> None:
    """A statement's vector of which a byte is another is named by `verify`, and no corpus is made of it."""
    folder = kept(home, load, long_passage())
    with closing(created(folder / RECORDS)) as store, store.transaction():
        store.connection.execute("UPDATE embedding SET pooled = zeroblob(1536) WHERE count = 0")
    assert any(line.startswith("statement 'Minutes of a meeting.': ") for line in verify(home, "default"))
    (folder / "current").unlink()
    with pytest.raises(CorpusError, match="is damaged"):
        dense(home)
