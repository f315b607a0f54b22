"""Ranking anew by a cross-encoder."""

import shutil
from itertools import product
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from evqa.answer import search
from evqa.corpus.corpus import Candidate, Filter, Query
from evqa.corpus.views import View
from evqa.errors import ModelError
from evqa.model import Home, Passage
from evqa.settings import DEFAULT_MODEL
from index.models.reranking import READ, Reranked, Reranker, check_reranker, load_reranker, reranked
from tests.evqa.shelf import Shelf
from tests.tinymodel import LONGEST, WORDS, tiny_cross_encoder

QUESTION = "water in moss"
# 80 of two words each, all different.
TEXTS = [f"{one} {other}" for one, other in product(WORDS, WORDS[2:])]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder's folder."""
    return tiny_cross_encoder(tmp_path_factory.mktemp("cross") / "tiny")


@pytest.fixture(scope="module")
def reranker(folder: Path) -> Reranker:
    """The same, loaded."""
    return load_reranker(str(folder))


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """80 passages of one document, of which those with moss or water come first by `late`."""
    home = Home(id="d-1", title="Moss")
    passages = [
        Passage(id=f"p-{n:02}", kind="prose", document=home, start=20 * n, end=20 * n + len(text), text=text)
        for n, text in enumerate(TEXTS)
    ]
    return Shelf([], passages, [])


def expected(folder: Path, text: str) -> float:
    """The logistic of what the saved model says of question and text alone."""
    model = AutoModelForSequenceClassification.from_pretrained(folder)
    tokens = AutoTokenizer.from_pretrained(folder)(QUESTION, text, return_tensors="pt")
    with torch.inference_mode():
        return float(torch.sigmoid(model.eval()(**tokens).logits)[0, 0])


@pytest.mark.slow
def test_order_follows_the_model(folder: Path, reranker: Reranker, shelf: Shelf) -> None:
    """The best are ranked by what the model itself says of each pair, and bear that score."""
    found = Reranked(shelf, lambda: reranker).retrieve(Query(QUESTION)).candidates
    plain = shelf.retrieve(Query(QUESTION)).candidates
    read = found[:READ]
    assert {each.passage.id for each in read} == {each.passage.id for each in plain[:READ]}
    assert [each.rerank for each in read] == sorted((each.rerank or 0 for each in read), reverse=True)
    assert [each.passage.id for each in read] != [each.passage.id for each in plain[:READ]]
    for each in read[::10]:
        assert each.rerank == pytest.approx(expected(folder, each.passage.text), abs=1e-5)
    assert len({each.rerank for each in read}) > READ / 2


def test_what_was_not_read_stays_below(reranker: Reranker, shelf: Shelf) -> None:
    """Candidates beyond those read keep their order and other scores, and rank below all that were read."""
    found = Reranked(shelf, lambda: reranker).retrieve(Query(QUESTION)).candidates
    plain = shelf.retrieve(Query(QUESTION)).candidates
    assert len(found) == len(plain) > READ
    assert [each.passage.id for each in found[READ:]] == [each.passage.id for each in plain[READ:]]
    assert {each.rerank for each in found[READ:]} == {None}
    relevance = [each.relevance for each in found]
    assert relevance == sorted(relevance, reverse=True)
    assert {each.passage.id: each.late for each in found} == {each.passage.id: each.late for each in plain}


def test_search_ranks_by_it(reranker: Reranker, shelf: Shelf) -> None:
    """A question's passages come by the model's score, which is shown; of those left unread none is."""
    passages = search(QUESTION, Reranked(shelf, lambda: reranker), k=READ + 10)
    scores = [each.scores.get("rerank") for each in passages]
    assert None not in scores[:READ]
    assert scores[READ:] == [None] * 10
    assert scores[:READ] == sorted((score or 0 for score in scores[:READ]), reverse=True)
    assert [each.score for each in passages[:READ]] == scores[:READ]


def test_the_same_twice(folder: Path, reranker: Reranker, shelf: Shelf) -> None:
    """Two asks, and two loads of the model, give the same candidates with the same scores."""
    once = Reranked(shelf, lambda: reranker)
    assert once.retrieve(Query(QUESTION)) == once.retrieve(Query(QUESTION))
    assert once.retrieve(Query(QUESTION)) == reranked(shelf, str(folder)).retrieve(Query(QUESTION))


def test_off_by_default(shelf: Shelf) -> None:
    """Without a name the corpus is handed back as it is."""
    check_reranker("")
    assert reranked(shelf, "") is shelf
    assert all(each.relevance == each.late for each in shelf.retrieve(Query(QUESTION)).candidates)


def test_long_texts_are_cut(reranker: Reranker) -> None:
    """A passage or a question far longer than the model reads is no error; what is cut off doesn't count."""
    start = "moss rain " * LONGEST
    first, second = reranker.scores(QUESTION, [start + "acid", start + "slug stone"])
    assert first == second
    assert 0 <= reranker.scores("moss " * 500, [start])[0] <= 1


