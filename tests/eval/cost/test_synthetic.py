"""Invented documents."""

from collections import Counter

import numpy as np
import pytest

from eval.cost.synthetic import SyntheticEmbedder, lexicon, synthetic_documents
from evqa.settings import DEFAULT_MODEL
from index.writer import load_lazily

KNOWN = ["What do the vesicles carry, and what carries the vesicles?"]


@pytest.mark.slow
def test_as_many_as_asked_for() -> None:
    """So many passages come in documents of the size given; offsets slice back, and entries cite themselves."""
    found = list(synthetic_documents(130, KNOWN, size=100))
    assert [len(passages) for _, passages in found] == [100, 30]
    for document, passages in found:
        assert [document.text[each.start : each.end] for each in passages] == [each.text for each in passages]
        entries = [each.references for each in passages if each.kind == "reference"]
        assert entries == [(entry.number,) for entry in document.references]
        assert all(section.start < section.end <= len(document.text) for section in document.sections)


@pytest.mark.slow
def test_the_same_each_time() -> None:
    """Documents drawn twice are the same, ids included, and no two of them are alike."""
    first, second = (list(synthetic_documents(60, KNOWN, size=30)) for _ in range(2))
    assert first == second
    assert len({document.id for document, _ in first}) == 2


@pytest.mark.slow
def test_words_follow_zipf() -> None:
    """Words of the questions are among the words drawn, and the first rank is drawn most."""
    words = lexicon(KNOWN)
    assert {"vesicles", "carry", "the"} <= set(words.vocabulary)
    assert words.probability.sum() == pytest.approx(1.0)
    (_, passages), *_ = synthetic_documents(200, KNOWN, size=200)
    counted = Counter(" ".join(each.text for each in passages).lower().replace(".", "").split())
    assert counted.most_common(1)[0][0] in words.vocabulary[:3]


@pytest.mark.slow
def test_vectors_have_the_real_shape() -> None:
    """Drawn vectors have the model's dimension and length 1, one for each word piece, the same for the same text."""
    embedder = load_lazily(DEFAULT_MODEL)
    one, again, other = SyntheticEmbedder(embedder).embed(["five words are in here", "five words are in here", "two"])
    assert one.tokens.shape == (8, embedder.dimension)
    assert np.linalg.norm(one.tokens.astype(np.float32), axis=1) == pytest.approx(np.ones(8), abs=1e-2)
    assert np.linalg.norm(one.pooled) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(one.tokens, again.tokens)
    assert not np.array_equal(one.pooled, other.pooled)
