"""The printed texts of a corpus, indexed by their words, so that a quotation is compared with few places."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evqa.corpus.corpus import Corpus, Filter
from evqa.model import Heading, Home, Passage, PassageKind
from evqa.quoting.folding import Token, index_forms, marked_free, tokens

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
EVERYTHING = Filter()
# Tokens of stretches that are kept: those of the last few hundred.
KEPT = 1024


class Stretch(NamedTuple):
    """A passage, as far as quotations need it; `sentences` are start, end and numbers printed there."""

    passage: str
    document: Home
    kind: PassageKind
    section: Heading | None
    page: int | None
    label: str | None
    start: int
    end: int
    text: str
    sentences: tuple[tuple[int, int, tuple[int, ...]], ...]

    @property
    def references(self) -> frozenset[int]:
        """All numbers printed in it."""
        return frozenset(number for _, _, numbers in self.sentences for number in numbers)


@dataclass(frozen=True)
class Printed:
    """The stretches of a corpus by document and position, and for each folded word the rows of those that hold it.

    `continued`: whether the next stretch is of the same document (r - 1,).
    """

    stretches: tuple[Stretch, ...]
    rows: Mapping[str, Sequence[int]]
    continued: Flags
    _tokens: dict[int, list[Token]] = field(default_factory=dict)

    def weight(self, form: str) -> float:
        """How much a word tells: the rarer, the more; 0 for one that is nowhere."""
        rows = self.rows.get(form)
        return 0.0 if rows is None else math.log(1 + len(self.stretches) / len(rows))

    def scores(self, forms: Iterable[str]) -> Floats:
        """For each stretch the weights of the words that it holds, summed (r,)."""
        scores = np.zeros(len(self.stretches))
        for form in forms:
            if (rows := self.rows.get(form)) is not None:
                scores[rows] += self.weight(form)
        return scores

    def together(self, scores: Floats) -> Floats:
        """The scores of each stretch with those of its neighbours in the same document (r,)."""
        sums = scores.copy()
        sums[:-1] += np.where(self.continued, scores[1:], 0)
        sums[1:] += np.where(self.continued, scores[:-1], 0)
        return sums

    def tokens_of(self, row: int) -> list[Token]:
        """The tokens of a stretch, with offsets into the document; markers of its references are free."""
        if (kept := self._tokens.get(row)) is None:
            stretch = self.stretches[row]
            moved = [
                token._replace(start=token.start + stretch.start, end=token.end + stretch.start)
                for token in tokens(stretch.text)
            ]
            kept = marked_free(moved, stretch.references)
            if len(self._tokens) >= KEPT:
                self._tokens.clear()
            self._tokens[row] = kept
        return kept

    def around(self, row: int, reach: int) -> range:
        """The rows of one document around a row, with at least so many characters on each side where there are any."""
        return range(self._walked(row, -1, reach), self._walked(row, 1, reach) + 1)

    def _walked(self, row: int, step: int, reach: int) -> int:
        at, left = row, reach
        while left > 0 and 0 <= at + step < len(self.stretches):
            if self.stretches[at + step].document.id != self.stretches[row].document.id:
                break
            at += step
            left -= len(self.stretches[at].text)
        return at

    def holding(self, forms: Sequence[str]) -> Flags:
        """Which of the words each stretch holds, (f, r)."""
        flags = np.zeros((len(forms), len(self.stretches)), dtype=np.bool_)
        for at, form in enumerate(forms):
            if (rows := self.rows.get(form)) is not None:
                flags[at, rows] = True
        return flags


def printed(corpus: Corpus) -> Printed:
    """The printed texts of an open corpus, indexed once and kept with its outlines."""
    return corpus.outlines().kept("printed", lambda: indexed(corpus.passages(EVERYTHING)))


def indexed(passages: Iterable[Passage]) -> Printed:
    """The index of these passages, given by document and position. Of passages in one place the longest counts."""
    stretches = tuple(_without_repeats(map(_stretch, passages)))
    rows: dict[str, list[int]] = defaultdict(list)
    for row, stretch in enumerate(stretches):
        for form in index_forms(stretch.text):
            rows[form].append(row)
    continued = [before.document.id == after.document.id for before, after in pairwise(stretches)]
    return Printed(stretches, dict(rows), np.array(continued, dtype=np.bool_))


def _stretch(passage: Passage) -> Stretch:
    sentences = tuple((each.start, each.end, each.references) for each in passage.sentences)
    return Stretch(
        passage.id, passage.document, passage.kind, passage.section, passage.page, passage.label,
        passage.start, passage.end, passage.text, sentences,
    )  # fmt: skip


def _without_repeats(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for stretch in stretches:
        is_inside = last and last.document.id == stretch.document.id and stretch.end <= last.end
        if not is_inside:
            yield stretch
            last = stretch
