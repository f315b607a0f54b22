"""Compute how well each entry of a bibliography supports each citing statement."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from evqa.audit.cited_statements import CitedStatement
from evqa.audit.likeness import Flags, Floats, Likeness, covered, shares, standardised, weights
from evqa.audit.weights import SupportWeights
from evqa.language.expansion import Abbreviations
from evqa.language.light_words import is_light
from evqa.language.words import fold, words
from evqa.model import Document, Passage, Reference

# Length of the stem by which words are compared, in letters. Names with digits are compared whole.
STEM = 6
SMOOTHING = 3.0
# Upper bound of the standardised likeness of two statements.
MOST_ALIKE = 6.0
SIGNS = ("words", "context", "pooled", "terms", "named", "elsewhere")


class Cited(NamedTuple):
    """A document as an audit sees it: its citing statements, its entries, and the likeness between them.

    `texts` are the places of the entries whose work is known by its text. `uses` are the places of the entries (among
    `entries`) that each statement prints, in order.
    """

    document: Document
    statements: tuple[CitedStatement, ...]
    passages: tuple[Passage, ...]
    likeness: Likeness
    texts: frozenset[int] = frozenset()

    @property
    def entries(self) -> tuple[Reference, ...]:
        """The bibliography."""
        return self.document.references

    @property
    def uses(self) -> tuple[tuple[int, ...], ...]:
        """Places of the entries that each statement cites."""
        places = {entry.number: place for place, entry in reversed(list(enumerate(self.entries)))}
        return tuple(tuple(places[number] for number in each.numbers) for each in self.statements)


class Support:
    """Signs of support (statements, entries), each standardised so that more is better."""

    def __init__(self, cited: Cited) -> None:
        self._cited = cited
        self._own = [list(each.own) for each in cited.statements]
        self._abbreviations = Abbreviations(cited.document.abbreviations)

    @cached_property
    def words(self) -> Floats:
        """How well the entry's title covers the statement's words."""
        held = self._cited.likeness.passages
        near, weight = covered(held), weights(held)
        found = [np.average(near[own], axis=0, weights=weight[own] + 1e-6) for own in self._own]
        return standardised(self._stacked(found))

    @cached_property
    def context(self) -> Floats:
        """How well the statement and its surroundings cover the title's words."""
        held = self._cited.likeness.entries
        places = [[*each.own, *each.near] for each in self._cited.statements]
        best = [held.cosine[:, around].max(axis=1) for around in places]
        if not best or not len(held.cosine):
            return self._nothing
        return standardised(shares(held, np.stack(best, axis=1)).T)

    @cached_property
    def pooled(self) -> Floats:
        """Cosine of the embeddings."""
        cosines = self._cited.likeness.pooled
        return standardised(self._stacked([cosines[own].max(axis=0) for own in self._own]))

    @cached_property
    def terms(self) -> Floats:
        """Rare terms shared by statement and title, relative to the title's length."""
        passages = [_terms(each.indexed or each.text) for each in self._cited.passages]
        titles = [_terms(self._title(entry)) for entry in self._cited.entries]
        rarity = _rarity([*passages, *titles])
        length = [math.sqrt(SMOOTHING + sum(rarity[term] for term in title)) for title in titles]
        rows = []
        for own in self._own:
            said = set().union(*(passages[place] for place in own))
            shared = [sum(rarity[term] for term in sorted(said & title)) for title in titles]
            rows.append([share / most for share, most in zip(shared, length, strict=True)])
        return standardised(np.array(rows, dtype=np.float32).reshape(self._shape))

    @cached_property
    def named(self) -> Floats:
        """1 where the statement names the entry's first author, else 0."""
        names = [set(words(_first_author(entry))) for entry in self._cited.entries]
        said = [set(words(each.bare)) for each in self._cited.statements]
        rows = [[float(bool(name) and max(map(len, name)) > 2 and name <= each) for name in names] for each in said]
        return np.array(rows, dtype=np.float32).reshape(self._shape)

    def elsewhere(self, uses: Sequence[Sequence[int]], apart: int = 0) -> Floats:
        """How alike the statement is to others that cite the entry, at best; 0 where none does.

        Others of its own table don't count, nor, with `apart`, those fewer statements away in the running text.
        """
        alike = self.between_statements(apart)
        citing: dict[int, list[int]] = {}
        for place, entries in enumerate(uses):
            for entry in set(entries):
                citing.setdefault(entry, []).append(place)
        found = np.zeros(self._shape, dtype=np.float32)
        for entry, places in citing.items():
            best = alike[:, places].max(axis=1)
            found[:, entry] = np.where(np.isfinite(best), np.clip(best, -1.0, MOST_ALIKE), 0.0)
        return found

    def between_statements(self, apart: int) -> Floats:
        """Standardised likeness of statements; -inf for pairs that don't count."""
        if not self._own:
            return np.zeros((0, 0), dtype=np.float32)
        first = [own[0] for own in self._own]
        alike = self._cited.likeness.alike[np.ix_(first, first)].astype(np.float32)
        scaled = (alike - alike.mean(axis=1, keepdims=True)) / (alike.std(axis=1, keepdims=True) + 1e-3)
        scaled = (scaled + scaled.T) / 2
        scaled[self._too_near(apart)] = -np.inf
        return np.asarray(scaled, dtype=np.float32)

    def _too_near(self, apart: int) -> Flags:
        statements = self._cited.statements
        labels = [each.label if each.where == "table" else None for each in statements]
        numbers = {label: place for place, label in enumerate(dict.fromkeys(labels))}
        table = np.array([-1 if label is None else numbers[label] for label in labels])
        place = np.arange(len(statements))
        is_near = np.abs(place[:, None] - place) <= apart
        running = table < 0
        found: Flags = (is_near & running[:, None] & running) | ((table[:, None] == table) & ~running)
        np.fill_diagonal(found, True)
        return found

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self._cited.statements), len(self._cited.entries)

    @property
    def _nothing(self) -> Floats:
        return np.zeros(self._shape, dtype=np.float32)

    def _stacked(self, rows: Sequence[Floats]) -> Floats:
        return np.array(rows, dtype=np.float32).reshape(self._shape)

    def _title(self, entry: Reference) -> str:
        return self._abbreviations.written_out(entry.title or entry.raw)

    def signs(self, uses: Sequence[Sequence[int]], apart: int = 0) -> Floats:
        """All signs, (statements, entries, 6), in the order of SIGNS."""
        fixed = [self.words, self.context, self.pooled, self.terms, self.named]
        return np.stack([*fixed, self.elsewhere(uses, apart)], axis=-1)


def log_odds(signs: Floats, fitted: SupportWeights) -> Floats:
    """Log-odds that each statement cites each entry, against an entry drawn at random."""
    found: Floats = signs @ np.array([getattr(fitted, sign) for sign in SIGNS], dtype=np.float32) + fitted.bias
    return found


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    found = re.findall(r"[^\W_]+", fold(text).replace("-", ""))
    kept = (word for word in found if len(word) > 1 and not is_light(word))
    return frozenset(word if any(map(str.isdigit, word)) else word[:STEM] for word in kept)


def _rarity(texts: Sequence[Iterable[str]]) -> dict[str, float]:
    counted = Counter(term for text in texts for term in text)
    return {term: math.log(len(texts) / count) for term, count in counted.items()}


def _first_author(entry: Reference) -> str:
    return (entry.author[0].family or "") if entry.author else ""
