"""Requests of all sources carried out against the world: what is stored, and what goes wrong where."""

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from api.enrichment.requests import Request, Wanted
from api.enrichment.running import Done, Run
from api.enrichment.sources import Sources, hidden, source_of, sources_of
from api.enrichment.wanted import (
    Due,
    doi_requests,
    first_requests,
    resolved,
    text_requests,
    unknown,
    wanted_of,
)
from evqa.model import Date, Name, Reference
from evqa.settings import settings_from
from index.store.lookups import LookUps, standings, status_of
from index.store.store import created
from tests.api.enrichment.asking import Clock, askers
from tests.api.enrichment.world import Paper, World, cut, html, jats, moved, sending, serving, status

TODAY = date(2026, 11, 30)
BY = ("retraction", "10.1000/n", "2021-03-04", "by")
TO = ("retraction", "10.1000/m", "2021-03-04", "to")
PAPERS = [
    *(Paper(f"10.1000/{n}", f"Mosses of the garden wall, part {n}") for n in range(60)),
    Paper("10.1000/by", "Vesicles carry the proteins of moss over stone walls", notices=(BY,)),
    Paper("10.1000/to", "Retracted by the notice alone", notices=(TO,)),
    Paper("10.1000/pub", "Retracted in MEDLINE", notices=(("Retraction", "", "", "pubmed"),)),
    Paper("10.1000/flag", "Retracted in OpenAlex", notices=(("", "", "", "flag"),)),
    Paper("10.1000/a,b", "A comma in its DOI"),
    Paper("10.1000/elsewhere", "Known to others alone", unknown_to=frozenset({"crossref"})),
    Paper("10.1000/bare", "Slugs eat the leaves of garden lettuce at night", abstract="They do."),
]


def reference(number: int, paper: Paper, has_doi: bool = True) -> Reference:
    """An entry that prints a work."""
    author = tuple(Name(family=family, given=given) for family, given in paper.authors)
    printed = f"{paper.authors[0][0]} J. {paper.title}. {paper.journal} {paper.year}."
    issued = Date(date_parts=((paper.year,),))
    doi = paper.doi if has_doi else None
    return Reference(
        number=number, title=paper.title, author=author, container_title=paper.journal, issued=issued,
        volume=paper.volume, page=paper.page, DOI=doi, raw=printed,
    )  # fmt: skip


ENTRIES = [reference(n, paper, paper.doi != "10.1000/bare") for n, paper in enumerate(PAPERS, 1)]


@pytest.fixture
def world() -> Iterator[World]:
    """The world of these works."""
    with serving(PAPERS) as world:
        yield world


@pytest.fixture
def lookups(tmp_path: Path) -> Iterator[LookUps]:
    """Look-ups of blank records."""
    with closing(created(tmp_path / "corpus.sqlite")) as store:
        yield LookUps(store)


class Asked:
    """The three steps of a run over a world."""

    def __init__(self, world: World, lookups: LookUps, texts: bool = False, today: date = TODAY) -> None:
        self.clock = Clock()
        self.failed: dict[str, str] = {}
        self.lookups = lookups
        self.sources: Sources = sources_of(settings_from(world.settings()), today.isoformat(), texts)
        self.run = Run(askers(world.address, self.clock), threading.Event(), lookups.put, self._told)
        self.today = today

    def _told(self, done: Done) -> None:
        if done.reason:
            self.failed[done.request.source] = done.reason
            self.lookups.note_failed(done.request.source, done.request.keys, self.today.isoformat())

    def everything(self, entries: Sequence[Reference] = ENTRIES) -> "Asked":
        """Ask what is due."""
        wanted = wanted_of(entries)
        self.step(lambda due: first_requests(wanted, self.sources, due))
        self.step(lambda due: doi_requests(resolved(wanted, self.lookups), self.sources, due))
        lost = unknown(wanted, self.lookups)
        self.step(lambda due: first_requests(lost, self.sources, due))
        self.step(lambda due: doi_requests(resolved(lost, self.lookups), self.sources, due))
        self.step(lambda due: text_requests(wanted, self.sources, due, self.lookups))
        return self

    def step(self, requests: Callable[[Due], Iterator[Request]]) -> None:
        """Ask one step."""
        self.run.carry_out(list(requests(Due(self.today, self.lookups.dates()))))


