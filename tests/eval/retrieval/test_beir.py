"""Collections are searched, and their runs measured by ir_measures."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from eval.pages.page import comparison_page
from eval.retrieval.beir import DEPTH, compare_collection, measure_collection, search_corpus
from eval.retrieval.stored import as_document, by_start, corpus_name, passages, stored_collection
from eval.runs.collection import Collection, CollectionDocument, load_collection
from eval.runs.run import Hit, Response, SystemRun, load_run, save_run
from evqa.errors import InputError
from evqa.settings import DEFAULT_MODEL
from tests.eval.invented_collection import CORPUS, written_collection


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return load_collection(written_collection(tmp_path))


def run_of(**rankings: list[str]) -> SystemRun:
    return SystemRun(
        responses=tuple(
            Response(
                id=name, ms=1, hits=tuple(Hit(score=-place, text="", document=one) for place, one in enumerate(ids))
            )
            for name, ids in rankings.items()
        )
    )


def test_measures_by_hand(collection: Collection) -> None:
    """q1: its one document second. q2: one of its two first, the other not in the collection."""
    report = measure_collection(collection, run_of(q1=["moss-4", "moss-1"], q2=["moss/2", "moss/2", "moss-1"]), "hand")
    ndcg = (1 / math.log2(3) + 1 / (1 + 1 / math.log2(3))) / 2
    assert report.overall["nDCG@10"].value == pytest.approx(ndcg)
    assert report.overall["recall@100"].value == pytest.approx((1 + 1 / 2) / 2)
    assert report.overall["MRR@10"].value == pytest.approx((1 / 2 + 1) / 2)
    assert (report.queries, report.missing, report.overall["nDCG@10"].questions) == (2, (), 2)


def test_a_query_without_response_scores_nothing(collection: Collection) -> None:
    """It is named and counts as 0; an empty list of hits does too."""
    report = measure_collection(collection, run_of(q1=["moss-1"]), "half")
    assert (report.missing, report.overall["nDCG@10"].value) == (("q2",), 0.5)
    assert measure_collection(collection, run_of(q1=["moss-1"], q2=[]), "half").overall["MRR@10"].value == 0.5
    assert "1 without response, scored 0: q2" in report.lines()


def test_a_run_that_does_not_fit_is_refused(collection: Collection) -> None:
    """A run of other queries, and hits that name no document."""
    with pytest.raises(InputError, match="hand: answers no query of mosses"):
        measure_collection(collection, run_of(q9=["moss-1"]), "hand")
    bare = SystemRun(responses=(Response(id="q1", ms=1, hits=(Hit(score=1, text="x"),)),))
    with pytest.raises(InputError, match="hand: a hit of q1 has no `document`"):
        measure_collection(collection, bare, "hand")


def test_documents_are_passages(collection: Collection) -> None:
    """Each text is one passage, title before text, and a slice of the document that stands for the collection."""
    document = as_document(collection)
    found = passages(document, collection.documents)
    assert [passage.text for passage in found] == [f"{title}\n{text}".strip() for _, title, text in CORPUS]
    assert all(document.text[passage.start : passage.end] == passage.text for passage in found)
    known = by_start(collection.documents)
    assert [known[passage.start].id for passage in found] == [name for name, *_ in CORPUS]


def test_statements_are_title_and_sentences(collection: Collection) -> None:
    """Each passage's statements are the title, if there is one, and the sentences of the text; blank texts have one."""
    texts = (
        CollectionDocument(id="a", title="On moss", text="It grows. It dries."),
        CollectionDocument(id="b", text="It grows."),
    )
    blank = (CollectionDocument(id="c", text=" "),)
    found = passages(as_document(replace(collection, documents=texts)), texts)
    said = [[p.text[s.start - p.start : s.end - p.start] for s in p.sentences] for p in found]
    assert said == [["On moss", "It grows.", "It dries."], ["It grows."]]
    (empty,) = passages(as_document(replace(collection, documents=blank)), blank)
    assert [(each.start, each.end) for each in empty.sentences] == [(0, 1)]


def test_a_collection_is_searched(collection: Collection, tmp_path: Path, bare_home: Path) -> None:
    """Built once, found again by content, searched for documents; its stored run gives the same report."""
    said: list[str] = []
    (tmp_path / "models").symlink_to(bare_home / "models")
    for _ in range(2):
        with stored_collection(collection, tmp_path, DEFAULT_MODEL, said.append) as corpus:
            assert corpus.state.name == corpus_name(collection, DEFAULT_MODEL)
            run = search_corpus(collection, corpus)
    assert len(said) == 1
    assert "embedding 4 documents of mosses once" in said[0]
    assert [response.hits[0].document for response in run.responses] == ["moss-1", "moss/2"]
    assert all(0 < len(response.hits) <= DEPTH for response in run.responses)
    save_run(run, tmp_path / "run.jsonl")
    assert measure_collection(collection, load_run(tmp_path / "run.jsonl"), "s") == measure_collection(
        collection, run, "s"
    )


def test_other_documents_or_models_are_another_corpus(collection: Collection) -> None:
    """The kept name depends on the documents' bytes and on the model."""
    other = Collection(collection.name, (), (), {}, "0" * 64, ())
    names = {corpus_name(collection, "a"), corpus_name(collection, "b"), corpus_name(other, "a")}
    assert len(names) == 3
    assert all(name.startswith("beir.") for name in names)


def test_two_runs_are_compared(collection: Collection) -> None:
    """Differences of all measures, b − a, and the queries whose first relevant document moved into sight."""
    a, b = run_of(q1=["moss-4", "moss-1"], q2=["moss/2"]), run_of(q1=["moss-1"], q2=["moss/2"])
    found = compare_collection(collection, ("a.jsonl", a), ("b.jsonl", b))
    assert found.differences["MRR@10"].difference == pytest.approx(1 / 4)
    assert found.differences["recall@100"].difference == 0
    assert [(pair.b.id, pair.gain, pair.a.rank, pair.b.rank) for pair in found.wins] == [("q1", 1, 2, 1)]
    assert (found.losses, found.ties) == ((), 1)
    assert (found.wins[0].b.expected, found.wins[0].a.first) == ("Water in moss", "Ferns")
    assert "Ferns" in comparison_page(found)
