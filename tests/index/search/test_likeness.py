"""Words of passages and entries held against each other, from stored vectors."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from evqa.audit.likeness import Likeness, Nearness, covered
from evqa.errors import ModelError
from evqa.model import Document, Passage
from index.models.embed import Embedder
from index.models.encode import PieceReader
from index.search.likeness import StoredVectors, likeness
from ingest.passages import passages
from tests.evqa.citing import entry, read_text, review_text

TITLES = (
    "Extracellular vesicles carry PD-L1 to lymph nodes",
    "Reindeer graze on lichen in winter",
    "Sourdough bread lowers blood glucose",
)
SAID = (
    "Exosomes bear the checkpoint ligand PD-L1 [1].",
    "Caribou feed on mosses and lichens [2].",
    "Bread from a starter culture reduces glycaemia [3].",
)


@pytest.fixture(scope="module")
def document() -> Document:
    """A review of three statements, each in other words than the title that it cites."""
    listed = [entry(number, title) for number, title in enumerate(TITLES, start=1)]
    return read_text(review_text("## Findings\n\n" + "\n\n".join(SAID), listed))


@pytest.fixture(scope="module")
def pieces(embedder: Embedder, models: Path) -> PieceReader:
    """That of the packaged model."""
    return PieceReader(models / "models" / embedder.fingerprint)


def _texts(document: Document) -> list[Passage]:
    """The passages but for those of the title page."""
    return [each for each in passages(document) if each.kind != "front"]


def held_against(
    document: Document,
    embedder: Embedder,
    pieces: PieceReader,
    texts: Mapping[int, Sequence[str]] | None = None,
    seen: Sequence[Passage] | None = None,
) -> Likeness:
    """The likeness of a document whose first three passages of text are looked at."""
    found = _texts(document) if seen is None else seen
    embeddings = embedder.embed([each.indexed or each.text for each in found])
    works = {place: embedder.embed(list(of)) for place, of in (texts or {}).items()}
    return likeness(StoredVectors(document, found, embeddings, range(min(3, len(found))), works), pieces)


@pytest.fixture(scope="module")
def found(document: Document, embedder: Embedder, pieces: PieceReader) -> Likeness:
    """The likeness of the review."""
    return held_against(document, embedder, pieces)


def test_shapes(found: Likeness) -> None:
    """Three statements and three entries, of six passages: everything has the shape that its record says."""
    assert (found.passages.texts, found.entries.texts) == (6, 3)
    assert found.passages.cosine.shape == (len(found.passages.owner), 3)
    assert found.entries.cosine.shape == (len(found.entries.owner), 6)
    assert (found.titles.shape, found.alike.shape, found.pooled.shape) == ((3, 3), (6, 6), (6, 3))
    for each in (found.passages, found.entries):
        assert (np.diff(each.owner) >= 0).all()
        assert (each.weight >= 0).all()
        assert len(each.words) == len(each.weight) == len(each.owner)


def test_a_statement_is_nearest_to_its_title(found: Likeness) -> None:
    """By words both ways, and by embeddings, each statement is nearest to the title that says the same."""
    assert covered(found.passages)[:3].argmax(axis=1).tolist() == [0, 1, 2]
    assert covered(found.entries)[:, :3].argmax(axis=1).tolist() == [0, 1, 2]
    assert found.pooled[:3].argmax(axis=1).tolist() == [0, 1, 2]


def test_words_are_those_of_title_alone(found: Likeness) -> None:
    """Of an entry only the title's words count, not its journal, in order."""
    assert [word for word, own in zip(found.entries.words, found.entries.owner, strict=True) if own == 1] == [
        "reindeer",
        "graze",
        "on",
        "lichen",
        "in",
        "winter",
    ]


def test_passages_that_arent_looked_at_have_no_words(found: Likeness) -> None:
    """Only the words of passages that an audit uses are held against anything."""
    assert set(found.passages.owner.tolist()) == {0, 1, 2}
    assert not found.entries.cosine[:, 3:].any()


def test_a_work_known_by_its_text_is_nearer(document: Document, embedder: Embedder, pieces: PieceReader) -> None:
    """What is known of a work's text only adds to its likeness, and changes nothing for the others."""
    plain = held_against(document, embedder, pieces)
    known = held_against(document, embedder, pieces, {2: ["A starter culture reduces glycaemia in adults."]})
    for of in (known.passages.cosine - plain.passages.cosine, known.pooled - plain.pooled):
        assert (of[:3, 2] >= -1e-6).all()
        assert of[:3, 2].max() > 0.05
        assert not of[:, :2].any()
    assert covered(known.passages)[2, 2] > covered(plain.passages)[2, 2]
    assert np.array_equal(known.titles, plain.titles)


def test_the_same_twice(found: Likeness, document: Document, embedder: Embedder, pieces: PieceReader) -> None:
    """The likeness of the same document is the same to the last bit."""
    again = held_against(document, embedder, pieces)
    for name in (field.name for field in fields(Likeness)):
        one, other = getattr(found, name), getattr(again, name)
        if isinstance(one, Nearness):
            assert one.words == other.words
            assert np.array_equal(one.cosine, other.cosine)
            assert np.array_equal(one.weight, other.weight)
        else:
            assert np.array_equal(one, other)


def test_an_entry_without_passage(document: Document, embedder: Embedder, pieces: PieceReader) -> None:
    """An entry that no passage prints has no words and is near to nothing."""
    seen = [each for each in _texts(document) if "Reindeer" not in each.text]
    found = held_against(document, embedder, pieces, seen=seen)
    assert found.entries.texts == 3
    assert 1 not in found.entries.owner
    assert not found.passages.cosine[:, 1].any()
    assert not found.pooled[:, 1].any()
    assert not found.titles[1].any()


def test_vectors_of_another_text_arent_taken_for_its_own(
    document: Document, embedder: Embedder, pieces: PieceReader
) -> None:
    """A text with more pieces than vectors, as a model with another tokenizer stores, has no words."""
    found = _texts(document)
    texts = [each.indexed or each.text for each in found]
    short = embedder.embed(["moss", *texts[1:]])
    made = likeness(StoredVectors(document, found, short, range(3), {}), pieces)
    assert set(made.passages.owner.tolist()) == {1, 2}


def test_nothing_at_all(document: Document, pieces: PieceReader) -> None:
    """A document without passages has a likeness of nothing, and no warning."""
    made = likeness(StoredVectors(document.model_copy(update={"references": ()}), (), (), (), {}), pieces)
    assert (made.passages.texts, made.entries.texts, made.titles.shape, made.pooled.shape) == (0, 0, (0, 0), (0, 0))


def test_a_query_model_that_is_gone(tmp_path: Path) -> None:
    """A folder without a query model is a ModelError that names it."""
    with pytest.raises(ModelError, match=str(tmp_path)):
        PieceReader(tmp_path)