def test_every_source_is_asked_once(world: World, lookups: LookUps) -> None:
    """Works are asked for in lists, a DOI with a comma and what a list lacks singly, and a second run asks nothing."""
    Asked(world, lookups).everything()
    lists = [path for source, path in world.log if "filter=doi%3A" in path and source == "crossref"]
    assert len(lists) == 2
    assert world.answered["crossref", "10.1000/a,b"] == 1
    assert set(world.answered.values()) == {1}
    before = len(world.log)
    assert not Asked(world, lookups).everything().failed
    assert len(world.log) == before


def test_no_retraction_is_missed(world: World, lookups: LookUps, tmp_path: Path) -> None:
    """A retraction is found wherever it is told: on the work, on the notice, in MEDLINE, by OpenAlex's flag."""
    Asked(world, lookups).everything()
    known = standings(lookups._store)
    told = {key for key, status in known.items() if status.notices}
    assert told == {"10.1000/by", "10.1000/to", "10.1000/pub", "10.1000/flag"}
    assert known["10.1000/0"].sources == ("crossref", "europepmc", "openalex")
    assert known["10.1000/elsewhere"].sources == ("europepmc", "openalex")


def test_an_entry_without_doi_is_found(world: World, lookups: LookUps) -> None:
    """It is looked for by what is printed, and the work that it is found to be is asked for by DOI."""
    Asked(world, lookups).everything()
    assert ("crossref", "10.1000/bare") in world.answered
    unknown = Reference(number=99, raw="Nobody N. Nothing of the kind was ever printed. J Void 1999.", title="Nothing")
    Asked(world, lookups).everything([unknown])
    (key,) = [each.key for each in wanted_of([unknown])]
    assert {each.outcome for each in lookups.of(key)} == {"none"}


def test_a_misprinted_doi_hides_no_retraction(world: World, lookups: LookUps) -> None:
    """A work whose printed DOI nobody knows is found by what else is printed, with its status."""
    misprinted = ENTRIES[60].model_copy(update={"DOI": "10.1000/misprinted"})
    Asked(world, lookups).everything([misprinted])
    status = status_of(misprinted, standings(lookups._store))
    assert status is not None
    assert status.notices[0].type == "retraction"


@pytest.mark.parametrize("source", ["crossref", "europepmc", "openalex"])
def test_a_source_that_is_down_keeps_nothing_from_the_others(world: World, lookups: LookUps, source: str) -> None:
    """Its works stay due, the others answer, and the next run asks what is left."""
    world.wrong(source, *[status(503)] * 200)
    asked = Asked(world, lookups).everything(ENTRIES[:50])
    assert {name.removesuffix("-updates") for name in asked.failed} == {source}
    others = {"crossref", "europepmc", "openalex"} - {source}
    assert others <= {each.source for each in lookups.of("10.1000/0") if each.outcome == "found"}
    world.faults[source].clear()
    assert not Asked(world, lookups).everything(ENTRIES[:50]).failed
    assert {each.outcome for each in lookups.of("10.1000/0")} == {"found"}


def test_a_list_that_cannot_be_read_is_asked_in_halves(world: World, lookups: LookUps) -> None:
    """One bad DOI keeps no other from being looked up."""
    world.wrong("crossref", *[status(400)] * 2)
    assert not Asked(world, lookups).everything(ENTRIES[:50]).failed
    assert all(world.answered["crossref", f"10.1000/{n}"] == 1 for n in range(50))


def test_texts_are_asked_for_under_a_free_licence_alone(lookups: LookUps) -> None:
    """A text is fetched where a source tells a licence that allows to keep it."""
    free = Paper("10.1000/free", "Free", license="cc by", pmcid="PMC1")
    paid = Paper("10.1000/paid", "Paid", license="publisher-specific", pmcid="PMC2")
    papers = [Paper(**{**vars(each), "text": jats(each, "We counted stones.")}) for each in (free, paid)]
    with serving(papers) as world:
        Asked(world, lookups, texts=True).everything([reference(n, each) for n, each in enumerate(papers, 1)])
        assert [path for _, path in world.log if "fullTextXML" in path] == ["/europepmc/PMC1/fullTextXML"]
    assert b"We counted stones." in lookups.reply("europepmc-text", "10.1000/free")


