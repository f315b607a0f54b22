"""The signs by which a printed number looks right or wrong."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from evqa.audit.citation_order import CitationOrder, PlaceInOrder, order_of
from evqa.audit.likeness import Floats
from evqa.audit.support import Cited
from evqa.audit.weights import PairWeights
from evqa.language.words import fold

# Log-odds of support are clipped to these bounds.
LEAST, MOST = -6.0, 8.0
# Statements before and after that count as neighbours.
WIDTH = 4
NO_ORDER = PlaceInOrder()
# A statement with more citations lists a class of works, such as all trials of a review, in an order of its own.
LISTED = 4
SIGNS = ("support", "rivals", "neighbours", "authors", "early", "astray", "gap", "in_order")


class PairSigns(NamedTuple):
    """Signs of one statement (by its place) and one entry (by its place) that it cites.

    `support`: log-odds of support by the entry. `rivals`: the logarithm of the mean odds of all entries not cited
    there. `neighbours`: how alike its title is to those cited nearby, in standard deviations over all entries;
    `authors`: whether it shares an author with one of them. `placed`: how its number fits the order of first citation.
    """

    statement: int
    entry: int
    support: float
    rivals: float
    neighbours: float
    authors: bool
    placed: PlaceInOrder

    @property
    def values(self) -> tuple[float, ...]:
        """As numbers, in the order of SIGNS."""
        placed = self.placed
        flags = (self.authors, placed.early, placed.astray, bool(placed.gap), placed.in_order)
        return (self.support, self.rivals, self.neighbours, *map(float, flags))


def log_odds(signs: PairSigns, weights: PairWeights) -> float:
    """The log-odds that the printed number is right."""
    terms = zip(SIGNS, signs.values, strict=True)
    return weights.bias + sum(float(getattr(weights, name)) * value for name, value in terms)


def pair_signs(cited: Cited, uses: Sequence[Sequence[int]], support: Floats) -> list[PairSigns]:
    """The signs of every pair, in printed order. `uses`: entries cited by each statement; `support` (s, e)."""
    return list(_Signs(cited, uses, support).pairs())


def text_order(cited: Cited, uses: Sequence[Sequence[int]]) -> tuple[CitationOrder, list[tuple[int, int]]]:
    """The order of the numbers in the running text, and the (statement, entry) pair of each."""
    pairs = [
        (place, entry)
        for place, entries in enumerate(uses)
        for entry in entries
        if cited.statements[place].where != "table"
    ]
    numbers = [each.number for each in cited.entries]
    return order_of([numbers[entry] for _, entry in pairs], max(numbers, default=0)), pairs


class _Signs:
    def __init__(self, cited: Cited, uses: Sequence[Sequence[int]], support: Floats) -> None:
        self._cited = cited
        self._uses = uses
        self._support = np.clip(support, LEAST, MOST)
        self._groups = [each.label if each.where == "table" else None for each in cited.statements]

    def pairs(self) -> Iterator[PairSigns]:
        """Every pair once."""
        for place, entries in enumerate(self._uses):
            rivals = self._rivals(place)
            for entry in dict.fromkeys(entries):
                others = sorted(self._beside(place) - {entry})
                yield PairSigns(
                    place,
                    entry,
                    float(self._support[place, entry]),
                    rivals,
                    self._alike(entry, others),
                    any(self._authors[entry] & self._authors[other] for other in others),
                    self._placed.get((place, entry), NO_ORDER),
                )

    def _rivals(self, place: int) -> float:
        others = np.delete(self._support[place], sorted(set(self._uses[place])))
        return float(np.log(np.mean(np.exp(others.astype(np.float64))))) if len(others) else 0.0

    def _beside(self, place: int) -> set[int]:
        """Entries cited by statements nearby, its own among them."""
        first, last = max(0, place - WIDTH), place + WIDTH + 1
        near = range(first, min(last, len(self._uses)))
        return {entry for other in near if self._groups[other] == self._groups[place] for entry in self._uses[other]}

    def _alike(self, entry: int, others: Sequence[int]) -> float:
        if not others:
            return 0.0
        nearest = np.sort(self._cited.likeness.titles[:, others], axis=1)[:, -2:].mean(axis=1)
        counted = np.ones(len(nearest), dtype=np.bool_)
        counted[others] = False
        spread = nearest[counted]
        return float((nearest[entry] - spread.mean()) / (spread.std() + 1e-3))

    @cached_property
    def _authors(self) -> list[set[str]]:
        return [{fold(name.family) for name in each.author if name.family} for each in self._cited.entries]

    @cached_property
    def _placed(self) -> dict[tuple[int, int], PlaceInOrder]:
        order, pairs = text_order(self._cited, self._uses)
        found = dict(zip(pairs, order.placed, strict=True)) if order.is_kept else {}
        return {
            (statement, entry): placed
            for (statement, entry), placed in found.items()
            if placed.in_order or len(self._uses[statement]) <= LISTED
        }
