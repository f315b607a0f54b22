"""The fitted parameters: weights of the ranking, the model of confidence, and that of a judge's relevances.

They lie in `ranking.json`, `confidence.json` and `judging.json` with the scores that they had on documents left out of
the fit, and the commands that fit them anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from pydantic import ConfigDict, Field

from evqa.model import Record


class RankingWeights(Record):
    """Bonuses, costs and margins in units of relevance (0 to 1).

    `entry`: of a bibliography entry where none is asked for; `listed_entry`: where entries are. `margin`: within this
    of the best a passage answers, too; `source_margin`: where sources are asked for; `list_margin`: of a list.
    `length_cost`: what a passage loses for each doubling of its length, as more words find a counterpart by chance.
    `saturation`: from this cosine on a word is there, and further likeness counts little.
    """

    model_config = ConfigDict(extra="ignore")

    entry: float
    listed_entry: float
    margin: float = Field(ge=0)
    source_margin: float = Field(ge=0)
    list_margin: float = Field(ge=0)
    length_cost: float = Field(ge=0)
    saturation: float = Field(gt=0, le=1)


class WordBounds(Record):
    """Bounds of cosine and weight by which `evqa.refusal.confidence` judges the words of a question.

    `near`: counterparts begin here. `away`: below it a word isn't there. `missing`: below it a word begins to be
    missed. `rare`: weights of words that few passages come close to, and that next to none does. `specific`: weight
    from which a word is missed in full.
    """

    model_config = ConfigDict(extra="ignore")

    near: float
    away: float
    missing: float
    rare: tuple[float, float]
    specific: float = Field(gt=0)


class ConfidenceModel(Record):
    """A logistic model: `bias`, one of the `weights` for each feature, and the confidence below which to refuse."""

    model_config = ConfigDict(extra="ignore")

    bias: float
    weights: dict[str, float]
    threshold: float
    doubt: WordBounds


class JudgingModel(Record):
    """What turns a local judge's relevances into an answer and its confidence.

    `margin`, `source_margin`, `list_margin`: as those of the ranking, in units of relevance. `bias`, `weights`: a
    logistic model of `evqa.refusal.relevance.NAMES`; `threshold`: the confidence below which to refuse.
    """

    model_config = ConfigDict(extra="ignore")

    margin: float = Field(ge=0)
    source_margin: float = Field(ge=0)
    list_margin: float = Field(ge=0)
    bias: float
    weights: dict[str, float]
    threshold: float


class Fitted(Record):
    """All fitted parameters."""

    ranking: RankingWeights
    confidence: ConfidenceModel
    judging: JudgingModel


@cache
def shipped() -> Fitted:
    """The parameters that come with evqa."""
    folder = files("evqa")
    return Fitted(
        ranking=RankingWeights.model_validate_json((folder / "ranking.json").read_bytes()),
        confidence=ConfidenceModel.model_validate_json((folder / "confidence.json").read_bytes()),
        judging=JudgingModel.model_validate_json((folder / "judging.json").read_bytes()),
    )


_used: ContextVar[Fitted | None] = ContextVar("fitted", default=None)
# Those of the corpus that is being asked.
_own: ContextVar[Fitted | None] = ContextVar("own", default=None)


def fitted() -> Fitted:
    """The parameters in use: those that `using` set, else those of the corpus being asked, else `shipped`."""
    return _used.get() or _own.get() or shipped()


@contextmanager
def fitted_for(own: Fitted | None) -> Iterator[None]:
    """Use a corpus's own parameters within the block, unless `using` sets others."""
    token = _own.set(own)
    try:
        yield
    finally:
        _own.reset(token)


@contextmanager
def using(other: Fitted) -> Iterator[None]:
    """Use other parameters within the block, as fitting them requires."""
    token = _used.set(other)
    try:
        yield
    finally:
        _used.reset(token)
