"""Judged claims as the verifier reads them."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.verification.claims import Abstracts, JudgedClaim
from evqa.works.verdicts import OUTCOMES
from index.models.encode import Encoder, PieceReader
from index.verification.inputs import SENTENCES, StatedPair, TokenText, nearest

# A fifth of the abstracts that are fitted on is kept for calibration: those in this class of their ids' SHA-256.
FOLDS, KEPT = 5, 0
CHUNK = 256


@dataclass(frozen=True)
class Example:
    """A judged claim with its vectors: the statement, the abstract's sentences, and the places of those nearest to the
    statement, nearest first."""

    judged: JudgedClaim
    statement: TokenText
    sentences: Sequence[TokenText]
    near: Sequence[int]

    @property
    def outcome(self) -> int:
        """The place of the verdict among OUTCOMES."""
        return OUTCOMES.index(self.judged.verdict)

    @property
    def asked(self) -> StatedPair:
        """The pair as it is read when a corpus is published."""
        return self.pair(self.near[:SENTENCES])

    def pair(self, places: Sequence[int]) -> StatedPair:
        """The statement with these sentences in printed order."""
        return StatedPair(self.statement, [self.sentences[place] for place in sorted(places)])


def is_kept(document: str) -> bool:
    """Whether an abstract is kept for calibration."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % FOLDS == KEPT


def examples(
    judged: Sequence[JudgedClaim], abstracts: Abstracts, folder: Path, say: Callable[[str], None]
) -> list[Example]:
    """The claims with vectors of the query model in `folder`."""
    sentences = {each.document: abstracts.sentences(each.document) for each in judged}
    texts = list(dict.fromkeys([*(each.claim for each in judged), *(one for own in sentences.values() for one in own)]))
    embedded = {each.text: each for each in _embedded(texts, folder, say)}
    return [example for each in judged for example in _example(each, sentences[each.document], embedded)]


def _embedded(texts: Sequence[str], folder: Path, say: Callable[[str], None]) -> Iterator[TokenText]:
    encoder, pieces = Encoder(folder), PieceReader(folder)
    for first in range(0, len(texts), CHUNK):
        say(f"{first} of {len(texts)} texts embedded")
        chunk = texts[first : first + CHUNK]
        for text, encoded in zip(chunk, encoder.encode(chunk), strict=True):
            ids = np.array(pieces.read(text).ids, dtype=np.int64)
            if len(ids) == len(encoded.tokens) > 0:
                yield TokenText(text, ids, encoded.tokens.astype(np.float16), encoded.pooled)


def _example(judged: JudgedClaim, sentences: Sequence[str], embedded: Mapping[str, TokenText]) -> Iterator[Example]:
    statement = embedded.get(judged.claim)
    own = [embedded[each] for each in sentences if each in embedded]
    if statement and len(own) == len(sentences) > 0:
        yield Example(judged, statement, own, nearest(statement, own, len(own)))
