"""The Python interface: a review made of files, or a stored corpus, that answers questions."""

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from api.catalogue import ListedDocument, listed_documents
from api.filters import Years, filters_of
from api.notebook.shown import ShownAnswer, ShownTable, shown_answer, shown_table
from api.opening import as_set, files_corpus, stored_corpus
from api.phrasing import phraser
from api.text.partial import PARTIAL_NOTE
from api.text.terminal import say
from evqa.answer import ask, search
from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.model import PassageKind, RankedPassage, Reference
from evqa.settings import Settings, settings_from
from index.corpus import StoredCorpus
from index.models.reranking import check_reranker

if TYPE_CHECKING:
    from evqa.audit.records import Audit
    from evqa.quoting.records import Check


class Review:
    """Answers questions from files or folders, which are read and indexed once and found again by their contents.

    `environ` holds the EVQA_… settings; None stands for the process's own. `strict` refuses files whose numbering or
    markers aren't sound; else answers say where they touch a gap. `ocr` recognises the text of scanned PDF pages.
    `allow_partial` does nothing any more. Use the review in a `with` block or call `close`. Several threads may ask it.
    Slow steps are announced on stderr.

    Raises InputError for a file that can't be read, IntegrityError with `strict` for one with gaps, UsageError without
    a file or for an unknown setting, ModelError if a model can't be loaded, ExtraError if OCR isn't installed.
    """

    def __init__(
        self,
        *files: str | PathLike[str],
        strict: bool = False,
        ocr: bool = False,
        allow_partial: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        if not files:
            step = 'name one, as in Review("paper.pdf"), or ask a corpus with Review.stored()'
            raise UsageError("Review()", "no file given", step)
        settings = _checked(environ)
        if allow_partial:
            say(PARTIAL_NOTE)
        self._hold(files_corpus([Path(file) for file in files], settings, strict, ocr), settings)

    @classmethod
    def stored(cls, corpus: str | None = None, environ: Mapping[str, str] | None = None) -> Self:
        """A corpus made by `evqa ingest`: the one named, else `default`, else the only one, else the built-in sample.

        Raises CorpusError if it doesn't exist or can't be opened, UsageError if there are several and none is named,
        UsageError and ModelError as above.
        """
        settings = _checked(environ)
        review = cls.__new__(cls)
        review._hold(stored_corpus(corpus, settings), settings)
        return review

    def _hold(self, corpus: StoredCorpus, settings: Settings) -> None:
        self._held = ExitStack()
        self._held.enter_context(corpus)
        self._corpus: Corpus | None = as_set(corpus, settings)
        self._settings = settings

    def ask(  # noqa: PLR0913
        self,
        question: str,
        k: int = 5,
        *,
        document: str | None = None,
        years: Years = None,
        kind: PassageKind | None = None,
        section: str | None = None,
        phrase: bool = False,
    ) -> ShownAnswer:
        """The answer or refusal with the k best passages, as `evqa ask --json` prints it; a notebook shows it as text.

        `document`: the one that is asked, by its file's name, id, title or words of that, or reference ("38", "Chen
        2022"). `years`: of the documents, as "2010-2020" or a pair with None for an open end. `kind`: of the passages.
        `section`: its title, number or part, such as "methods". `phrase`: also phrased by the language model that is
        set (`Answer.phrasing`). Raises UsageError if the question is empty or longer than 2,000 characters, for a
        filter that fits nothing or several documents, and for `phrase` if no model is set.
        """
        corpus = self._open
        phrased = phraser(self._settings, say, "phrase=True") if phrase else None
        answer = ask(question, corpus, k, filters_of(document, years, kind, section))
        return shown_answer(phrased(answer, corpus) if phrased else answer)

    def search(  # noqa: PLR0913
        self,
        question: str,
        k: int = 10,
        *,
        document: str | None = None,
        years: Years = None,
        kind: PassageKind | None = None,
        section: str | None = None,
    ) -> tuple[RankedPassage, ...]:
        """The k best passages, best first. Takes and raises what `ask` does."""
        return search(question, self._open, k, filters_of(document, years, kind, section))

    def table(self, *questions: str, documents: Sequence[str] = (), found: bool = False) -> ShownTable:
        """An evidence table: every question put to each document by itself, one row a claim, as `evqa table` prints it.

        `documents`: those that are asked, by file name, title or id; without any, all. `found`: leave out those that
        don't answer. Raises UsageError without a question, and as `ask` does.
        """
        from api.evidence.gathering import evidence_table  # not needed to ask

        if not questions:
            raise UsageError("table()", "no question given", "give one or more")
        return shown_table(evidence_table(questions, self._open, documents, found))

    def documents(self) -> Sequence[ListedDocument]:
        """Every document: id, title, authors, year, file, and its integrity report; in order of ingestion."""
        return listed_documents(self._open)

    def references(self) -> Sequence[Reference]:
        """Every entry of the bibliography, by document and number."""
        return self._open.references()

    def audit(self) -> "Audit":
        """The citations that don't seem to fit, and the list's own faults: the record that `evqa audit --json` prints.

        Raises CorpusError for a document that was indexed while its query model was gone.
        """
        from api.audit.auditing import audited  # not needed to ask

        return audited(self._open)

    def check(self, *sentences: str) -> "Check":
        """Whether each sentence is printed here: verbatim, near with what differs, or absent; as `evqa check --json`.

        Raises UsageError for a sentence without words or longer than 4,000 characters.
        """
        from api.checking.drafts import checked_sentences  # not needed to ask

        return checked_sentences(sentences, self._open)

    def check_draft(self, file: str | PathLike[str]) -> "Check":
        """The same for the quotations, and the sentences with figures, of a draft: .md, .txt or .docx.

        Raises InputError if the file can't be read.
        """
        from api.checking.drafts import checked_file  # not needed to ask

        return checked_file(Path(file), self._open)

    @property
    def _open(self) -> Corpus:
        if self._corpus is None:
            raise UsageError("this review", "closed", "ask it inside its `with` block, or before close()")
        return self._corpus

    def close(self) -> None:
        """Close the corpus. A second call does nothing."""
        self._corpus = None
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _checked(environ: Mapping[str, str] | None) -> Settings:
    settings = settings_from(os.environ if environ is None else environ)
    check_reranker(settings.reranker)
    return settings
