"""Asking a stored corpus."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from evqa.corpus.corpus import BEYOND, Corpus, Filter, Query, Span
from evqa.errors import CorpusError
from evqa.settings import DEFAULT_MODEL
from index import corpus as corpus_module
from index.corpus import StoredCorpus, open_corpus
from index.models.embed import Embedder
from index.verify import is_published, verify
from index.writer import writing
from tests.index.documents import TEXTS, document, passages

QUESTION = "Which vesicles carry PD-L1?"
OTHER = ("Vesicles of another paper.", "Entry one of a list.", "A row of a table.")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, models: Path, embedder: Embedder) -> Path:
    """A home folder with two documents in one corpus."""
    home = tmp_path_factory.mktemp("shelf")
    (home / "models").symlink_to(models / "models")
    with writing(home, "default", DEFAULT_MODEL, lambda _: embedder) as writer:
        writer.put(document(), passages(document(), cited=((1,), (2,), ())))
        other = document(OTHER, "other.md", references=3)
        writer.put(other, passages(other, ("paper", "reference", "table_row"), ((), (3,), (1, 2))))
    return home


def test_what_cannot_be_published_leaves_what_was_published_before(
    home: Path, load: Callable[[str], Embedder], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where making the index anew fails, foreseen or not, the corpus is asked as it was, and that is said."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(document(), passages(document()))

    def broken(*_: object) -> None:
        raise IndexError("out of range")

    def add_another() -> None:
        with writing(home, "default", DEFAULT_MODEL, load) as writer:
            other = document(OTHER, "other.md")
            writer.put(other, passages(other))

    monkeypatch.setattr("index.generation.publish.build", broken)
    with pytest.raises(IndexError):
        add_another()
    said: list[str] = []
    with open_corpus(home, "default", said.append) as corpus:
        assert [outline.source.name for outline in corpus.outlines()] == ["review.md"]
    (line,) = said
    assert "what was stored last can't be published (internal error: IndexError: out of range)" in line
    assert (verify(home, "default"), is_published(home, "default")) == ((), False)
    monkeypatch.undo()
    with open_corpus(home, "default", said.append) as corpus:
        assert [outline.source.name for outline in corpus.outlines()] == ["review.md", "other.md"]
    assert is_published(home, "default")


@pytest.fixture
def corpus(shelf: Path) -> Iterator[StoredCorpus]:
    """The corpus on the shelf."""
    with open_corpus(shelf, "default") as corpus:
        yield corpus


def found(corpus: Corpus, within: Filter) -> list[str]:
    """Texts of the passages that a filter lets through."""
    return [passage.text for passage in corpus.passages(within)]


def test_structure_and_words(corpus: Corpus) -> None:
    """Outlines and references come in order of ingestion; word frequencies count passages."""
    assert [outline.source.name for outline in corpus.outlines()] == ["review.md", "other.md"]
    numbered = [(reference.document, reference.number) for reference in corpus.references()]
    first, second = document().id, document(OTHER, "other.md").id
    assert numbered == [(first, 1), (first, 2), (second, 1), (second, 2), (second, 3)]
    assert (corpus.frequency("vesicles"), corpus.frequency("zebra")) == (3, 0)
    assert {"vesicles", "budget", "pd"} <= corpus.vocabulary()
    assert corpus.state.documents == 2


def test_the_best_comes_first(corpus: StoredCorpus) -> None:
    """Every passage of a small corpus is a candidate, the answer first, all scores in 0..1."""
    candidates = corpus.retrieve(Query(text=QUESTION)).candidates
    assert candidates[0].passage.text == TEXTS[0]
    assert len(candidates) == len(TEXTS) + len(OTHER)
    for one in candidates:
        assert all(0 <= score <= 1 for score in (one.dense, one.lexical, one.late))
    assert max(one.lexical for one in candidates) == 1
    assert sorted(candidates, key=lambda one: (-one.late, one.passage.id)) == list(candidates)


def test_terms_are_the_questions_words(corpus: StoredCorpus) -> None:
    """Terms are the folded words of the question, each with its weight, its nearest match and whether it is common."""
    found = corpus.retrieve(Query(text="Which vesicles carry PD-L1, or TGF-β?", variants=("else",)))
    assert [term.text for term in found.terms] == ["which", "vesicles", "carry", "pd", "l1", "or", "tgf", "beta"]
    assert {term.text for term in found.terms if term.is_common} >= {"which", "carry", "or"}
    assert (corpus.is_common("which"), corpus.is_common("tgfx"), corpus.is_common("")) == (True, False, False)
    for place, term in enumerate(found.terms):
        assert term.nearest == pytest.approx(max(0, *(one.matches[place] for one in found.candidates)), abs=1e-5)
        assert term.weight >= 0


def test_dense_is_the_cosine(corpus: StoredCorpus, embedder: Embedder) -> None:
    """`dense` is the cosine of the model's own sentence vectors."""
    vectors = embedder.model.encode([QUESTION, *TEXTS, *OTHER], show_progress_bar=False)
    expected = dict(zip([*TEXTS, *OTHER], np.clip(vectors[1:] @ vectors[0], 0, 1), strict=True))
    for one in corpus.retrieve(Query(text=QUESTION)).candidates:
        assert one.dense == pytest.approx(float(expected[one.passage.text]), abs=0.01)


