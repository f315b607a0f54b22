"""The sources that are asked about references, as they are set."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from api.enrichment import crossref, europepmc, openalex, unpaywall
from api.enrichment.asking import Asker, Breaker
from api.enrichment.client import Base, Limits, SourceClient
from api.enrichment.pace import Pace
from api.enrichment.requests import Day
from evqa.settings import Settings

OWN = {
    "crossref": "https://api.crossref.org",
    "europepmc": "https://www.ebi.ac.uk/europepmc/webservices/rest",
    "openalex": "https://api.openalex.org",
    "unpaywall": "https://api.unpaywall.org/v2",
}
RATES = {
    "crossref": crossref.RATES,
    "europepmc": europepmc.RATES,
    "openalex": openalex.RATES,
    "unpaywall": unpaywall.RATES,
}


@dataclass(frozen=True)
class Sources:
    """What is asked of each source. `missing`: sources that can't be asked as things are set, and what to set."""

    crossref: crossref.Crossref
    europepmc: europepmc.EuropePmc
    openalex: openalex.OpenAlex | None
    unpaywall: unpaywall.Unpaywall | None
    bases: Mapping[str, Base]
    missing: Mapping[str, str] = field(default_factory=dict)


def sources_of(settings: Settings, day: str, texts: bool) -> Sources:
    """The sources as they are set. OpenAlex needs a key, Unpaywall an e-mail address; mirrors may need neither."""
    bases = {name: base_of(name, settings) for name in OWN}
    missing: dict[str, str] = {}
    if not (settings.openalex_key or bases["openalex"].is_set):
        missing["openalex"] = "it wants a key: set EVQA_OPENALEX_KEY"
    if texts and not settings.mailto:
        missing["unpaywall"] = "it wants to know who asks: set EVQA_MAILTO"
    when, who = Day(day), settings.mailto
    return Sources(
        crossref=crossref.Crossref(when, who),
        europepmc=europepmc.EuropePmc(when, who),
        openalex=None if "openalex" in missing else openalex.OpenAlex(when, who, settings.openalex_key),
        unpaywall=unpaywall.Unpaywall(when, who) if texts and who else None,
        bases=bases,
        missing=missing,
    )


def base_of(name: str, settings: Settings) -> Base:
    """The base address of a source."""
    given = getattr(settings, name)
    return Base(given or OWN[name], is_set=bool(given))


def askers(
    bases: Mapping[str, Base], pools: Iterable[str], mailto: str, stop: threading.Event, limits: Limits
) -> dict[str, Asker]:
    """One asker a pool; those of one source share its breaker."""
    breakers = {name: Breaker() for name in bases}
    used = frozenset(pools)
    return {
        pool: Asker(SourceClient(bases[name], mailto, limits), Pace(rate, limits.clock), breakers[name], stop.wait)
        for name, rates in RATES.items()
        for pool, rate in rates.items()
        if pool in used
    }


def source_of(pool: str) -> str:
    """The source that a pool belongs to."""
    return next(name for name, rates in RATES.items() if pool in rates)


def hidden(path: str, secrets: Sequence[str]) -> str:
    """An address as it may be printed: without keys."""
    for each in filter(None, secrets):
        path = path.replace(each, "…")
    return path
