"""A corpus with the judge that is set."""

import logging
from collections.abc import Callable, Sequence
from threading import Lock

from evqa.corpus.corpus import Corpus, Wrapped
from evqa.corpus.judge import Judge, Shown, Verdict
from evqa.model import JudgeName
from evqa.settings import Settings
from index.disk.folder import home_folder

Warn = Callable[[str], None]
log: Warn = logging.getLogger("evqa.index").warning


class DeferredJudge:
    """A judge that is loaded by the first question that needs it, once for all threads."""

    def __init__(self, load: Callable[[], Judge]) -> None:
        self._load = load
        self._judge: Judge | None = None
        self._loading = Lock()

    def verdict(self, question: str, shown: Sequence[Shown]) -> Verdict:
        """What the judge says. Raises ModelError if it can't be loaded."""
        with self._loading:
            judge = self._judge = self._judge or self._load()
        return judge.verdict(question, shown)


class AsRanked:
    """A judge for where there is no other: it leaves the decision to the ranking."""

    NAME = JudgeName(name="ranking", version="1")

    def verdict(self, question: str, shown: Sequence[Shown]) -> Verdict:  # noqa: ARG002 – the ranking has read them
        """No relevances."""
        return Verdict((), self.NAME)


class Judged(Wrapped):
    """A `Corpus` with a judge of its own, or none."""

    def __init__(self, whole: Corpus, judge: Judge | None) -> None:
        super().__init__(whole)
        self._judge = judge

    @property
    def judge(self) -> Judge | None:
        """Who decides between the candidates."""
        return self._judge


def judged(corpus: Corpus, settings: Settings, local: Callable[[], Judge] | None, warn: Warn = log) -> Corpus:
    """The corpus with the judge that is set; `local` loads the local one when it is needed, None if there is none.

    `warn` is told what happens to the kept verdicts of a language model.
    """
    if settings.judge == "off":
        return Judged(corpus, None)
    deferred = DeferredJudge(local) if local else None
    model = language_model(settings, deferred or AsRanked(), warn) if settings.judge == "llm" else None
    return Judged(corpus, model or deferred)


def language_model(settings: Settings, local: Judge, warn: Warn) -> Judge:
    """The language model that is set, and `local` for where it is away."""
    # Nothing of this is loaded unless it is set.
    from index.judging.endpoint import Endpoint
    from index.judging.llm import LlmJudge
    from index.judging.verdicts import Verdicts

    endpoint = Endpoint(settings.llm.rstrip("/"), settings.llm_model, settings.llm_key)
    return LlmJudge(endpoint, Verdicts(home_folder(settings), warn), local)
