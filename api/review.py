"""The Python face: a review that is asked, made of files or opened from what is stored."""

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from api.opening import files_corpus, stored_corpus
from evqa.answer import ask, search
from evqa.errors import UsageError
from evqa.model import Answer, RankedPassage, Reference
from evqa.retriever import Retriever
from evqa.settings import Settings, settings_from
from index.corpus import Corpus
from index.reranking import check_reranker, reranked


class Review:
    """Files or folders, read and indexed once and found again by their contents the next time, to be asked.

    `environ`: where the EVQA_… settings are looked up. `allow_partial`: take files whose numbering or markers aren't
    sound. Use it in a `with` block, or `close` it; until then it may be asked from several threads. What it does that
    takes long it says on stderr.

    Raises InputError naming a file that can't be read, IntegrityError for one that isn't sound, UsageError without a
    file or for an unknown setting, ModelError when a model can't be had.
    """

    def __init__(
        self, *files: str | PathLike[str], allow_partial: bool = False, environ: Mapping[str, str] = os.environ
    ) -> None:
        if not files:
            raise UsageError('no file given: name one, as in Review("paper.pdf"), or ask a corpus with Review.stored()')
        settings = _checked(environ)
        self._hold(files_corpus([Path(file) for file in files], settings, allow_partial), settings)

    @classmethod
    def stored(cls, corpus: str | None = None, environ: Mapping[str, str] = os.environ) -> Self:
        """A corpus made by `evqa ingest`; without a name the one called default, else the only one that there is, or
        the built-in sample where there is none.

        Raises CorpusError when there is none of that name or it can't be opened, UsageError where there are several and
        none is named, UsageError and ModelError as above.
        """
        settings = _checked(environ)
        review = cls.__new__(cls)
        review._hold(stored_corpus(corpus, settings), settings)
        return review

    def _hold(self, corpus: Corpus, settings: Settings) -> None:
        self._held = ExitStack()
        self._held.enter_context(corpus)
        self._retriever: Retriever | None = reranked(corpus, settings.reranker)

    def ask(self, question: str, k: int = 5) -> Answer:
        """The answer, or a refusal, with the k best passages: the record that `evqa ask --json` prints.

        Raises UsageError when the question is empty or longer than 2,000 characters.
        """
        return ask(question, self._open, k)

    def search(self, question: str, k: int = 10) -> tuple[RankedPassage, ...]:
        """The k best passages, best first. Raises UsageError as `ask` does."""
        return search(question, self._open, k)

    def references(self) -> Sequence[Reference]:
        """Every entry of the bibliography, by document and number."""
        return self._open.references()

    @property
    def _open(self) -> Retriever:
        if self._retriever is None:
            raise UsageError("this review is closed: ask it inside its `with` block, or before close()")
        return self._retriever

    def close(self) -> None:
        """Lets go of what is open; a second call does nothing."""
        self._retriever = None
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _checked(environ: Mapping[str, str]) -> Settings:
    settings = settings_from(environ)
    check_reranker(settings.reranker)
    return settings
