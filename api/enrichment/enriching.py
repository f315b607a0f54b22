"""Look the references of a corpus up, keep what is answered, and make it part of the corpus."""

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from api.enrichment.client import Limits
from api.enrichment.files import LibraryFile, answers_of, files_in
from api.enrichment.papers import Papers, store_papers
from api.enrichment.requests import Request, Wanted
from api.enrichment.running import Done, Run
from api.enrichment.sources import RATES, Sources, askers, hidden, sources_of
from api.enrichment.wanted import Due, doi_requests, first_requests, resolved, text_requests, unknown, wanted_of
from evqa.errors import InputError
from evqa.model import Outline, Record, Reference
from evqa.settings import Settings
from index.corpora import model_of
from index.corpus import open_corpus
from index.disk.folder import RECORDS, existing_folder, home_folder
from index.store.lookups import Answered, LookUps
from index.store.store import opened
from index.writer import CorpusWriter, Stage, writing


class Watch(Protocol):
    """Follows a run."""

    def begin(self, works: int) -> None:
        """Called first, with the number of look-ups that are known to be due."""

    def extend(self, works: int) -> None:
        """Called when more turn out to be due."""

    def done(self, source: str, works: int) -> None:
        """Called after each request, with the number of works that it answered for."""


@dataclass(frozen=True)
class Order:
    """What to look up: the corpus, and what becomes of it. `folder`: files to take it from, in place of sources."""

    corpus: str
    settings: Settings
    abstracts: bool = False
    texts: bool = False
    folder: Path | None = None
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    limits: Limits = field(default_factory=Limits)

    @property
    def home(self) -> Path:
        """Where corpora live."""
        return home_folder(self.settings)


class SourceReport(Record):
    """What became of a source: works answered in this run, and why others weren't, "" if all were."""

    source: str
    answered: int = 0
    failed: str = ""


class EnrichReport(Record):
    """What a run brought: works that the corpus names, by source what was answered, and documents stored new."""

    corpus: str
    works: int
    sources: tuple[SourceReport, ...] = ()
    abstracts: int = 0
    texts: int = 0
    files: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """The sources that couldn't be asked, or not for all."""
        return tuple(each for each in self.sources if each.failed)


class PlannedRequests(Record):
    """What a source would be asked: about how many works, by which addresses, without keys."""

    source: str
    works: int
    addresses: tuple[str, ...]


def references_of(order: Order) -> tuple[tuple[Outline, ...], tuple[Reference, ...]]:
    """The documents of the corpus, and all that their bibliographies name.

    Raises CorpusError if there is no such corpus.
    """
    with closing(open_corpus(order.home, order.corpus)) as corpus:
        return tuple(corpus.outlines()), tuple(corpus.references())


def planned(order: Order) -> tuple[PlannedRequests, ...]:
    """What a run would ask first, without asking. What follows from the answers isn't known yet."""
    _, references = references_of(order)
    sources = sources_of(order.settings, order.today.isoformat(), order.texts)
    with closing(opened(existing_folder(order.home, order.corpus) / RECORDS)) as store:
        lookups = LookUps(store)
        wanted = wanted_of(references)
        due = Due(order.today, lookups.dates())
        requests = [
            *first_requests(wanted, sources, due),
            *doi_requests(resolved(wanted, lookups), sources, due),
            *(text_requests(wanted, sources, due, lookups) if order.texts else ()),
        ]
    names = dict.fromkeys(each.source for each in requests)
    return tuple(_planned(name, [each for each in requests if each.source == name], sources, order) for name in names)


def _planned(source: str, requests: Sequence[Request], sources: Sources, order: Order) -> PlannedRequests:
    secrets = (order.settings.openalex_key, order.settings.mailto, order.settings.mailto.replace("@", "%40"))
    bases = {pool: sources.bases[name].address for name, pools in RATES.items() for pool in pools}
    addresses = tuple(hidden(f"{bases[each.pool].rstrip('/')}/{each.path}", secrets) for each in requests)
    return PlannedRequests(source=source, works=sum(len(each.keys) for each in requests), addresses=addresses)