def test_parts_of_a_corpus(reranker: Reranker, shelf: Shelf) -> None:
    """A view of some documents is reranked like the whole, and everything else is the whole's."""
    whole = Reranked(shelf, lambda: reranker)
    assert View(whole, ()).retrieve(Query(QUESTION)).candidates == ()
    within = Filter(documents=frozenset({"d-1"}))
    assert whole.retrieve(Query(QUESTION, within=within)) == whole.retrieve(Query(QUESTION))
    assert (whole.state, whole.passages(within)) == (shelf.state, shelf.passages(within))
    assert (whole.outlines(), whole.references()) == (shelf.outlines(), shelf.references())
    assert (whole.frequency("moss"), whole.vocabulary()) == (shelf.frequency("moss"), shelf.vocabulary())
    assert (whole.is_common("bread"), whole.is_common("zorb")) == (True, False)


def test_nothing_found_loads_nothing(shelf: Shelf) -> None:
    """Where no passage may be returned, no model is needed, not even one that can't be had."""
    nothing = Query(QUESTION, within=Filter(documents=frozenset()))
    assert reranked(shelf, "/no/such/folder").retrieve(nothing).candidates == ()


@pytest.mark.parametrize("name", ["/no/such/folder", "../x", "a/b/c", "two words"])
def test_what_is_no_name_is_refused_at_once(name: str) -> None:
    """A folder that doesn't exist, or what no hub would take, is refused before anything is loaded."""
    with pytest.raises(ModelError, match=r"^reranker '.*': neither a folder .*EVQA_RERANKER[^\n]*$"):
        check_reranker(name)


def test_a_name_that_cannot_be_had(tmp_path: Path) -> None:
    """A well-formed name, or a folder without a model, ends in one line that names it and the setting."""
    for name in ("some-org/no-such-model", str(tmp_path)):
        check_reranker(name)
        with pytest.raises(ModelError, match=r"^reranker '.*': can't be loaded \([^\n]*EVQA_RERANKER[^\n]*$") as caught:
            load_reranker(name)
        assert name in str(caught.value)


def test_several_labels_are_refused(tmp_path: Path) -> None:
    """A model that sorts pairs into kinds has no one score to rank by."""
    with pytest.raises(ModelError, match=r"^reranker .* 3 labels for a pair[^\n]*EVQA_RERANKER[^\n]*$"):
        load_reranker(str(tiny_cross_encoder(tmp_path / "three", labels=3)))


def test_an_embedding_model_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    """A model that wasn't trained on pairs would be given random weights for them; it is refused without a report."""
    with pytest.raises(ModelError, match=r"^reranker .* no cross-encoder[^\n]*EVQA_RERANKER[^\n]*$"):
        load_reranker(DEFAULT_MODEL)
    assert capfd.readouterr().err == ""


def test_damaged_weights_are_refused(folder: Path, tmp_path: Path) -> None:
    """Weights that can't be read, or that give no numbers, end in one line."""
    damaged = Path(shutil.copytree(folder, tmp_path / "damaged"))
    (damaged / "model.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{broken")
    with pytest.raises(ModelError, match=r"^reranker .*: can't be loaded \([^\n]+$"):
        load_reranker(str(damaged))
    model = AutoModelForSequenceClassification.from_pretrained(folder)
    torch.nn.init.constant_(model.classifier.bias, float("nan"))
    model.save_pretrained(damaged)
    with pytest.raises(ModelError, match=r"^reranker .* no numbers[^\n]+$"):
        load_reranker(str(damaged))


def test_a_name_is_found_in_an_earlier_copy(
    folder: Path, reranker: Reranker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a network, a name is had from the library's own copy, and scores as its folder does."""
    copy = tmp_path / "models--cross-encoder--tiny"
    (copy / "refs").mkdir(parents=True)
    (copy / "refs" / "main").write_text("a" * 40)
    shutil.copytree(folder, copy / "snapshots" / ("a" * 40))
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    for name in ("tiny", "cross-encoder/tiny"):
        assert load_reranker(name).scores(QUESTION, TEXTS) == reranker.scores(QUESTION, TEXTS)


def test_relevance() -> None:
    """A candidate's relevance is the cross-encoder's score where there is one, else its `late` below the ceiling."""
    passage = Passage(id="p", kind="prose", document=Home(id="d", title=""), start=0, end=1, text="x")
    assert Candidate(passage, 0.0, 0.0, 0.8).relevance == 0.8
    assert Candidate(passage, 0.0, 0.0, 0.8, rerank=0.3).relevance == 0.3
    assert Candidate(passage, 0.0, 0.0, 0.8, ceiling=0.5).relevance == 0.4
