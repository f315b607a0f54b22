"""What the service serves: the open corpora, the threads that ask them, and the bodies of earlier answers."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from contextvars import copy_context
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TypeVar

from api.corpus_names import DEFAULT, own_names, usual_name
from api.errors import AbsentError, OverloadError
from api.http.bodies import Bodies, Body, Key
from api.http.holding import Held, Holding
from api.http.logs import tell
from api.http.staging import Staged, Watch, stage
from api.opening import sample_name
from api.workers import processors
from evqa.answer import ask
from evqa.errors import CorpusError, EvqaError, UsageError
from evqa.model import CorpusState
from evqa.retriever import Retriever
from evqa.settings import Settings
from index.corpora import home_folder
from index.corpus import Corpus, Warn, encoder_of, open_corpus
from index.encode import Encoder
from index.folder import CURRENT, RECORDS, corpus_folder, corpus_names
from index.reranking import Reranked, Reranker, check_reranker, load_reranker
from index.threads import blas

Result = TypeVar("Result")
Made = tuple[bytes, str | None]
ROOM = 32_000_000
WAITING = 256
MOST_OPEN = 16
# Indexes the sample, whatever else the home holds; an error is one line.
BUILDING = """
import os, sys
from api.errors import described
from api.opening import opened_sample
from evqa.settings import settings_from
try:
    opened_sample(settings_from(os.environ)).close()
except Exception as error:
    sys.exit(described(error))
