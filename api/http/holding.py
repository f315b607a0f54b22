"""A corpus held open for requests: each keeps the generation it began with, while a newer one takes its place."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from evqa.corpus.corpus import Corpus
from evqa.model import CorpusState
from index.disk.folder import CURRENT

Stamp = tuple[int, int, int]


class Held:
    """One open generation, and how many hold it; it is closed when the last one lets go."""

    def __init__(self, corpus: Corpus, close: Callable[[], None], stamp: Stamp | None) -> None:
        self.corpus = corpus
        self.state: CorpusState = corpus.state
        self.stamp = stamp
        self._close = close
        self._holders = 1
        self._lock = Lock()

    def take(self) -> bool:
        """Holds the generation; False when it is closed already."""
        with self._lock:
            if self._holders == 0:
                return False
            self._holders += 1
            return True

    def release(self) -> None:
        """Lets go of it."""
        with self._lock:
            self._holders -= 1
            is_last = self._holders == 0
        if is_last:
            self._close()


class Holding:
    """A corpus by its folder. `opened` opens its live generation, ready to be asked; `used`: when it was last held."""

    def __init__(self, folder: Path, opened: Callable[[], tuple[Corpus, Callable[[], None]]]) -> None:
        self._current = folder / CURRENT
        self.used = 0.0
        self._opened = opened
        self._live: Held | None = None
        self._opening = Lock()

    @property
    def live(self) -> Held | None:
        """The open generation if it is still the one that was published last."""
        found = self._live
        return found if found is not None and found.stamp == stamp_of(self._current) else None

    @contextmanager
    def held(self) -> Iterator[Held]:
        """The generation published last; while another request is opening that one, the one before it.

        Raises CorpusError when there is none any more.
        """
        held = self._taken()
        try:
            yield held
        finally:
            held.release()

    def renew(self) -> None:
        """Returns when what was published last is open: after it, no request gets the generation before."""
        with self._opening:
            if self.live is None:
                self._reopened()

    def close(self) -> None:
        """Lets go of the open generation; who asks again opens it again."""
        with self._opening:
            self._replace(None)

    def _taken(self) -> Held:
        self.used = time.monotonic()
        while True:
            found = self.live or self._renewed(self._live)
            if found.take():
                return found

    def _renewed(self, old: Held | None) -> Held:
        if old is None:
            self._opening.acquire()
        elif not self._opening.acquire(blocking=False):
            return old
        try:
            return self.live or self._reopened()
        finally:
            self._opening.release()

    def _reopened(self) -> Held:
        # Looked at first, so that what is published meanwhile is seen by the next request.
        stamp = stamp_of(self._current)
        try:
            fresh = Held(*self._opened(), stamp)
        except BaseException:
            self._replace(None)
            raise
        self._replace(fresh)
        return fresh

    def _replace(self, fresh: Held | None) -> None:
        old, self._live = self._live, fresh
        if old is not None:
            old.release()


def stamp_of(current: Path) -> Stamp | None:
    """What tells one published generation from the next: the file that names it is replaced, never written to."""
    try:
        facts = current.stat()
    except OSError:
        return None
    return facts.st_ino, facts.st_mtime_ns, facts.st_size
