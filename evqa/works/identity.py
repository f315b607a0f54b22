"""Tell which of the works that sources found is the one that a printed entry names, and how sure that is.

Each work has log-odds by a logistic model of how its fields compare; "none of them" has log-odds 0. The score is the
probability that follows: two works that both look right share it (a conditional logit with an outside option: McFadden,
Conditional logit analysis of qualitative choice behavior, 1974). Weights and threshold lie in `identity.json` with
the figures on articles left out of the fit; `python -m eval.identity --fit` fits them anew.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import ConfigDict, Field

from evqa.model import Record, Reference
from evqa.works.comparing import Comparison, Found, Printed, compare
from evqa.works.records import FoundWork
from evqa.works.same_work import compared

FIELDS = ("author", "year", "journal", "volume", "page")
# Titles of so many letters tell as much as a title can.
LONG = 80
# Below this likeness titles have nothing in common.
UNLIKE = 0.5
SIGNS = (
    "bias",
    "title_same",
    "title_cut",
    "title_length",
    "title_likeness",
    "title_unknown",
    "other_numerals",
    "aside",
    "authors",
    "doi_same",
    "doi_differs",
    *(f"{field}_{state}" for field in FIELDS for state in ("same", "near", "differs")),
)


class IdentityWeights(Record):
    """Weight of each sign, in log-odds, and the score from which a match is claimed."""

    model_config = ConfigDict(extra="ignore")

    weights: Mapping[str, float]
    claimed: float = Field(ge=0, le=1)


class Match(Record):
    """The work that an entry names: `score` is the probability that it is this one, `by` what tells so."""

    work: FoundWork
    score: float = Field(ge=0, le=1)
    by: Literal["doi", "fields"]


@cache
def shipped() -> IdentityWeights:
    """The weights that come with evqa."""
    return IdentityWeights.model_validate_json((files("evqa.works") / "identity.json").read_bytes())


def best_match(entry: Reference, found: Sequence[FoundWork], weights: IdentityWeights | None = None) -> Match | None:
    """The found work that the entry names; None if none is likely enough. Several records may be of one work."""
    match = likeliest(entry, found, weights)
    return match if match and match.score >= (weights or shipped()).claimed else None


def likeliest(entry: Reference, found: Sequence[FoundWork], weights: IdentityWeights | None = None) -> Match | None:
    """The likeliest of the found works, however unlikely; None if nothing was found."""
    if not found:
        return None
    used = weights or shipped()
    printed = Printed(entry)
    folded = [Found(each) for each in found]
    comparisons = [compare(printed, each) for each in folded]
    log_odds = [math.fsum(used.weights[name] * value for name, value in signs(each).items()) for each in comparisons]
    best: dict[int, int] = {}
    for place, group in enumerate(one_work(folded)):
        if group not in best or log_odds[place] > log_odds[best[group]]:
            best[group] = place
    first = max(best.values(), key=lambda place: log_odds[place])
    top = max(0.0, log_odds[first])
    total = math.exp(-top) + math.fsum(math.exp(log_odds[place] - top) for place in best.values())
    return Match(
        work=found[first],
        score=round(math.exp(log_odds[first] - top) / total, 4),
        by="doi" if comparisons[first].doi == "same" else "fields",
    )


def signs(comparison: Comparison) -> dict[str, float]:
    """What the model weighs, by name: 0 where a field is unknown."""
    is_same, is_cut = comparison.title == "same", comparison.title == "cut"
    likeness = 0.0 if is_same or is_cut else max(0.0, (comparison.likeness - UNLIKE) / (1 - UNLIKE))
    told = {
        "bias": 1.0,
        "title_same": float(is_same),
        "title_cut": float(is_cut),
        "title_length": min(1.0, comparison.letters / LONG) if is_same else 0.0,
        "title_likeness": likeness,
        "title_unknown": float(comparison.title == "unknown"),
        "other_numerals": float(comparison.has_other_numerals),
        "aside": float(comparison.is_aside),
        "authors": 0.0 if comparison.shared is None else 2 * comparison.shared - 1,
        "doi_same": float(comparison.doi == "same"),
        "doi_differs": float(comparison.doi == "differs"),
    }
    for field in FIELDS:
        state = getattr(comparison, field)
        told |= {f"{field}_{each}": float(state == each) for each in ("same", "near", "differs")}
    return told


def one_work(found: Sequence[Found]) -> list[int]:
    """For each record the place of the first that is of the same work: several sources may know one work."""
    groups: list[int] = []
    for place, each in enumerate(found):
        same = (groups[first] for first in range(place) if _is_one(each, found[first]))
        groups.append(next(same, place))
    return groups


def _is_one(one: Found, other: Found) -> bool:
    """By identifiers; records of two sources of which not both have a DOI also by title, year and author."""
    if one.work.doi and other.work.doi:
        return one.work.doi == other.work.doi
    if one.record.PMID and one.record.PMID == other.record.PMID:
        return True
    return one.record.source != other.record.source and compared(one.work, other.work).is_same
