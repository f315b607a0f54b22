"""The real sources, asked about a few works that everybody knows. Run by `pytest -m network`."""

import os
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from api.enrichment.client import Limits
from api.enrichment.requests import Wanted
from api.enrichment.running import Done, Run
from api.enrichment.sources import RATES, askers, sources_of
from api.enrichment.wanted import Due, doi_requests, first_requests
from evqa.model import Reference
from evqa.settings import Settings
from evqa.works.standing import is_retracted
from index.store.lookups import LookUps, standings
from index.store.store import created

# Retracted in 2010.
GONE = "10.1016/s0140-6736(97)11096-0"
STANDING = "10.1038/171737a0"
BARE = Reference(
    number=1,
    title="Molecular structure of nucleic acids: a structure for deoxyribose nucleic acid",
    raw="Watson JD, Crick FH. Molecular structure of nucleic acids: a structure for deoxyribose nucleic acid. Nature "
    "1953;171:737.",
)


@pytest.mark.network
def test_the_real_sources_answer(tmp_path: Path) -> None:
    """A retraction is found, a work that stands has none, and nothing fails; an entry without DOI is found."""
    settings = Settings(mailto=os.environ.get("MAILTO", ""), openalex_key=os.environ.get("OPENALEX_KEY", ""))
    day = date.today()
    sources = sources_of(settings, day.isoformat(), texts=False)
    stop = threading.Event()
    pools = askers(sources.bases, [pool for rates in RATES.values() for pool in rates], settings.mailto, stop, Limits())
    failed: list[Done] = []
    wanted = [Wanted(doi, Reference(number=1, raw=doi, DOI=doi)) for doi in (GONE, STANDING)]
    with closing(created(tmp_path / "corpus.sqlite")) as store:
        lookups = LookUps(store)
        run = Run(pools, stop, lookups.put, lambda done: failed.append(done) if done.reason else None)
        run.carry_out(first_requests([Wanted("entry:x", BARE)], sources, Due(day)))
        run.carry_out(doi_requests(wanted, sources, Due(day)))
        known = standings(store)
        assert not failed
        assert is_retracted(known[GONE])
        assert not is_retracted(known[STANDING])
        assert {each.outcome for each in lookups.of("entry:x")} <= {"found", "none"}
