"""Late interaction: match each word of a question with its most similar token in a unit (MaxSim), weighted by rarity.

MaxSim: Khattab and Zaharia, ColBERT, SIGIR 2020. The weights are a soft inverse document frequency: a word that few
units come close to says more about which unit answers.
"""

from dataclasses import dataclass

import numpy as np

from evqa.language.words import FUNCTION_WORDS, fold
from index.models.embedding import Flags, Floats, Integers
from index.models.encode import Encoded

# Similarities from LOW to HIGH count as closeness from 0 to 1.
LOW, HIGH = 0.2, 0.9
# The text of the word that vectors around the question make up; it is the last one.
NAMELESS = ""
FLOOR = 1e-3


@dataclass(frozen=True)
class Words:
    """The w words of a question, without punctuation, and the `vectors` (m, dim) of their pieces.

    `places` (m,) gives the word of each vector, `pieces` (w,) the number of pieces of each word. Function words aren't
    `informative` (w,): they have no vectors unless the question has no other words. The last word may be NAMELESS.
    """

    texts: tuple[str, ...]
    vectors: Floats
    places: Integers
    pieces: Integers
    informative: Flags


def words_of(question: Encoded) -> Words:
    """The words of an encoded question, in order."""
    surface = question.surface
    kept = [place for place, text in enumerate(surface) if any(map(str.isalnum, text))]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(question.words[place] for place in kept))}
    places = np.array([numbers[question.words[place]] for place in kept], dtype=np.int64)
    texts = [""] * len(numbers)
    for place, word in zip(kept, places.tolist(), strict=True):
        texts[word] += fold(surface[place])
    informative = np.array([text not in FUNCTION_WORDS for text in texts], dtype=bool)
    vectors, pieces = question.tokens[kept], np.bincount(places, minlength=len(texts))
    if informative.any():
        vectors, places = vectors[informative[places]], places[informative[places]]
    words = Words(tuple(texts), vectors, places, pieces.astype(np.int64), informative)
    return words if question.around is None else with_nameless(words, question.around)


def with_nameless(words: Words, vectors: Floats) -> Words:
    """The words and one more, NAMELESS, for what a multi-vector model says of the question as a whole."""
    if len(vectors) == 0:
        return words
    return Words(
        (*words.texts, NAMELESS),
        np.concatenate([words.vectors, vectors]),
        np.concatenate([words.places, np.full(len(vectors), len(words.texts))]),
        np.append(words.pieces, len(vectors)),
        np.append(words.informative, True),
    )


def similarities(cosines: Floats, offsets: Integers) -> Floats:
    """The best cosine of each question token in each unit, (m, u); 0 for a unit without tokens.

    `cosines` (t, m) are those of the units' tokens; unit i has rows offsets[i] to offsets[i + 1].
    """
    found = np.zeros((cosines.shape[1], len(offsets) - 1), dtype=np.float32)
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled):
        found[:, filled] = np.maximum.reduceat(cosines, offsets[:-1][filled], axis=0).T
    return found


def by_word(similarity: Floats, words: Integers, count: int) -> Floats:
    """Similarities (count, u) of words: the mean over their pieces, 0 for a word without pieces.

    `words` (m,) gives the word of each piece, ascending.
    """
    found = np.zeros((count, similarity.shape[1]), dtype=np.float32)
    starts = np.flatnonzero(np.diff(words, prepend=-1))
    if len(starts):
        lengths = np.diff(np.append(starts, len(words)))
        found[words[starts]] = np.add.reduceat(similarity, starts, axis=0) / lengths[:, None]
    return found


def weights(background: Floats, pieces: Integers, informative: Flags) -> Floats:
    """Weight (w,) of each word from its similarities (w, u) to background units.

    −log of the mean over units of the similarity, scaled from LOW..HIGH to 0..1, times the square root of the word's
    number of `pieces` (w,). Words that aren't `informative` (w,) weigh nothing, unless none is.
    """
    if background.shape[1] == 0:
        return np.ones(len(background), dtype=np.float32)
    closeness = np.clip((background - LOW) / (HIGH - LOW), 0.0, 1.0).mean(axis=1)
    found = (-np.log(np.clip(closeness, FLOOR, 1.0)) * np.sqrt(pieces) * informative).astype(np.float32)
    return found if found.any() else np.ones(len(background), dtype=np.float32)


def late(similarity: Floats, weight: Floats) -> Floats:
    """Weighted mean (u,) of the words' similarities (w, u), clipped to 0..1; 0 without words."""
    total = float(weight.sum())
    if total <= 0.0:
        return np.zeros(similarity.shape[1], dtype=np.float32)
    found: Floats = (weight @ similarity / np.float32(total)).astype(np.float32)
    return np.clip(found, 0.0, 1.0)