"""


class Service:
    """Settings, home and the open corpora of one server; `close` lets go of them.

    `threads`: how many requests are worked on at once (default: one a processor). `waiting`: how many more may wait.
    `room`: bytes for the bodies of earlier answers, which are the same for the same corpus and question; 0 keeps none.
    Raises ModelError when the cross-encoder that is set can't be a model.
    """

    def __init__(
        self, settings: Settings, threads: int | None = None, waiting: int = WAITING, room: int = ROOM
    ) -> None:
        check_reranker(settings.reranker)
        self.settings = settings
        self.home = home_folder(settings)
        self.bodies = Bodies(room)
        # Takes the seconds of a stage of a request, from any thread.
        self.watch: Watch = lambda *_: None
        self._threads = threads or processors()
        self._most = self._threads + waiting
        self._working = 0
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="ask")
        self._holdings: dict[str, Holding] = {}
        self._encoders: dict[str, Encoder] = {}
        self._adding, self._loading = Lock(), Lock()
        # Each query sets and resets this for itself; side by side they would undo each other.
        self._single = blas().limit(limits=1, user_api="blas")

    def close(self) -> None:
        """Waits for what is being worked on, then closes every corpus."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        for holding in self._holdings.values():
            holding.close()
        self._single.restore_original_limits()

    @property
    def working(self) -> int:
        """How many requests are worked on or wait for a thread."""
        return self._working

    async def run(self, work: Callable[[], Result]) -> Result:
        """What the work gives, done in one of the threads. Raises OverloadError when too many wait already."""
        if self._working >= self._most:
            raise OverloadError(f"{self._working} requests are waiting already; try again in a second")
        self._working += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, copy_context().run, self._watched(work))
        finally:
            self._working -= 1

    def took(self, name: str, seconds: float) -> None:
        """Tells of a stage to whoever watches by now."""
        self.watch(name, seconds)

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Takes the time of a stage of a request, which is the block."""
        return stage(name, self.took)

    def _watched(self, work: Callable[[], Result]) -> Callable[[], Result]:
        asked = time.perf_counter()

        def watched() -> Result:
            self.watch("waiting", time.perf_counter() - asked)
            with self.stage("working"):
                return work()

        return watched

    async def body(self, name: str | None, what: Key, make: Callable[[Retriever], Made]) -> Body:
        """What `make` gives for a corpus, or gave before for the same corpus and `what`, which must say all it needs.

        Raises UsageError for a name that can't be a corpus's, AbsentError when there is no such corpus, CorpusError
        when it is damaged, OverloadError as `run`.
        """
        resolved = self.resolved(name)
        holding = self._holdings.get(resolved)
        live = holding.live if holding else None
        if live and (found := self.bodies.get(_key(live, what))):
            return found
        return await self.run(lambda: self._made(resolved, what, make))

    def _made(self, name: str, what: Key, make: Callable[[Retriever], Made]) -> Body:
        with self.held(name) as held:
            key = _key(held, what)
            if (found := self.bodies.get(key)) is None:
                content, status = make(held.retriever)
                found = self.bodies.put(key, Body(content, held.state.fingerprint, status))
            return found

    @contextmanager
    def held(self, name: str | None) -> Iterator[Held]:
        """A corpus, open at one generation until the block ends. Blocks while it is being opened; raises as `body`."""
        with self._holding(self.resolved(name)).held() as held:
            yield held

    def renew(self, name: str | None) -> None:
        """Returns when what was published last of a corpus is what is asked; blocks, and raises as `body`."""
        self._holding(self.resolved(name)).renew()

    def resolved(self, name: str | None) -> str:
        """The name; without one that of the usual corpus, or of the built-in sample where the user has none.

        Raises UsageError, which lists them, where there are several and none is called default.
        """
        if name is not None:
            return name
        if self._is_there(DEFAULT):
            return DEFAULT
        return usual_name(corpus_names(self.home), "as `corpus`") or self._sample

    @property
    def first(self) -> str:
        """The corpus that is opened first: the usual one; where there are several without a default, one of them."""
        try:
            return self.resolved(None)
        except UsageError:
            return own_names(corpus_names(self.home))[0]

    def ready(self) -> CorpusState | None:
        """The corpus that is opened first, if it is open and holds a document; never blocks."""
        holding = self._holdings.get(self.first)
        live = holding.live if holding else None
        return live.state if live and live.state.documents else None

    def _holding(self, name: str) -> Holding:
        found = self._holdings.get(name)
        return found or self._add(name)

    def _add(self, name: str) -> Holding:
        self._check_there(name)
        with self._adding:
            if name not in self._holdings:
                self._holdings[name] = Holding(corpus_folder(self.home, name), lambda: self._opened(name))
            return self._holdings[name]

    def _is_there(self, name: str) -> bool:
        folder = self.home / "corpora" / name
        return (folder / RECORDS).exists() or (folder / CURRENT).exists()

    def _check_there(self, name: str) -> None:
        corpus_folder(self.home, name)
        if name != self._sample and not self._is_there(name):
            known = ", ".join(corpus_names(self.home)) or "none yet"
            raise AbsentError(f"no corpus {name!r}: there is {known}; name one of these")

    @cached_property
    def _sample(self) -> str:
        return sample_name(self.settings)

    def _opened(self, name: str) -> tuple[Retriever, Callable[[], None]]:
        with self.stage("opening"):
            return self._opened_now(name)

    def _opened_now(self, name: str) -> tuple[Retriever, Callable[[], None]]:
        self._check_there(name)
        self._make_room(name)
        corpus = self._opened_sample() if name == self._sample else open_corpus(self.home, name, tell, self._encoder)
        retriever = Reranked(corpus, lambda: self._reranker) if self.settings.reranker else corpus
        try:
            _warm(retriever)
        except BaseException:
            corpus.close()
            raise
        return Staged(retriever, self.took), corpus.close

    def _make_room(self, name: str) -> None:
        """Closes the corpora that were used longest ago, so that no more than `MOST_OPEN` are open."""
        others = [holding for other, holding in list(self._holdings.items()) if other != name and holding.live]
        for holding in sorted(others, key=lambda holding: holding.used)[: max(0, len(others) + 1 - MOST_OPEN)]:
            holding.close()

    def _opened_sample(self) -> Corpus:
        """Built where it isn't there, or only in part because whoever built it was killed."""
        if self._is_there(self._sample):
            try:
                corpus = open_corpus(self.home, self._sample, tell, self._encoder)
            except CorpusError as error:
                tell(f"{error}; building it again")
            else:
                if corpus.state.documents:
                    return corpus
                corpus.close()
        self._build_sample()
        return open_corpus(self.home, self._sample, tell, self._encoder)

    def _build_sample(self) -> None:
        """In a process of its own: indexing loads packages that would stay in memory for good."""
        tell("the built-in sample is indexed, once")
        named = {"EVQA_HOME": str(self.home), "EVQA_MODEL": self.settings.model}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("EVQA_")}
        done = subprocess.run(
            [sys.executable, "-c", BUILDING],
            env=kept | named,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines() or [f"its process ended with {done.returncode}"]
            raise CorpusError(f"the built-in sample can't be indexed: {said[-1]}")

    def _encoder(self, home: Path, model: str, fingerprint: str, warn: Warn) -> Encoder:
        """The query model, one for all corpora that were made with it."""
        with self._loading:
            if fingerprint not in self._encoders:
                self._encoders[fingerprint] = encoder_of(home, model, fingerprint, warn)
            return self._encoders[fingerprint]

    @cached_property
    def _reranker(self) -> Reranker:
        return load_reranker(self.settings.reranker)


def _key(held: Held, what: Key) -> Key:
    return held.state.name, held.state.fingerprint, *what


def _warm(retriever: Retriever) -> None:
    """Asks once, so that no request waits for what is read at the first question, and a corpus that can't be asked
    isn't taken for ready.

    The question is ours: where it fails for a reason that nobody foresaw, that is told, and the corpus is open.
    """
    if outlines := retriever.outlines():
        try:
            ask(outlines[0].document.title[:200].strip() or "review", retriever)
        except (EvqaError, OSError):
            raise
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            tell(f"corpus {retriever.state.name!r} is open, but the question to warm it up failed: {why}")
