"""What the service serves from: the open corpora, the threads that ask them, and the bodies of earlier answers."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from api.corpus_names import DEFAULT, own_names, usual_name
from api.errors import AbsentError
from api.http.body_cache import Body, BodyCache, Key
from api.http.counters import Counters
from api.http.live_corpus import LiveCorpus, OpenGeneration
from api.http.logs import tell
from api.http.work import WorkQueue
from api.opening import judge_model, local_judge, sample_name, with_judge
from api.phrasing import Phrase, phraser
from evqa.answer import ask
from evqa.corpus.corpus import Corpus, Query, Retrieved, Wrapped
from evqa.corpus.judge import Judge, Shown, Verdict
from evqa.errors import CorpusError, EvqaError, UsageError
from evqa.model import Answer, CorpusState
from evqa.settings import Settings
from index.corpus import StoredCorpus, Warn, encoder_of, open_corpus
from index.disk.folder import CURRENT, RECORDS, corpus_folder, corpus_names, home_folder
from index.models.encode import Encoder
from index.models.inference import blas, processors
from index.models.reranking import Reranked, Reranker, check_reranker, load_reranker

if TYPE_CHECKING:
    from index.judging.local import JudgeModel

Result = TypeVar("Result")
# The content of a response, and the status of an answer where it is one.
Content = tuple[bytes, str | None]
# Bytes kept of earlier responses, and of drawn pages.
ROOM, ROOM_FOR_PAGES = 32_000_000, 12_000_000
# Requests that may wait for a thread, and pages that may wait to be drawn.
WAITING, WAITING_PAGES = 256, 32
# Pages drawn at once; each starts a process of its own, with limits on its time and memory.
DRAWN_AT_ONCE = 2
MOST_OPEN = 16
# Added to the fingerprint of what another judge than the one that is set decided.
INSTEAD = "instead"
# Indexes the sample, whatever else the home holds.
SAMPLE_PROGRAM = "api.http.sample_program"


class MeasuredCorpus(Wrapped):
    """A corpus whose retrievals are measured: embedding the question, searching and scoring."""

    def __init__(self, whole: Corpus, counters: Counters) -> None:
        super().__init__(whole)
        self._counters = counters

    def retrieve(self, query: Query) -> Retrieved:
        """See Corpus."""
        with self._counters.stage("retrieving"):
            return self._whole.retrieve(query)


class WatchedCorpus(Wrapped):
    """A corpus for one request, which notes whether its judge had a problem: such a body must not be given again."""

    def __init__(self, whole: Corpus) -> None:
        super().__init__(whole)
        self.has_problem = False

    @property
    def judge(self) -> Judge | None:
        """The corpus's judge, watched."""
        judge = self._whole.judge
        return WatchedJudge(judge, self) if judge else None


class WatchedJudge:
    """A judge whose problems its corpus notes."""

    def __init__(self, judge: Judge, corpus: WatchedCorpus) -> None:
        self._judge = judge
        self._corpus = corpus

    def verdict(self, question: str, shown: Sequence[Shown]) -> Verdict:
        """See Judge."""
        verdict = self._judge.verdict(question, shown)
        self._corpus.has_problem |= bool(verdict.problem)
        return verdict


