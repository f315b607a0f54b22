"""Elect title, authors, year and DOI of an article among the candidates of its first pages.

Each candidate is weighed by a logistic model, fitted with `python -m eval.front_matter --fit` (`weights.json`). What
print, running heads, citation lines and the file's fields say are features of it; nothing counts unless it is printed.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from evqa.language.words import squeeze
from evqa.model import FrontVote, Name
from ingest.pdf.front.authors import NAMES as OF_AUTHORS
from ingest.pdf.front.authors import Byline, byline_features, bylines, told_of
from ingest.pdf.front.dois import NAMES as OF_DOI
from ingest.pdf.front.dois import Doi, doi_features, own_dois
from ingest.pdf.front.opening import Opening
from ingest.pdf.front.titles import NAMES as OF_TITLE
from ingest.pdf.front.titles import title_features, title_text, titles
from ingest.pdf.front.years import NAMES as OF_YEAR
from ingest.pdf.front.years import Year, year_features, years

FIELDS = {"title": OF_TITLE, "authors": OF_AUTHORS, "year": OF_YEAR, "DOI": OF_DOI}
_FEWEST_LETTERS, _LONGEST = 12, 80
_PRINTED = 0.8
One = TypeVar("One")


@dataclass(frozen=True)
class Elected:
    """What was elected; empty or None where nothing is likely enough. `title`: the paragraphs that print it.

    `votes`: which sources agree with each and which don't.
    """

    title: range = range(0)
    author: tuple[Name, ...] = ()
    year: int | None = None
    doi: str | None = None
    votes: tuple[FrontVote, ...] = ()


@dataclass(frozen=True)
class Model:
    """A logistic model of one field: log odds from features, and the log odds below which nothing is elected."""

    bias: float
    weights: tuple[float, ...]
    least: float

    def odds(self, features: Sequence[float]) -> float:
        """Return the log odds that a candidate is right."""
        return self.bias + sum(weight * value for weight, value in zip(self.weights, features, strict=True))


@cache
def models() -> dict[str, Model]:
    """Return the fitted models of all fields."""
    told: dict[str, Any] = json.loads((files("ingest.pdf.front") / "weights.json").read_text(encoding="utf-8"))
    return {
        field: Model(
            told[field]["bias"], tuple(told[field]["weights"][name] for name in names), told[field]["least"]
        )
        for field, names in FIELDS.items()
    }  # fmt: skip


def elect(opening: Opening) -> Elected:
    """Elect the front matter of a document."""
    title = elected_title(opening)
    end = opening.end_of_front(title.stop)
    listed = bylines(opening, title)
    told = told_of(listed, title)
    names = _best("authors", listed, lambda one: byline_features(opening, one, told))
    dates = years(opening, end)
    year = _best("year", dates, lambda one: year_features(one, dates))
    found = own_dois(opening, end)
    doi = _best("DOI", found, lambda one: doi_features(one, found))
    names = _printed(names, listed, opening) if names else None
    return Elected(
        title,
        names.names if names else (),
        year.value if year else None,
        doi.value if doi else None,
        (
            *_title_votes(opening, title),
            *(_author_votes(names, listed) if names else ()),
            *(_year_votes(year, dates) if year else ()),
            *(_doi_votes(doi, found) if doi else ()),
        ),
    )


def elected_title(opening: Opening) -> range:
    """Return the paragraphs that print the title; an empty range without any."""
    return _best("title", titles(opening), lambda place: title_features(opening, place)) or range(0)


def _best(field: str, candidates: Sequence[One], features: Callable[[One], Sequence[float]]) -> One | None:
    model = models()[field]
    odds = [model.odds(features(one)) for one in candidates]
    best = max(odds, default=model.least)
    return candidates[odds.index(best)] if candidates and best >= model.least else None


def _printed(elected: Byline, listed: Sequence[Byline], opening: Opening) -> Byline | None:
    """Return the fullest form of the elected names; None for names of the fields that aren't printed."""
    same = [one for one in listed if _are_same(one, elected)]
    fullest = max(same, key=lambda one: sum(len(name.given or "") + len(name.family or "") for name in one.names))
    printed = "".join(opening.letters)
    shares = [sum(family in printed for family in one.families) / len(one.families) for one in same]
    return fullest if any(one.kind != "fields" for one in same) or max(shares) >= _PRINTED else None


def _are_same(one: Byline, elected: Byline) -> bool:
    """Tell whether two lists name the same people; fields often leave out what stands before a family name."""
    if len(one.families) != len(elected.families):
        return False
    pairs = zip(one.families, elected.families, strict=True)
    return all(a == b or (elected.kind == "fields" and a.endswith(b)) for a, b in pairs)


def _title_votes(opening: Opening, title: range) -> list[FrontVote]:
    if not title:
        return []
    letters, told = squeeze(title_text(opening, title)), opening.known.metadata.title
    agreed, against = ["first page"], []
    if told and squeeze(told) == letters:
        agreed.append("fields")
    elif told:
        against.append(f"fields: {told[:_LONGEST]}")
    if any(letters in one for i, one in enumerate(opening.letters) if i not in title):
        agreed.append("printed again")
    if any(len(head) >= _FEWEST_LETTERS and letters.startswith(head) for head in opening.heads):
        agreed.append("running heads")
    return [FrontVote(field="title", agreed=tuple(agreed), against=tuple(against))]


def _author_votes(elected: Byline, listed: Sequence[Byline]) -> list[FrontVote]:
    agreed, against = list[str](), list[str]()
    kinds = {"fields": "fields", "citation": "citation line", "paragraphs": "first page", "grid": "first page"}
    for one in listed:
        if _are_same(one, elected):
            agreed.append(kinds[one.kind])
        elif one.kind in ("fields", "citation") and not one.read.is_cut:
            told = "; ".join(name.family or "" for name in one.names)
            against.append(f"{kinds[one.kind]}: {told[:_LONGEST]}")
    return [FrontVote(field="authors", agreed=tuple(dict.fromkeys(agreed)), against=tuple(dict.fromkeys(against)))]


_YEARS = {
    "published": "date of publication", "copyright": "copyright", "cited": "citation line", "margin": "running heads",
    "volume behind": "volume", "fields": "fields", "accepted": "date of acceptance",
}  # fmt: skip


def _year_votes(elected: Year, others: Sequence[Year]) -> list[FrontVote]:
    agreed = tuple(told for sign, told in _YEARS.items() if sign in elected.signs)
    sure = {"published", "copyright", "fields"}
    against = tuple(
        f"{_YEARS[sign]}: {one.value}"
        for one in others
        for sign in _YEARS
        if sign in sure & one.signs and one is not elected and one.signs & {"title page", "margin", "fields"}
    )
    return [FrontVote(field="year", agreed=agreed or ("first page",), against=against)]


def _doi_votes(elected: Doi, others: Sequence[Doi]) -> list[FrontVote]:
    named = {"title page": "first page", "first page": "first page", "margin": "running heads", "fields": "fields"}
    agreed = tuple(dict.fromkeys(told for sign, told in named.items() if sign in elected.signs))
    against = tuple(f"fields: {one.value}" for one in others if one is not elected and "fields" in one.signs)
    return [FrontVote(field="DOI", agreed=agreed or ("print",), against=against)]