def enrich(order: Order, watch: Watch, stage: Stage = lambda *_: None) -> EnrichReport:
    """Look up what is due, store the answers as they come, and publish the corpus.

    An interrupted run resumes: nothing that was answered is asked again. A source that is down leaves its works
    unanswered, as the report says. Raises CorpusError if there is no such corpus, BusyError if it is being written,
    InputError if the folder holds no file that can be used.
    """
    outlines, references = references_of(order)
    wanted = wanted_of(references)
    files = files_in(order.folder, order.today) if order.folder else ()
    with writing(order.home, order.corpus, model_of(order.home, order.corpus)) as writer:
        writer.stage = stage
        sources = _take(files, wanted, writer, watch) if order.folder else _Asking(order, wanted, writer, watch).all()
        papers = _papers(order, references, outlines, writer)
    return EnrichReport(
        corpus=order.corpus,
        works=len(wanted),
        sources=sources,
        abstracts=papers.abstracts,
        texts=papers.texts,
        files=tuple(each.path.name for each in files),
    )


def _papers(order: Order, references: Sequence[Reference], outlines: Sequence[Outline], writer: CorpusWriter) -> Papers:
    if not (order.abstracts or order.texts):
        return Papers()
    return store_papers(references, outlines, writer, order.abstracts, order.texts)


def _take(
    files: Sequence[LibraryFile], wanted: Sequence[Wanted], writer: CorpusWriter, watch: Watch
) -> tuple[SourceReport, ...]:
    """Answers from files in place of sources."""
    found: dict[str, int] = {}
    watch.begin(len(files))
    unread: list[SourceReport] = []
    for file in files:
        try:
            answers = answers_of(file, wanted, writer.lookups)
        except InputError as error:
            unread.append(SourceReport(source=file.path.name, failed=error.facts.about("").line()))
            answers = []
        _put_better(answers, writer.lookups)
        for each in answers:
            found[each.lookup.source] = found.get(each.lookup.source, 0) + 1
        watch.done(file.path.name, 1)
    return (*(SourceReport(source=source, answered=count) for source, count in found.items()), *unread)


def _put_better(answers: Sequence[Answered], lookups: LookUps) -> None:
    """Store answers that are newer than what is known; a file that lacks a work says nothing against a reply."""
    known = lookups.dates()
    fresh = [each for each in answers if known.get((each.lookup.source, each.lookup.key), "") <= each.lookup.date]
    if fresh:
        lookups.put(fresh)


class _Asking:
    """A run that asks the sources."""

    def __init__(self, order: Order, wanted: Sequence[Wanted], writer: CorpusWriter, watch: Watch) -> None:
        self._order = order
        self._wanted = wanted
        self._lookups = writer.lookups
        self._watch = watch
        self._sources = sources_of(order.settings, order.today.isoformat(), order.texts)
        self._answered: dict[str, int] = {}
        self._failed: dict[str, str] = dict(self._sources.missing)
        stop = threading.Event()
        pools = [pool for rates in RATES.values() for pool in rates]
        made = askers(self._sources.bases, pools, order.settings.mailto, stop, order.limits)
        self._run = Run(made, stop, self._lookups.put, self._told)
        self._has_begun = False

    def all(self) -> tuple[SourceReport, ...]:
        """Ask step by step: who entries without a DOI are, what is known by DOI, who those are whose DOI nobody knows,
        and open texts."""
        self._carry_out(lambda due: first_requests(self._wanted, self._sources, due))
        self._carry_out(lambda due: doi_requests(resolved(self._wanted, self._lookups), self._sources, due))
        if lost := unknown(self._wanted, self._lookups):
            self._carry_out(lambda due: first_requests(lost, self._sources, due))
            self._carry_out(lambda due: doi_requests(resolved(lost, self._lookups), self._sources, due))
        if self._order.texts:
            self._carry_out(lambda due: text_requests(self._wanted, self._sources, due, self._lookups))
        names = dict.fromkeys((*self._answered, *self._failed))
        return tuple(
            SourceReport(source=name, answered=self._answered.get(name, 0), failed=self._failed.get(name, ""))
            for name in names
        )

    def _carry_out(self, requests: Callable[[Due], Iterable[Request]]) -> None:
        chosen = list(requests(Due(self._order.today, self._lookups.dates())))
        works = sum(len(each.keys) for each in chosen)
        (self._watch.extend if self._has_begun else self._watch.begin)(works)
        self._has_begun = True
        self._run.carry_out(chosen)

    def _told(self, done: Done) -> None:
        source, count = done.request.source, len(done.result.answers)
        self._answered[source] = self._answered.get(source, 0) + count
        if done.reason:
            self._failed[source] = done.reason
            self._lookups.note_failed(source, done.request.keys, self._order.today.isoformat())
        self._watch.done(source, len(done.request.keys) if done.reason else count)
