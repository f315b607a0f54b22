"""Lexical search: tantivy against BM25 as published."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.search import lexical as lexical_module
from index.search.lexical import TantivyLexical, new_tantivy, read_copied, read_tantivy
from tests.index.documents import TEXTS
from tests.index.search.exact import ExactLexical

Lexical = ExactLexical | TantivyLexical
Fill = Callable[[Path], Lexical]


def exact(_: Path) -> ExactLexical:
    """The reference over TEXTS under the ids 0, 1, …"""
    return ExactLexical(dict(enumerate(TEXTS)))


def tantivy(folder: Path) -> TantivyLexical:
    """Tantivy over the same."""
    lexical = new_tantivy(folder)
    with lexical.adding() as put:
        for place, text in enumerate(TEXTS):
            put(place, text)
    return lexical


IMPLEMENTATIONS = pytest.mark.parametrize("fill", [exact, tantivy])
HOSTILE = [
    '") OR *:* AND exact:',
    "title:foo^2 -bar",
    "[a TO z]",
    "'; DROP TABLE passage; --",
    ".*(a|b)+$",
    "한국어",
    "",
]


@IMPLEMENTATIONS
def test_shared_words_rank(fill: Fill, tmp_path: Path) -> None:
    """The text that shares most rare words comes first; inflected forms meet in their stem."""
    ids, scores = fill(tmp_path).search("Which vesicle carries PD-L1?", 10)
    assert ids.tolist()[:2] == [0, 1]
    assert all(scores[:-1] >= scores[1:])


@IMPLEMENTATIONS
def test_nothing_shared_nothing_found(fill: Fill, tmp_path: Path) -> None:
    """A text without a common word finds nothing."""
    assert fill(tmp_path).search("zebra", 10)[0].tolist() == []


@IMPLEMENTATIONS
def test_within_and_limit(fill: Fill, tmp_path: Path) -> None:
    """`within` and `limit` only leave hits out; they change no score."""
    lexical = fill(tmp_path)
    ids, scores = lexical.search("the cells and the vesicles", 10)
    every = dict(zip(ids.tolist(), scores.tolist(), strict=True))
    ids, scores = lexical.search("the cells and the vesicles", 10, np.array([2, 3]))
    assert ids.tolist() == [2]
    assert scores.tolist() == pytest.approx([every[2]])
    assert lexical.search("the cells and the vesicles", 1)[0].tolist() == list(every)[:1]
    assert lexical.search("the cells", 10, np.array([], dtype=np.int64))[0].tolist() == []


@IMPLEMENTATIONS
@pytest.mark.parametrize("question", HOSTILE)
def test_syntax_is_only_words(fill: Fill, tmp_path: Path, question: str) -> None:
    """Query syntax, SQL and regular expressions are read as words and break nothing."""
    ids, _ = fill(tmp_path).search(question + " PD-L1", 10)
    assert {0, 1} <= set(ids.tolist())


def test_scores_are_bm25(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tantivy's scores are the published formula's."""
    lexical, reference = tantivy(tmp_path_factory.mktemp("lexical")), exact(Path())

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(question=st.lists(st.sampled_from(" ".join(TEXTS).split()), max_size=8).map(" ".join))
    def agree(question: str) -> None:
        ids, scores = lexical.search(question, 10)
        expected = dict(zip(*(values.tolist() for values in reference.search(question, 10)), strict=True))
        assert dict(zip(ids.tolist(), scores.tolist(), strict=True)) == pytest.approx(expected, rel=1e-4)

    agree()


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_many_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """Many ids are picked from what all texts give; what comes is the same, also where that isn't enough."""
    lexical = tantivy(tmp_path)
    every = lexical.search("the vesicles of cells carry salt", len(TEXTS))[0]
    for within in (every, every[-2:], every[::2], np.arange(len(TEXTS))):
        expected, scores = lexical.search("the vesicles of cells carry salt", limit, within)
        with monkeypatch.context() as patched:
            patched.setattr(lexical_module, "MANY", 0)
            found, same = lexical.search("the vesicles of cells carry salt", limit, within)
        assert found.tolist() == expected.tolist()
        assert same == pytest.approx(scores)


def test_written_and_read(tmp_path: Path) -> None:
    """An index opened from its folder gives the same hits."""
    expected = tantivy(tmp_path).search("vesicles and cells", 10)
    found = read_tantivy(tmp_path).search("vesicles and cells", 10)
    assert [values.tolist() for values in found] == [values.tolist() for values in expected]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """An index is read without writing to its folder, with the same hits and scores."""
    made = tantivy(tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    tmp_path.chmod(0o500)
    for read in (read_copied, read_tantivy):
        found = read(tmp_path)
        for text in TEXTS:
            (ids, scores), (expected_ids, expected_scores) = found.search(text, 10), made.search(text, 10)
            assert (ids.tolist(), scores.tolist()) == (expected_ids.tolist(), expected_scores.tolist())
    tmp_path.chmod(0o700)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