def test_variants_only_add(corpus: StoredCorpus) -> None:
    """A variant can raise a candidate's scores and never lowers them."""
    plain = {one.passage.id: one for one in corpus.retrieve(Query(text="salt")).candidates}
    for one in corpus.retrieve(Query(text="salt", variants=("sodium chloride in water", "salt"))).candidates:
        assert one.dense >= plain[one.passage.id].dense - 1e-5
        assert one.late >= plain[one.passage.id].late - 1e-5


def test_filters(corpus: StoredCorpus) -> None:
    """Kinds, documents, spans and cited numbers each narrow what is returned, and together."""
    first, second = document().id, document(OTHER, "other.md").id
    assert found(corpus, Filter(kinds=frozenset({"table_row", "paper"}))) == [OTHER[0], OTHER[2]]
    assert found(corpus, Filter(documents=frozenset({first, "d-unknown"}))) == list(TEXTS)
    span = Span(second, 0, len(OTHER[0]) + 1 + len(OTHER[1]))
    assert found(corpus, Filter(spans=(span, Span("d-unknown", 0, 99)))) == list(OTHER[:2])
    assert found(corpus, Filter(cites=frozenset({2}))) == [TEXTS[1], TEXTS[4], OTHER[2]]
    assert found(corpus, Filter(cites=frozenset({2}), documents=frozenset({second}))) == [OTHER[2]]
    assert found(corpus, Filter(spans=())) == []
    assert found(corpus, Filter(spans=(span, Span(first, 0, 9), span))) == found(corpus, Filter(spans=(span,)))
    assert found(corpus, Filter(entries=frozenset({(second, 3), (second, 1), (first, 3)}))) == [OTHER[1]]
    assert found(corpus, Filter(labels=frozenset({"Table 9"}))) == []
    assert corpus.retrieve(Query(text=QUESTION, within=Filter(cites=frozenset({97})))).candidates == ()
    (one,) = corpus.retrieve(Query(text=QUESTION, within=Filter(kinds=frozenset({"paper"})))).candidates
    assert one.passage.text == OTHER[0]


def test_a_filter_changes_no_late_score(corpus: StoredCorpus) -> None:
    """Question tokens are weighed against the whole corpus, whatever the filter."""
    every = {one.passage.id: one.late for one in corpus.retrieve(Query(text=QUESTION)).candidates}
    for one in corpus.retrieve(Query(text=QUESTION, within=Filter(cites=frozenset({1, 2})))).candidates:
        assert one.late == every[one.passage.id]


def test_a_document_alone_is_searched_as_if_it_were(corpus: StoredCorpus) -> None:
    """A word that only another document has isn't known there, and scores are those of its own words' weights."""
    second = document(OTHER, "other.md").id
    within = Filter(documents=frozenset({second}))
    among = corpus.retrieve(Query(text="committee budget", within=within))
    alone = corpus.retrieve(Query(text="committee budget", within=within, alone=within.documents))
    nearest = [(one.nearest, other.nearest) for one, other in zip(among.terms, alone.terms, strict=True)]
    assert all(anywhere > here for anywhere, here in nearest)
    assert [each.matches for each in among.candidates] == [each.matches for each in alone.candidates]
    part = Filter(documents=within.documents, kinds=frozenset({"paper"}))
    (one,) = corpus.retrieve(Query(text="committee budget", within=part, alone=within.documents)).candidates
    assert one.late == next(each.late for each in alone.candidates if each.passage.id == one.passage.id)