class Service:
    """Settings, home and open corpora of one server; `close` lets go of them.

    `threads`: how many requests are worked on at once (default: one a processor). `waiting`: how many more may wait.
    `room`: bytes for the bodies of earlier answers; 0 keeps none. Raises ModelError if the cross-encoder that is set
    can't be a model.
    """

    def __init__(
        self, settings: Settings, threads: int | None = None, waiting: int = WAITING, room: int = ROOM
    ) -> None:
        check_reranker(settings.reranker)
        self.settings = settings
        self.home = home_folder(settings)
        self.counters = Counters()
        self.bodies, self.pages = BodyCache(room), BodyCache(ROOM_FOR_PAGES)
        self.work = WorkQueue(threads or processors(), waiting, self.counters, "working", "requests")
        self.drawing = WorkQueue(DRAWN_AT_ONCE, WAITING_PAGES, self.counters, "drawing", "pages")
        self._corpora: dict[str, LiveCorpus] = {}
        self.encoders: dict[str, Encoder] = {}
        self._judge: JudgeModel | None = None
        self._phraser: Phrase | None = None
        self._adding, self._loading = Lock(), Lock()
        # Each query sets and resets this for itself; side by side they would undo each other.
        self._single = blas().limit(limits=1, user_api="blas")

    def close(self) -> None:
        """Wait for what is being worked on, then close every corpus."""
        self.work.close()
        self.drawing.close()
        for corpus in self._corpora.values():
            corpus.close()
        self._single.restore_original_limits()

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return the result of `work`, called in a thread. Raises OverloadError if too many requests wait already."""
        return await self.work.run(work)

    @property
    def phrase(self) -> Callable[[Answer, WatchedCorpus], Answer]:
        """What phrases an answer, and notes where that can't be had. Raises UsageError if no model is set."""
        with self._loading:
            self._phraser = self._phraser or phraser(self.settings, tell, "phrase")
        return self._phrased

    def _phrased(self, answer: Answer, corpus: WatchedCorpus) -> Answer:
        assert self._phraser is not None
        found = self._phraser(answer, corpus)
        corpus.has_problem |= answer.status == "answered" and found.phrasing is None
        return found

    async def body(self, name: str | None, request: Key, make: Callable[[WatchedCorpus], Content]) -> Body:
        """The body that `make` writes from a corpus, or wrote before for the same corpus and `request`.

        `request` holds all that changes the bytes. Raises UsageError for a name that can't be a corpus's, AbsentError
        if there is no such corpus, CorpusError if it is damaged, OverloadError as `run`.
        """
        resolved = self.resolved(name)
        newest = self._newest(resolved)
        if newest and (body := self.bodies.get(_key(newest, request))):
            return body
        return await self.run(lambda: self._body(resolved, request, make))

    def _body(self, name: str, request: Key, make: Callable[[WatchedCorpus], Content]) -> Body:
        with self.generation(name) as generation:
            key = _key(generation, request)
            if (body := self.bodies.get(key)) is None:
                corpus = WatchedCorpus(generation.corpus)
                content, status = make(corpus)
                if corpus.has_problem:
                    return Body(content, f"{generation.state.fingerprint}-{INSTEAD}", status)
                body = self.bodies.put(key, Body(content, generation.state.fingerprint, status))
            return body

    @contextmanager
    def generation(self, name: str | None) -> Iterator[OpenGeneration]:
        """A corpus, open at one generation until the block ends. Blocks while it is opened; raises as `body`."""
        with self._corpus(self.resolved(name)).generation() as generation:
            yield generation

    def renew(self, name: str | None) -> None:
        """Return when questions are answered from what was published last; blocks, and raises as `body`."""
        self._corpus(self.resolved(name)).renew()

    def let_go(self, name: str) -> None:
        """Close a corpus, so that it can be removed. Who reads it now ends first; the next request opens it again."""
        if corpus := self._corpora.get(name):
            corpus.close()

    def resolved(self, name: str | None) -> str:
        """The name; without one that of the usual corpus, or of the built-in sample if the user has none.

        Raises UsageError, which lists them, if there are several and none is called default.
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
        newest = self._newest(self.first)
        return newest.state if newest and newest.state.documents else None

    def _newest(self, name: str) -> OpenGeneration | None:
        corpus = self._corpora.get(name)
        return corpus.newest if corpus else None

    def _corpus(self, name: str) -> LiveCorpus:
        if corpus := self._corpora.get(name):
            return corpus
        self._check_there(name)
        with self._adding:
            if name not in self._corpora:
                self._corpora[name] = LiveCorpus(corpus_folder(self.home, name), lambda: self._opened(name))
            return self._corpora[name]

    def _is_there(self, name: str) -> bool:
        folder = self.home / "corpora" / name
        return (folder / RECORDS).exists() or (folder / CURRENT).exists()

    def _check_there(self, name: str) -> None:
        corpus_folder(self.home, name)
        if name != self._sample and not self._is_there(name):
            known = ", ".join(corpus_names(self.home)) or "none yet"
            raise AbsentError(f"no corpus {name!r}", f"there is {known}", "name one of these")

    @cached_property
    def _sample(self) -> str:
        return sample_name(self.settings)

    def _opened(self, name: str) -> tuple[Corpus, Callable[[], None]]:
        with self.counters.stage("opening"):
            self._check_there(name)
            self._make_room(name)
            is_sample = name == self._sample
            stored = self._opened_sample() if is_sample else open_corpus(self.home, name, tell, self._encoder)
            ranked = Reranked(stored, lambda: self._reranker) if self.settings.reranker else stored
            corpus = with_judge(ranked, self.settings, local_judge(stored, self._judge_model), tell)
            try:
                # Nobody asked this question, so a language model isn't asked either.
                _warm(ranked if self.settings.judge == "llm" else corpus)
            except BaseException:
                stored.close()
                raise
            return MeasuredCorpus(corpus, self.counters), stored.close

    def _make_room(self, name: str) -> None:
        """Close the corpora that were used longest ago, so that no more than `MOST_OPEN` are open."""
        others = [corpus for other, corpus in list(self._corpora.items()) if other != name and corpus.newest]
        for corpus in sorted(others, key=lambda corpus: corpus.used)[: max(0, len(others) + 1 - MOST_OPEN)]:
            corpus.close()

    def _opened_sample(self) -> StoredCorpus:
        """The sample, built if it isn't there, or only in part because the process that built it was killed."""
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
        """Build it in a process of its own: indexing loads packages that would stay in memory for good."""
        tell("the built-in sample is indexed, once")
        named = {"EVQA_HOME": str(self.home), "EVQA_MODEL": self.settings.model}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("EVQA_")}
        done = subprocess.run(
            [sys.executable, "-m", SAMPLE_PROGRAM],
            env=kept | named,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines() or [f"its process ended with {done.returncode}"]
            raise CorpusError("the built-in sample", "can't be indexed", "see the server's log and try again", said[-1])

    def _encoder(self, home: Path, model: str, fingerprint: str, warn: Warn) -> Encoder:
        """The query model, one for all corpora that were made with it."""
        with self._loading:
            if fingerprint not in self.encoders:
                self.encoders[fingerprint] = encoder_of(home, model, fingerprint, warn)
            return self.encoders[fingerprint]

    @cached_property
    def _reranker(self) -> Reranker:
        return load_reranker(self.settings.reranker)

    def _judge_model(self) -> "JudgeModel":
        """One for all corpora, loaded by whichever is asked first."""
        with self._loading:
            self._judge = self._judge or judge_model(self.settings)
        return self._judge


def _key(generation: OpenGeneration, request: Key) -> Key:
    return generation.state.name, generation.state.fingerprint, *request


def _warm(corpus: Corpus) -> None:
    """Ask once, so that no request waits for what the first question reads, and a corpus that fails isn't ready.

    The question is ours: if it fails for a reason that nobody foresaw, that is logged, and the corpus is open.
    """
    if outlines := corpus.outlines():
        try:
            ask(outlines[0].document.title[:200].strip() or "review", corpus)
        except (EvqaError, OSError):
            raise
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            tell(f"corpus {corpus.state.name!r} is open, but the question to warm it up failed: {why}")
