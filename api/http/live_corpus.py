"""A corpus kept open for requests: each keeps the generation it began with, while a newer one takes its place.

Files and threads that outlive a request are ours to count; a cache with time limits would close them under a reader.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from evqa.corpus.corpus import Corpus
from evqa.model import CorpusState
from index.disk.folder import CURRENT

Stamp = tuple[int, int, int]


class OpenGeneration:
    """One open generation of a corpus, closed when its last user lets go."""

    def __init__(self, corpus: Corpus, close: Callable[[], None], stamp: Stamp | None) -> None:
        self.corpus = corpus
        self.state: CorpusState = corpus.state
        self.stamp = stamp
        self._close = close
        self._users = 1
        self._lock = Lock()

    def take(self) -> bool:
        """Become a user of the generation; False if it is closed already."""
        with self._lock:
            if self._users == 0:
                return False
            self._users += 1
            return True

    def release(self) -> None:
        """Let go of it."""
        with self._lock:
            self._users -= 1
            is_last = self._users == 0
        if is_last:
            self._close()


class LiveCorpus:
    """A corpus by its folder. `opened` opens the generation published last, ready to be asked.

    `used` is when a request last used it, in seconds of the monotonic clock.
    """

    def __init__(self, folder: Path, opened: Callable[[], tuple[Corpus, Callable[[], None]]]) -> None:
        self._current = folder / CURRENT
        self.used = 0.0
        self._opened = opened
        self._open: OpenGeneration | None = None
        self._opening = Lock()

    @property
    def newest(self) -> OpenGeneration | None:
        """The open generation, None unless it is the one published last."""
        generation = self._open
        is_newest = generation is not None and generation.stamp == stamp_of(self._current)
        return generation if is_newest else None

    @contextmanager
    def generation(self) -> Iterator[OpenGeneration]:
        """The generation published last, or the one before it while another request opens that one.

        Raises CorpusError when there is none any more.
        """
        generation = self._taken()
        try:
            yield generation
        finally:
            generation.release()

    def renew(self) -> None:
        """Open the generation published last, if it isn't open: after this no request gets the one before."""
        with self._opening:
            if self.newest is None:
                self._reopen()

    def close(self) -> None:
        """Let go of the open generation; the next request opens it again."""
        with self._opening:
            self._replace(None)

    def _taken(self) -> OpenGeneration:
        self.used = time.monotonic()
        while True:
            generation = self.newest or self._renewed(self._open)
            if generation.take():
                return generation

    def _renewed(self, old: OpenGeneration | None) -> OpenGeneration:
        if old is None:
            self._opening.acquire()
        elif not self._opening.acquire(blocking=False):
            return old
        try:
            return self.newest or self._reopen()
        finally:
            self._opening.release()

    def _reopen(self) -> OpenGeneration:
        # The stamp is read first, so that the next request sees what is published meanwhile.
        stamp = stamp_of(self._current)
        try:
            fresh = OpenGeneration(*self._opened(), stamp)
        except BaseException:
            self._replace(None)
            raise
        self._replace(fresh)
        return fresh

    def _replace(self, fresh: OpenGeneration | None) -> None:
        old, self._open = self._open, fresh
        if old is not None:
            old.release()


def stamp_of(current: Path) -> Stamp | None:
    """What tells one published generation from the next: the file that names it is replaced, never written to."""
    try:
        facts = current.stat()
    except OSError:
        return None
    return facts.st_ino, facts.st_mtime_ns, facts.st_size
