"""Fit the weights by which found works are matched with entries, and the score from which a match is claimed."""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.identifying.entries import FAULTS, Known, altered
from eval.identifying.lookup import Search
from evqa.errors import UsageError
from evqa.model import Reference
from evqa.works.comparing import Found, Printed, compare
from evqa.works.identity import SIGNS, IdentityWeights, likeliest, signs
from evqa.works.queries import query_of
from evqa.works.records import FoundWork
from evqa.works.same_work import plain_doi

SEED = 20262
# Of the entries fitted on, the share looked up where their work is missing, that have a wrong field, that print
# their DOI; and of these DOIs the share that are another work's.
MISSING, WRONG, WITH_DOI, WRONG_DOI = 0.25, 0.3, 0.3, 0.02
# Strength of the penalty on squared weights.
PENALTY = 1e-3
# A match is claimed from the least score at which at most so many claims are wrong, and so many entries whose work is
# missing are claimed to be another.
WRONG_CLAIMS, FALSE_CLAIMS = 0.002, 0.005
Matrix = NDArray[np.float64]


class LookedUp(NamedTuple):
    """An entry with what a source would answer. `right`: the place of its work among the found; None if missing."""

    known: Known
    found: tuple[FoundWork, ...]
    right: int | None


class Source:
    """Made records, searched as a source's are."""

    def __init__(self, records: Sequence[FoundWork]) -> None:
        self.records = records
        self._search = Search(records)
        self._by_doi = {plain_doi(each.DOI or ""): each for each in records}

    def look_up(self, known: Known, is_missing: bool = False) -> LookedUp:
        """The first page of the answer to an entry, and the record under its DOI, if it prints one.

        With `is_missing` the source doesn't know the entry's work.
        """
        found = [self.records[place] for place in self._search.places(query_of(known.entry).crossref)]
        named = self._by_doi.get(plain_doi(known.entry.DOI or ""))
        if named and named not in found:
            found.append(named)
        found = [each for each in found if not (is_missing and known.doi == each.DOI)]
        right = next((place for place, each in enumerate(found) if known.doi == each.DOI), None)
        return LookedUp(known, tuple(found), right)


def drawn(entries: Sequence[Known], source: Source) -> Iterator[LookedUp]:
    """Look up entries to fit on: as printed, with a wrong field, with their DOI, and where their work is missing."""
    others = [each.entry for each in entries]
    for place, each in enumerate(entries):
        chance = random.Random(f"{SEED} {place}")  # noqa: S311 – repeatable, not secret
        draw = chance.random()
        asked = (altered(each, chance.choice(FAULTS), others, chance) if draw < WRONG else None) or each
        if chance.random() < WITH_DOI:
            printed = entries[chance.randrange(len(entries))].doi if chance.random() < WRONG_DOI else each.doi
            asked = asked._replace(entry=asked.entry.model_copy(update={"DOI": printed}))
        yield source.look_up(asked, is_missing=WRONG <= draw < WRONG + MISSING)


def fitted_on(looked_up: Sequence[LookedUp]) -> dict[str, float]:
    """The weights of a conditional logit with an outside option. Raises UsageError if SciPy isn't installed."""
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise UsageError("", "fitting weights needs SciPy", "run `pip install scipy`") from error
    rows = [_rows(each.known.entry, each.found) for each in looked_up]
    groups = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
    matrix = np.concatenate(rows)
    starts = np.concatenate([[0], np.cumsum([len(each) for each in rows])[:-1]])
    chosen = np.zeros(len(matrix))
    for start, each in zip(starts, looked_up, strict=True):
        if each.right is not None:
            chosen[start + each.right] = 1.0

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        log_odds = matrix @ weights
        top = np.zeros(len(rows))
        np.maximum.at(top, groups, log_odds)
        shares = np.exp(log_odds - top[groups])
        totals = np.exp(-top) + np.bincount(groups, shares, minlength=len(rows))
        likelihood = float(chosen @ log_odds - (np.log(totals) + top).sum())
        slope = matrix.T @ (chosen - shares / totals[groups])
        penalty = PENALTY * len(rows)
        return (
            (-likelihood + penalty * float(weights @ weights)) / len(rows),
            (-slope + 2 * penalty * weights) / len(rows),
        )

    bounds = [_bounds(name) for name in SIGNS]
    start = np.zeros(len(SIGNS))
    result = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 2000})
    return {name: round(float(weight), 4) for name, weight in zip(SIGNS, result.x, strict=True)}


def _bounds(name: str) -> tuple[float | None, float | None]:
    """What agrees never speaks against a match, what differs never for it, however the made records happen to be."""
    if name == "bias" or name.endswith(("_near", "_unknown")):
        return None, None
    is_against = name.endswith("_differs") or name in ("other_numerals", "aside")
    return (None, 0.0) if is_against else (0.0, None)


def _rows(entry: Reference, found: Sequence[FoundWork]) -> Matrix:
    printed = Printed(entry)
    told = [signs(compare(printed, Found(each))) for each in found]
    return np.array([[each[name] for name in SIGNS] for each in told]).reshape(-1, len(SIGNS))


def threshold(weights: dict[str, float], present: Sequence[LookedUp], missing: Sequence[LookedUp]) -> float:
    """The least score from which few claims are wrong, and few entries whose work is missing are claimed."""
    used = IdentityWeights(weights=weights, claimed=0.0)
    scored = []
    for each in present:
        match = likeliest(each.known.entry, each.found, used)
        if match:
            scored.append((match.score, each.known.doi == match.work.DOI))
    false = np.array([match.score for each in missing if (match := likeliest(each.known.entry, each.found, used))])
    for least in np.arange(0.5, 1.0, 0.01):
        claimed = [is_right for score, is_right in scored if score >= least]
        wrong = 1 - sum(claimed) / max(1, len(claimed))
        if wrong <= WRONG_CLAIMS and float((false >= least).sum()) / max(1, len(missing)) <= FALSE_CLAIMS:
            return round(float(least), 2)
    return 0.99
