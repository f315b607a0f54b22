"""Carry out requests: each pool of a source in a thread of its own, answers stored as they come."""

import queue
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from api.enrichment.asking import Asker, FailedError, StoppedError, UnreadableError
from api.enrichment.client import PassingError, Reply
from api.enrichment.requests import Request, Result
from evqa.errors import InputError
from index.judging.endpoint import UnusableError
from index.store.lookups import Answered

# Seconds after an interruption in which replies under way are still stored.
GRACE = 3.0
WEB_PAGE = "a web page"
NOTHING = Result()


@dataclass(frozen=True)
class Done:
    """A request that is over: what it brought, or why it failed."""

    request: Request
    result: Result = NOTHING
    reason: str = ""


@dataclass
class Run:
    """One run over requests. `put` stores answers, `told` is called with each request that is over; both run in the
    thread that calls `carry_out`. `asked` counts the requests that were over, by source."""

    askers: Mapping[str, Asker]
    stop: threading.Event
    put: Callable[[Sequence[Answered]], None]
    told: Callable[[Done], None] = lambda _: None
    failures: dict[str, str] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def carry_out(self, requests: Iterable[Request]) -> None:
        """Ask everything and what follows from it. KeyboardInterrupt stores what is under way, and ends the run."""
        done: queue.SimpleQueue[Done] = queue.SimpleQueue()
        waiting: dict[str, queue.SimpleQueue[Request | None]] = {pool: queue.SimpleQueue() for pool in self.askers}
        threads = [
            threading.Thread(target=self._work, args=(asker, waiting[pool], done), name=f"ask-{pool}", daemon=True)
            for pool, asker in self.askers.items()
        ]
        for thread in threads:
            thread.start()
        left = 0
        try:
            for request in requests:
                waiting[request.pool].put(request)
                left += 1
            while left:
                found = done.get()
                left += self._settle(found, waiting) - 1
        except BaseException:
            self.stop.set()
            self._rescue(threads, done)
            raise
        finally:
            for line in waiting.values():
                line.put(None)
            for thread in threads:
                thread.join(GRACE)

    def _settle(self, found: Done, waiting: Mapping[str, "queue.SimpleQueue[Request | None]"]) -> int:
        """Store what a request brought. Returns how many requests follow from it."""
        self._keep(found)
        for request in found.result.more:
            waiting[request.pool].put(request)
        return len(found.result.more)

    def _keep(self, found: Done) -> None:
        source = found.request.source
        if found.reason:
            self.failures[source] = found.reason
        else:
            self.asked[source] = self.asked.get(source, 0) + 1
        if found.result.answers:
            self.put(found.result.answers)
        self.told(found)

    def _rescue(self, threads: Sequence[threading.Thread], done: "queue.SimpleQueue[Done]") -> None:
        """Store the answers to requests that were under way: they would have to be asked again."""
        for thread in threads:
            thread.join(GRACE / max(1, len(threads)))
        while True:
            try:
                self._keep(done.get_nowait())
            except queue.Empty:
                return

    def _work(
        self, asker: Asker, waiting: "queue.SimpleQueue[Request | None]", done: "queue.SimpleQueue[Done]"
    ) -> None:
        while not self.stop.is_set() and (request := waiting.get()) is not None:
            try:
                done.put(answered(asker, request))
            except StoppedError:
                break
            except Exception as error:  # one reply that nobody foresaw mustn't end the others
                done.put(Done(request, reason=f"internal error: {type(error).__name__}: {error}"))
        asker.client.close()


def answered(asker: Asker, request: Request) -> Done:
    """A request asked: what it brought, or why it failed. Raises StoppedError."""
    results: list[Result] = []

    def read(reply: Reply) -> None:
        try:
            results.append(request.read(request, None if reply.status == 404 else reply.body))
        except InputError as error:
            said = error.facts.reason
            # A web page comes again, a reply that was cut off doesn't.
            raise (UnusableError if said.startswith(WEB_PAGE) else PassingError)(said) from error

    try:
        asker.ask(request.path, request.accept, read)
    except UnreadableError as error:
        if parts := tuple(request.halved(request)):
            return Done(request, Result(more=parts))
        # One that can't be parted may be at fault itself, or all are, as with an address that the source refuses.
        asker.breaker.failed(str(error))
        return Done(request, reason=str(error))
    except FailedError as error:
        return Done(request, reason=str(error))
    return Done(request, results[-1])