@pytest.mark.parametrize("saturation", [1.0, 0.5])
def test_saturation(corpus: StoredCorpus, saturation: float) -> None:
    """What cosines have above the saturation counts in part in the late score; they are told as they are."""
    found = corpus.retrieve(Query(text=QUESTION, saturation=saturation))
    weights = np.array([term.weight for term in found.terms])
    assert max(max(one.matches) for one in found.candidates) > 0.5
    for one in found.candidates:
        counted = one.matches - (1 - BEYOND) * np.maximum(np.array(one.matches) - saturation, 0)
        expected = weights @ counted / weights.sum()
        assert one.late == pytest.approx(expected, abs=1e-5)


def test_what_cites(corpus: StoredCorpus) -> None:
    """Whether a passage cites is known without its record, and as the record has it."""
    for passage in corpus.passages(Filter()):
        assert passage.is_citing == any(each.references or each.carried for each in passage.sentences)


def test_what_is_likely() -> None:
    """The candidates with the highest sums are kept, in the order in which they came; of equals the first."""
    scores = np.array([[0.5, 0.1, 0.9, 0.3], [0.1, 0.5, 0.9, 0.2]], dtype=np.float32)
    assert corpus_module.likely(scores, 2).tolist() == [0, 2]
    assert corpus_module.likely(scores, 9).tolist() == [0, 1, 2, 3]


def test_nearest_when_there_are_many(corpus: StoredCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the bound, candidates come from both indexes, under any filter, with the same scores."""
    every = {one.passage.id: one for one in corpus.retrieve(Query(text=QUESTION)).candidates}
    monkeypatch.setattr(corpus_module, "ALL_UPTO", 0)
    monkeypatch.setattr(corpus_module, "NEAREST", 2)
    few = corpus.retrieve(Query(text=QUESTION, limit=2)).candidates
    assert few[0] == every[few[0].passage.id]
    within = Filter(documents=frozenset({document(OTHER, "other.md").id}))
    best, *_ = corpus.retrieve(Query(text=QUESTION, within=within, limit=1)).candidates
    assert best.passage.text == OTHER[0]


@pytest.mark.parametrize("text", ["", "?!", "한국어 질문입니다", "x'; DROP TABLE passage; --", "(a|b)* ~^:", "\x00"])
def test_any_question(corpus: StoredCorpus, text: str) -> None:
    """No question breaks retrieval."""
    assert len(corpus.retrieve(Query(text=text, limit=3)).candidates) == 3


def test_limit(corpus: StoredCorpus) -> None:
    """The limit cuts the ranking and changes nothing else."""
    assert (
        list(corpus.retrieve(Query(text=QUESTION, limit=2)).candidates)
        == list(corpus.retrieve(Query(text=QUESTION)).candidates)[:2]
    )
    assert list(corpus.retrieve(Query(text=QUESTION, limit=0)).candidates) == []


def test_same_bytes_in_any_process(shelf: Path) -> None:
    """Scores are the same bytes in processes with one thread and with several."""
    code = (
        "import sys; from pathlib import Path; from index.corpus import open_corpus\n"
        "from evqa.corpus.corpus import Query\n"
        f"found = open_corpus(Path(sys.argv[1]), 'default').retrieve(Query(text={QUESTION!r}, variants=('PD-L1',)))\n"
        "print([(c.passage.id, c.dense, c.lexical, c.late, c.matches) for c in found.candidates], found.terms)"
    )
    said = set()
    for threads in ("1", "3"):
        environ = dict(os.environ) | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), threads)
        child = subprocess.run([sys.executable, "-c", code, str(shelf)], capture_output=True, check=True, env=environ)
        said.add(child.stdout)
    assert len(said) == 1


def test_threads_may_share_it(corpus: StoredCorpus) -> None:
    """Several threads asking one corpus get what one thread gets."""
    queries = [Query(text=text) for text in TEXTS] * 3
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(corpus.retrieve, queries))
    assert together == [corpus.retrieve(query) for query in queries]


def test_the_fingerprint_is_of_the_content(shelf: Path, home: Path, load: Callable[[str], Embedder]) -> None:
    """The same documents make the same fingerprint, another citation another one."""
    prints: list[str] = []
    for number in (3, 3, 4):
        with writing(home, f"c{len(prints)}", DEFAULT_MODEL, load) as writer:
            writer.put(document(), passages(document(), cited=((number,),)))
        with open_corpus(home, f"c{len(prints)}") as corpus:
            prints.append(corpus.state.fingerprint)
    assert prints[0] == prints[1] != prints[2]


def test_a_missing_corpus(home: Path) -> None:
    """A corpus that doesn't exist is a CorpusError that says what to do."""
    with pytest.raises(CorpusError, match="evqa ingest"):
        open_corpus(home, "nothing")
