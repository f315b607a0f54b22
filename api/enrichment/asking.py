"""Ask a source: in the pace that it allows, again after a failure that may pass, and not at all once it is down."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from api.enrichment.client import PassingError, Reply, SourceClient
from api.enrichment.pace import Pace
from index.judging.endpoint import AwayError, RefusedError, UnusableError

# Seconds before each further try; each is stretched by up to a half, so that not all who failed come back at once.
PAUSES = (1.0, 3.0, 8.0)
# The longest that a source may ask to wait.
LONGEST = 120.0
# So many failures one after another, and a source counts as down.
FAILURES = 3
# A request that is refused as it is: too long, or with something that the source can't read.
UNREADABLE = (400, 413, 414, 422)
# Without a right key every request is refused so.
UNKNOWN = 401


class FailedError(Exception):
    """When a request got no reply that can be used; the message says why."""


class DownError(FailedError):
    """When a source isn't asked any more in this run; the message says why."""


class UnreadableError(FailedError):
    """When the source can't read a request, which it may read in parts."""


class StoppedError(Exception):
    """When the run was stopped while a request waited."""


@dataclass
class Breaker:
    """Counts the failures of a source, whichever pool they come from. Safe for threads."""

    most: int = FAILURES
    reason: str = ""
    _failures: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self) -> None:
        """Raise DownError if the source is down."""
        if self.reason:
            raise DownError(self.reason)

    def failed(self, reason: str, is_final: bool = False) -> None:
        """Count a failure; with `is_final` the source is down at once."""
        with self._lock:
            self._failures += 1
            if is_final or self._failures >= self.most:
                self.reason = self.reason or reason

    def worked(self) -> None:
        """Forget the failures before."""
        with self._lock:
            self._failures = 0


@dataclass
class Asker:
    """Asks one pool of a source. `sleep` returns True if the run was stopped meanwhile."""

    client: SourceClient
    pace: Pace
    breaker: Breaker
    sleep: Callable[[float], bool]

    def ask(self, path: str, accept: str, read: Callable[[Reply], None]) -> None:
        """Get a reply and read it. What can't be read is asked for again, as a failed request is: it may be cut off.

        Raises DownError, UnreadableError, FailedError for another failure, StoppedError.
        """
        self.breaker.check()
        try:
            self._tried(path, accept, read)
        except RefusedError as error:
            if error.status in UNREADABLE:
                raise UnreadableError(str(error)) from error
            self.breaker.failed(str(error), is_final=error.status == UNKNOWN)
            raise FailedError(str(error)) from error
        except (PassingError, UnusableError, AwayError) as error:
            is_limit = isinstance(error, PassingError) and error.is_limit
            self.breaker.failed(str(error), is_final=is_limit or isinstance(error, AwayError))
            raise FailedError(str(error)) from error
        self.breaker.worked()

    def _tried(self, path: str, accept: str, read: Callable[[Reply], None]) -> None:
        for attempt, usual in enumerate((*PAUSES, None)):
            self._rest(self.pace.wait())
            try:
                reply = self.client.get(path, accept)
                self.pace.heed(reply.headers)
                read(reply)
            except PassingError as error:
                if usual is None:
                    raise
                pause = usual * (1 + jitter(path, attempt) / 2) if error.pause is None else error.pause
                if pause > LONGEST:
                    raise AwayError(f"{error}, and it asks to wait {pause:.0f} s") from error
                self.pace.rest(pause)
            else:
                return

    def _rest(self, seconds: float) -> None:
        if seconds > LONGEST:
            raise AwayError(f"its limit is used up for {seconds:.0f} s")
        if self.sleep(seconds):
            raise StoppedError


def jitter(path: str, attempt: int) -> float:
    """A number in 0..1 that looks like chance and is the same for the same request and try."""
    return hashlib.sha256(f"{attempt} {path}".encode()).digest()[0] / 255
