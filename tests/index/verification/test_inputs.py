"""What the verifier reads."""

import numpy as np

from index.models.embedding import unit
from index.verification.inputs import SENTENCE, SENTENCES, STATEMENT, StatedPair, TokenText, inputs, nearest

DIMENSION = 8


def text(words: str, ids: list[int]) -> TokenText:
    """A text with a vector for each id."""
    vectors = unit(np.random.default_rng(len(words)).standard_normal((len(ids), DIMENSION)).astype(np.float32))
    return TokenText(words, np.array(ids, dtype=np.int64), vectors, unit(vectors.mean(axis=0)))


def test_tokens_say_which_sentence_they_are_of() -> None:
    """The statement is part 1, the sentences from 2 on, padding 0; equal word pieces are marked as the same."""
    pairs = [
        StatedPair(text("otters swim", [5, 6]), [text("otters", [5]), text("swim far", [6, 9])]),
        StatedPair(text("moss", [7]), [text("rock", [8])]),
    ]
    read = inputs(pairs)
    assert read.parts.tolist() == [[1, 1, 2, 3, 3], [1, 0, 2, 0, 0]]
    assert read.same[0].tolist() == [[1, 0, 0], [0, 1, 0]]
    assert not read.same[1].any()
    assert read.statements.shape == (2, 2, DIMENSION)
    assert read.sentences.shape == (2, 3, DIMENSION)


def test_long_texts_are_cut() -> None:
    """Of a statement and of a sentence no more is read than fits."""
    read = inputs([StatedPair(text("a", [1] * 500), [text("b", [2] * 500), text("c", [3] * 500)])])
    assert read.statements.shape[1] == STATEMENT
    assert read.sentences.shape[1] == 2 * SENTENCE


def test_the_nearest_sentences_come_first() -> None:
    """By the cosine of the texts' own vectors, the earlier one first where they are equal."""
    one = text("otters", [1, 2, 3])
    far = TokenText("far", one.ids, one.vectors, -one.pooled)
    assert nearest(one, [far, one, far, one]) == [1, 3, 0][:SENTENCES]
    assert nearest(one, []) == []
