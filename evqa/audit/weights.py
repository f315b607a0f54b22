"""The weights of an audit, fitted on articles with seeded faults.

The weights lie in `weights.json` with the scores that they had on articles left out of the fit; `python -m eval.audit
--fit` fits them anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from pydantic import ConfigDict, Field

from evqa.model import Record


class SupportWeights(Record):
    """A logistic model of whether a statement cites an entry, by signs of `evqa.audit.support`, in that order."""

    model_config = ConfigDict(extra="ignore")

    bias: float
    words: float
    context: float
    pooled: float
    terms: float
    named: float
    elsewhere: float


class PairWeights(Record):
    """A logistic model of whether a printed number is right, by signs of `evqa.audit.pair_signs`.

    `in_order` isn't fitted: an author who chose a wrong source keeps the order, and seeded faults don't show how often.
    """

    model_config = ConfigDict(extra="ignore")

    bias: float
    support: float
    rivals: float
    neighbours: float
    authors: float
    early: float
    astray: float
    gap: float
    in_order: float = Field(ge=0)


class VerdictBounds(Record):
    """Log-odds below which a citation is suspect, and support from which it fits.

    `rival`, `lead`: the support of another entry, and its lead on the one cited, from which it alone makes a citation
    suspect, and `slope` how fast it does so before. `broad`: see `evqa.audit.likeness`.
    """

    model_config = ConfigDict(extra="ignore")

    suspect: float
    fits: float
    rival: float
    lead: float
    slope: float = Field(gt=0)
    broad: float


class ShiftWeights(Record):
    """Costs and gains, in log-odds, by which shifts are found: see `evqa.audit.shifts`.

    `damping` of what support says, as neighbours in a text say the same; `turn`, `again`, `jump`: of a number whose
    turn it is, of one cited before, of one that leaves others out; `opening`, `stepping`, `closing`: costs of a run's
    begin, of another offset in it, of its end; `least`: gain from which a run is told; `whole`: from which it is told
    of a table all of whose rows are off by the same.
    """

    model_config = ConfigDict(extra="ignore")

    damping: float
    turn: float
    again: float
    jump: float
    opening: float
    stepping: float
    closing: float
    least: float
    whole: float


class RunWeights(Record):
    """A logistic model of whether a run's numbers are wrong, not their reading, by signs of `evqa.audit.grounds`.

    `told`: the confidence from which a run is told.
    """

    model_config = ConfigDict(extra="ignore")

    bias: float
    gain: float
    order: float
    list: float
    elsewhere: float
    beside: float
    broken: float
    loose: float
    tagged: float
    told: float = Field(ge=0, le=1)


class AuditWeights(Record):
    """All weights of an audit."""

    model_config = ConfigDict(extra="ignore")

    support: SupportWeights
    pair: PairWeights
    verdict: VerdictBounds
    shift: ShiftWeights
    run: RunWeights


@cache
def shipped() -> AuditWeights:
    """The weights that come with evqa."""
    return AuditWeights.model_validate_json((files("evqa.audit") / "weights.json").read_bytes())


_used: ContextVar[AuditWeights | None] = ContextVar("audit_weights", default=None)


def audit_weights() -> AuditWeights:
    """The weights in use: those of `shipped`, unless `auditing_with` set others."""
    return _used.get() or shipped()


@contextmanager
def auditing_with(other: AuditWeights) -> Iterator[None]:
    """Use other weights within the block, as fitting them requires."""
    token = _used.set(other)
    try:
        yield
    finally:
        _used.reset(token)
