"""Jobs from their upload to their end: one at a time for a corpus, in the order in which they came."""

import asyncio
import os
import shutil
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from api.enrichment.sources import OWN
from api.errors import OverloadError, without_home
from api.http.jobs.job import Ended, Enrichment, Job
from api.http.jobs.job_process import JobProcess, Stopped, process_for
from api.http.jobs.job_store import JobStore, now
from api.http.jobs.upload_form import Upload
from api.http.logs import tell
from api.http.served import Service
from api.intake.outcome import FileOutcome
from evqa.errors import CorpusError, ErrorFacts, EvqaError
from evqa.settings import Settings
from index.disk.durable import make_private, refusals
from index.disk.lock import hold_alone

# An upload's folder holds its files, each in a folder of its own, and the file by which a server locks it.
UPLOADS, HELD = "uploads", "held"
# Jobs worked on at once, each in a corpus of its own; uploads that come in at once, each with up to 100 open files;
# and jobs that wait.
AT_ONCE = 2
COMING = 4
WAITING = 200
GONE = "the server ended before this was stored, and its upload is gone; send the files again"


class Jobs:
    """The jobs of one server. Several servers may share a home: each job is worked on by the one that holds its upload.

    Call from the loop that runs the server; `begin` first, `close` last.
    """

    def __init__(self, service: Service) -> None:
        self.store = JobStore(service.home)
        self._service = service
        self._uploads = service.home / UPLOADS
        self._held: dict[str, int] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._processes: dict[str, JobProcess] = {}
        self._cancelled: set[str] = set()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._pulses: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._coming = 0

    def states(self) -> Mapping[str, int]:
        """How many jobs there are, by state; none where they can't be read."""
        try:
            return self.store.states()
        except CorpusError:
            return {}

    async def begin(self) -> None:
        """Resume the jobs that an earlier server left unfinished, and delete its other uploads."""
        try:
            for job in await asyncio.to_thread(self.store.unfinished):
                await self._resume(job)
            await asyncio.to_thread(self._sweep)
        except CorpusError as error:
            tell(f"jobs of an earlier server aren't gone on with: {error}")

    async def close(self) -> None:
        """Stop the running jobs; the next server resumes them."""
        for process in self._processes.values():
            process.stop()
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        for identity in list(self._held):
            self._release(identity)
        self.store.close()

    def new_upload(self) -> tuple[str, Path]:
        """The id of a job to be, and the folder for its files, which is this server's.

        Raises OverloadError when too many are coming or waiting, StorageError when the disk refuses.
        """
        if self._coming >= COMING or len(self._tasks) >= WAITING:
            waiting = f"{self._coming} uploads are coming and {len(self._tasks)} jobs are waiting already"
            raise OverloadError("", waiting, "try again in a while")
        identity = f"j-{uuid.uuid4().hex[:16]}"
        with refusals(self._uploads):
            folder = make_private(self._uploads / identity)
            self._hold(identity)
        self._coming += 1
        return identity, folder

    def arrived(self) -> None:
        """Note that an upload has ended, whether it succeeded or not."""
        self._coming -= 1

    def drop(self, identity: str) -> None:
        """Delete an upload that doesn't become a job, or whose job has ended."""
        self._release(identity)  # first: Windows keeps a file that is open
        shutil.rmtree(self._uploads / identity, ignore_errors=True)

    async def add(self, identity: str, corpus: str, upload: Upload) -> Job:
        """Start the job for a complete upload."""
        created = now()
        job = Job(id=identity, corpus=corpus, files=tuple(upload.files), strict=upload.strict, ocr=upload.ocr,
                  allow_partial=upload.allow_partial, created=created, updated=created)  # fmt: skip
        await asyncio.to_thread(self.store.add, job)
        self._start(job)
        return job

    async def enrich(self, corpus: str, chosen: Enrichment) -> Job:
        """Start a job that looks the references of a corpus up. Raises OverloadError and StorageError as uploads do."""
        identity, _ = await asyncio.to_thread(self.new_upload)
        self.arrived()
        created = now()
        job = Job(id=identity, corpus=corpus, files=(), enrichment=chosen, created=created, updated=created)
        await asyncio.to_thread(self.store.add, job)
        self._start(job)
        return job

    async def cancel(self, job: Job) -> Job:
        """Cancel a job, if it is this server's. Documents that it stored new are removed again."""
        if job.id not in self._tasks:
            return job
        self._cancelled.add(job.id)
        if process := self._processes.get(job.id):
            process.cancel()
            return job
        self._tasks[job.id].cancel()
        await asyncio.wait([self._tasks[job.id]])
        return await asyncio.to_thread(self.store.job, job.id) or job

    async def pulse(self, identity: str, seconds: float) -> None:
        """Wait until something happens to a job, at most so many seconds: another server may be working on it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._pulses[identity].wait()

    def _start(self, job: Job) -> None:
        task = asyncio.create_task(self._run(job))
        self._tasks[job.id] = task
        task.add_done_callback(lambda _: self._forget(job.id))

    def _forget(self, identity: str) -> None:
        self._tasks.pop(identity, None)
        self._cancelled.discard(identity)
        self._beat(identity)
        self._pulses.pop(identity, None)

    async def _run(self, job: Job) -> None:
        try:
            async with self._turns[job.corpus], self._slots:
                ended = await self._processed(job)
                await self._finish(job, ended)
        except Stopped:
            return
        except asyncio.CancelledError:
            if job.id not in self._cancelled:
                raise
            await self._finish(job, Ended(is_cancelled=True))
        except EvqaError as error:
            await self._fail(job, error)

    async def _fail(self, job: Job, error: EvqaError) -> None:
        try:
            facts = without_home(error.facts, self._service.home)
            await self._finish(job, Ended(kind=type(error).__name__, failure=facts))
        except EvqaError as another:
            tell(f"job {job.id}: {error}; and that can't be kept: {another}")

    async def _processed(self, job: Job) -> Ended:
        paths = [str(path) for path in self._paths(job)]
        order: dict[str, Any] = {"paths": paths, "strict": job.strict, "ocr": job.ocr}
        if job.enrichment:
            order["enrichment"] = {**job.enrichment.model_dump(), **source_settings(self._service.settings)}
        async with process_for(self._service.home, job.corpus, self._service.settings, **order) as process:
            self._processes[job.id] = process
            try:
                return await process.followed(lambda progress: self._keep_progress(job, progress))
            finally:
                del self._processes[job.id]

    async def _keep_progress(self, job: Job, progress: dict[str, Any]) -> None:
        fresh: dict[str, Any] = {"stage": None, "done": 0, "total": 0, "file": None, "error": None, **progress}
        await asyncio.to_thread(self.store.update, job, **fresh)
        self._beat(job.id)

    async def _finish(self, job: Job, ended: Ended) -> None:
        """Store how the job ended, once questions are answered from what it stored. Then delete its upload."""
        changed = _ending(ended)
        if changed["documents"] or ended.is_cancelled or ended.enriched:
            await self._renew(job.corpus)
        await asyncio.to_thread(self.store.update, job, **changed)
        await asyncio.to_thread(self.drop, job.id)
        self._beat(job.id)

    async def _renew(self, corpus: str) -> None:
        try:
            await asyncio.to_thread(self._service.renew, corpus)
        except EvqaError as error:
            # The documents are stored; the next question meets the error itself.
            tell(f"corpus {corpus}: {error}")

    def _paths(self, job: Job) -> list[Path]:
        return [self._uploads / job.id / str(place) / file.name for place, file in enumerate(job.files)]

    async def _resume(self, job: Job) -> None:
        if not (self._uploads / job.id).exists():
            await self._lose(job)
        elif not self._hold(job.id):
            return
        elif not all(path.exists() for path in self._paths(job)):
            await self._lose(job)
            self.drop(job.id)
        else:
            again = {"state": "queued", "stage": None, "done": 0, "total": 0, "file": None, "error": None}
            self._start(await asyncio.to_thread(self.store.update, job, **again))

    async def _lose(self, job: Job) -> None:
        """A job whose upload is gone has failed, unless another server has ended it: that keeps the end first."""
        found = await asyncio.to_thread(self.store.job, job.id)
        if found and not found.has_ended:
            await asyncio.to_thread(self.store.update, found, state="failed", error=GONE)

    def _sweep(self) -> None:
        """Delete uploads that belong to no job and no server."""
        kept = {job.id for job in self.store.unfinished()}
        for identity in self._leftovers():
            if identity not in kept and identity not in self._held and self._hold(identity):
                self.drop(identity)

    def _leftovers(self) -> Iterator[str]:
        with suppress(FileNotFoundError):
            yield from [path.name for path in self._uploads.iterdir()]

    def _hold(self, identity: str) -> bool:
        """Take an upload for this server until it is released or the server is gone.

        Returns False if another server has it, or had it and has deleted it.
        """
        if (descriptor := hold_alone(self._uploads / identity / HELD)) is None:
            return False
        self._held[identity] = descriptor
        return True

    def _release(self, identity: str) -> None:
        if (descriptor := self._held.pop(identity, None)) is not None:
            os.close(descriptor)

    def _beat(self, identity: str) -> None:
        """Wake those who wait for the job."""
        if pulse := self._pulses.pop(identity, None):
            pulse.set()


def _ending(ended: Ended) -> dict[str, Any]:
    """The fields of a job that change when it ends."""
    if ended.is_cancelled:
        return {"state": "cancelled", "documents": ()}
    if ended.failure:
        return {"state": "failed", "documents": (), "error": ended.failure.line()}
    if ended.enriched:
        return {"state": "done", "documents": (), "enriched": ended.enriched, "error": None}
    stored = [outcome for outcome in ended.outcomes if outcome.is_stored]
    reasons = "; ".join(_why(outcome).about(outcome.file).line() for outcome in ended.outcomes if not outcome.is_stored)
    return {
        "state": "done" if stored else "failed",
        "outcomes": ended.outcomes,
        "documents": tuple(dict.fromkeys(outcome.document for outcome in stored if outcome.document)),
        "error": None if stored else reasons,
    }


def source_settings(settings: Settings) -> dict[str, str]:
    """The settings by which sources are asked."""
    names = ("mailto", "openalex_key", *OWN)
    return {name: getattr(settings, name) for name in names}


def _why(outcome: FileOutcome) -> ErrorFacts:
    """Why a file isn't stored, as a client can mend it."""
    if outcome.state == "unsound":
        step = "send it without strict=true to store it: answers then say where it matters"
        return ErrorFacts(outcome.file, "not sound", step, outcome.error or "")
    return outcome.failure or ErrorFacts(outcome.file, outcome.state)
