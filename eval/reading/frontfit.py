"""Fit the models that elect title, authors, year and DOI of a PDF, and score them on layouts left out.

A document's layout is what its file name has behind the first "-"; files without one are a layout of their own. Each
layout in turn is left out of a fit, so that the scores tell of layouts that the models haven't seen.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from eval.reading.fronttruth import FrontTruth, are_authors, is_alike
from eval.reading.jatstruth import plain_doi
from evqa.errors import UsageError
from evqa.language.words import squeeze
from ingest.pdf.file.extract import opened
from ingest.pdf.front.authors import byline_features, bylines, told_of
from ingest.pdf.front.dois import doi_features, own_dois
from ingest.pdf.front.election import FIELDS
from ingest.pdf.front.opening import Opening, opening_of
from ingest.pdf.front.titles import title_features, title_text, titles
from ingest.pdf.front.years import year_features, years
from ingest.pdf.pieces import laid_out

PENALTY = 1.0
DIGITS = 3
# Log odds below which nothing is elected: a wrong DOI is worse than none, and right ones are far above this.
LEAST = {"title": -30.0, "authors": -2.0, "year": -2.0, "DOI": 1.0}
Matrix: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """The candidates of one document for one field: their features, and which are right."""

    layout: str
    values: Matrix
    right: NDArray[np.bool_]


@dataclass
class Tables:
    """The candidates of all documents, by field."""

    by_field: dict[str, list[Candidates]] = field(default_factory=lambda: {name: [] for name in FIELDS})

    def add(self, path: Path, truth: FrontTruth) -> None:
        """Read a file and add its candidates."""
        opening = opening_at(path)
        layout = path.stem.partition("-")[2]
        for name, values, right in _candidates(opening, truth):
            if values:
                self.by_field[name].append(Candidates(layout, np.array(values), np.array(right, dtype=bool)))


def opening_at(path: Path) -> Opening:
    """The first pages of a PDF."""
    file = opened(path.read_bytes(), path.name)
    layout = laid_out(file.pages, file.known)
    return opening_of(layout.paragraphs, layout.margins, file.known)


def _candidates(opening: Opening, truth: FrontTruth) -> Iterable[tuple[str, list[Any], list[bool]]]:
    places = titles(opening)
    rights = [is_alike(squeeze(title_text(opening, place)), truth.title) for place in places]
    yield "title", [title_features(opening, place) for place in places], rights
    title = next((place for place, is_right in zip(places, rights, strict=True) if is_right), range(0))
    listed = bylines(opening, title)
    told = told_of(listed, title)
    yield (
        "authors",
        [byline_features(opening, one, told) for one in listed],
        [are_authors(one.names, truth.authors) for one in listed],
    )
    end = opening.end_of_front(title.stop)
    dates = years(opening, end)
    yield "year", [year_features(one, dates) for one in dates], [one.value in truth.years for one in dates]
    found = own_dois(opening, end)
    yield "DOI", [doi_features(one, found) for one in found], [plain_doi(one.value) == truth.doi for one in found]


def fitted(tables: Tables, say: Callable[[str], None]) -> dict[str, Any]:
    """The models as `weights.json` holds them, with the scores on layouts left out."""
    told: dict[str, Any] = {}
    for name, names in FIELDS.items():
        documents = [one for one in tables.by_field[name] if one.right.any()]
        bias, weights = _fit(documents)
        score = _left_out(documents)
        say(f"{name}: {score} of {len(documents)} right on layouts left out")
        told[name] = {
            "bias": round(bias, DIGITS),
            "least": LEAST[name],
            "weights": {key: round(float(weight), DIGITS) for key, weight in zip(names, weights, strict=True)},
            "documents": len(documents),
            "right on layouts left out": score,
        }
    return told


def _left_out(documents: Sequence[Candidates]) -> int:
    right = 0
    for layout in sorted({one.layout for one in documents}):
        bias, weights = _fit([one for one in documents if one.layout != layout])
        held = [one for one in documents if one.layout == layout]
        right += sum(bool(one.right[int(np.argmax(one.values @ weights + bias))]) for one in held)
    return right


def _fit(documents: Sequence[Candidates]) -> tuple[float, Matrix]:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise UsageError("", "fitting weights needs scikit-learn", "run `pip install scikit-learn`") from error
    values, right = np.vstack([one.values for one in documents]), np.concatenate([one.right for one in documents])
    model = LogisticRegression(C=PENALTY, max_iter=3000).fit(values, right)
    return float(model.intercept_[0]), np.asarray(model.coef_[0], dtype=np.float64)