def test_old_answers_are_asked_for_again(world: World, lookups: LookUps) -> None:
    """After 90 days a look-up is due once more, and the newer day stands."""
    Asked(world, lookups).everything(ENTRIES[:1])
    later = date(2027, 6, 1)
    Asked(world, lookups, today=later).everything(ENTRIES[:1])
    assert {each.date for each in lookups.of("10.1000/0")} == {later.isoformat()}


MALFORMED = (
    b"", b"{", b"null", b"[]", b'{"message": 1}', b'{"message": {"items": [1, null, {"DOI": 5}]}}', b"\x00\xff",
    b'{"resultList": {"result": [{"doi": [], "title": {}}]}}', b'{"results": [{"doi": "10.1000/0", "ids": 7}]}',
    b'{"message": {"items": [{"DOI": "10.1000/0", "title": [["x"]], "updated-by": [{"type": {}}]}]}}',
    b'{"doi": "10.1000/0", "best_oa_location": [], "z_authors": "x"}', b"[" * 100_000, b'{"a":' * 5000, b"9" * 5000,
    b'{"message": {"DOI": "10.1000/\\ud800", "title": ["\\ud800"]}}', b'{"resultList": {"result": {}}}',
)  # fmt: skip


def test_malformed_replies_are_no_internal_errors(world: World, lookups: LookUps) -> None:
    """Whatever 300 requests are answered with, the run ends, and says of each source what was wrong in plain words."""
    chance = random.Random(1)
    faults = [sending(each) for each in MALFORMED] + [html(), cut(), moved("http://a.example/"), status(418)]
    for number in range(20):
        for source in ("crossref", "europepmc", "openalex", "unpaywall"):
            world.faults[source].clear()
            world.wrong(source, *chance.choices(faults, k=30))
        first = chance.randrange(60)
        entries = [reference(number + 1, each) for each in PAPERS[first : first + 3]]
        asked = Asked(world, lookups, texts=True).everything(entries)
        assert not [each for each in asked.failed.values() if "internal" in each or "\n" in each]
    assert not list(lookups.damage())


def test_an_interruption_keeps_what_was_answered(world: World, lookups: LookUps) -> None:
    """Ctrl-C ends a run; what was answered is stored, and the next run asks only the rest."""
    asked = Asked(world, lookups)
    seen: list[Done] = []

    def told(done: Done) -> None:
        seen.append(done)
        if len(seen) == 3:
            raise KeyboardInterrupt

    asked.run.told = told
    with pytest.raises(KeyboardInterrupt):
        asked.everything()
    Asked(world, lookups).everything()
    assert set(world.answered.values()) == {1}


def test_keys_are_never_printed() -> None:
    """What an address would tell of who asks is left out where it is printed."""
    assert hidden("works?api_key=k-1&mailto=a", ("k-1", "")) == "works?api_key=…&mailto=a"
    assert source_of("crossref-lists") == "crossref"


def test_sources_without_what_they_want_are_named() -> None:
    """OpenAlex isn't asked without a key, Unpaywall not without an address, and both are said."""
    sources = sources_of(settings_from({}), "2026-11-30", texts=True)
    assert sources.openalex is None
    assert sources.unpaywall is None
    assert set(sources.missing) == {"openalex", "unpaywall"}
    assert not sources_of(settings_from({"EVQA_OPENALEX_KEY": "k"}), "2026-11-30", texts=False).missing


def test_each_work_is_wanted_once() -> None:
    """Two reviews that cite one work look it up together."""
    wanted = wanted_of([ENTRIES[0], ENTRIES[0].model_copy(update={"number": 7, "document": "d-2"}), ENTRIES[1]])
    assert wanted == [Wanted("10.1000/0", ENTRIES[0]), Wanted("10.1000/1", ENTRIES[1])]
