"""Which corpus is asked: the one that was named, the usual one, the built-in sample, or one made of given files."""

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.corpus_names import DEFAULT, FILES, SAMPLE, is_remade, usual_name
from api.intake.file_names import file_names
from api.intake.readers import readers_fingerprint
from api.text.integrity import defects, gaps_line, recognised_line
from api.text.models import asked_with
from api.text.terminal import say
from evqa.corpus.corpus import Corpus
from evqa.corpus.judge import Judge
from evqa.errors import BusyError, InputError, IntegrityError
from evqa.model import Document, Integrity
from evqa.settings import DEFAULT_MODEL, Settings
from index.corpus import StoredCorpus, kept_corpus, open_corpus
from index.disk.folder import corpus_folder, corpus_names, home_folder
from index.judging.judged import judged
from index.kept import note_use, sweep_kept
from index.models.reranking import check_reranker, reranked

if TYPE_CHECKING:
    from index.judging.local import JudgeModel

PATIENCE = 120.0


def opened(name: str | None, settings: Settings) -> Corpus:
    """The corpus of that name; without a name the usual one, or the built-in sample if the user has no corpus.

    Its passages are ranked and decided between as is set. Raises CorpusError when the named corpus doesn't exist
    or can't be opened, UsageError as `usual_corpus`, ModelError when the cross-encoder can't be a model.
    """
    check_reranker(settings.reranker)
    return as_set(stored_corpus(name, settings), settings)


def as_set(corpus: StoredCorpus, settings: Settings) -> Corpus:
    """The corpus as a question sees it: ranked by the cross-encoder that is set, with the judge that is set."""
    ranked = reranked(corpus, settings.reranker)
    return with_judge(ranked, settings, local_judge(corpus, lambda: judge_model(settings)), say)


def with_judge(
    corpus: Corpus, settings: Settings, local: Callable[[], Judge] | None, warn: Callable[[str], None]
) -> Corpus:
    """The corpus with the judge that is set; none beside a cross-encoder of the user's own, unless a model is set."""
    decides = settings.reranker and settings.judge == "local"
    return corpus if decides else judged(corpus, settings, local, warn)


def local_judge(corpus: StoredCorpus, model: Callable[[], "JudgeModel"]) -> Callable[[], Judge] | None:
    """What loads the local judge of a corpus; None for vectors of another model than that which it is fitted for."""
    if corpus.model != DEFAULT_MODEL:
        return None

    def load() -> Judge:
        from index.judging.local import LocalJudge  # nobody needs it until something is asked

        return LocalJudge(model(), corpus)

    return load


def judge_model(settings: Settings) -> "JudgeModel":
    """The network of the local judge, made ready where it isn't."""
    from index.judging import ready

    return ready.judge_model(home_folder(settings))


def stored_corpus(name: str | None, settings: Settings) -> StoredCorpus:
    """The same as it was stored, to be closed by who opened it."""
    home = home_folder(settings)
    if name := name or usual_corpus(home):
        corpus = open_corpus(home, name, warn=say)
        if line := asked_with(name, corpus.model, settings):
            say(line)
        return _filled(corpus)
    say("no corpus of your own yet, so this is the built-in sample; make your own with `evqa ingest PATH`")
    return opened_sample(settings)


def usual_corpus(home: Path) -> str | None:
    """The corpus that is meant if none is named: `default`, else the only one of the user's own, which is said.

    None if the user has none. Raises UsageError, which lists them, if there are several without a default.
    """
    name = usual_name(corpus_names(home), "with --corpus NAME")
    if name not in (None, DEFAULT):
        say(f"no corpus is called {DEFAULT}, so this is {name}, the only one of your own")
    return name


def opened_sample(settings: Settings) -> StoredCorpus:
    """The built-in sample, indexed where it isn't yet."""
    from ingest.sample import sample_path  # a stored corpus is asked without any reader

    return _kept(SAMPLE, [sample_path()], settings, strict=False)


def sample_name(settings: Settings) -> str:
    """The name under which the built-in sample is indexed, or would be."""
    from ingest.sample import sample_path

    return _name(SAMPLE, [_digest(sample_path())], settings)


def _filled(corpus: StoredCorpus) -> StoredCorpus:
    if not corpus.state.documents:
        say(f"corpus {corpus.state.name} holds no document; put one there with `evqa ingest PATH`")
    return corpus


def opened_files(paths: Sequence[Path], settings: Settings, strict: bool = False, ocr: bool = False) -> Corpus:
    """A corpus of these files, found again by their contents, built where it isn't there yet.

    Raises InputError naming a file that can't be read, ModelError as `opened`, with `strict` IntegrityError for a file
    with gaps, with `ocr` ExtraError if it isn't installed.
    """
    check_reranker(settings.reranker)
    return as_set(files_corpus(paths, settings, strict, ocr), settings)


def files_corpus(paths: Sequence[Path], settings: Settings, strict: bool = False, ocr: bool = False) -> StoredCorpus:
    """The same as it was stored, to be closed by who opened it."""
    corpus = _kept(FILES, _files_of(paths), settings, strict, ocr)
    if strict:
        check_sound(corpus)
    return corpus


def check_sound(corpus: Corpus) -> None:
    """Raise IntegrityError for the first document of the corpus that has gaps."""
    for outline in corpus.outlines():
        _check_sound(outline.source.name, outline.integrity)


def _files_of(paths: Sequence[Path]) -> list[Path]:
    from api.intake.found_files import Refused, found_files  # a stored corpus is asked without any reader

    found = found_files(paths)
    for item in found.items:
        if isinstance(item, Refused):
            raise item.error
    return found.files


def _kept(use: str, files: Sequence[Path], settings: Settings, strict: bool, ocr: bool = False) -> StoredCorpus:
    home = home_folder(settings)
    digests = [_digest(file) for file in files]
    name, readers = _name(use, [*digests, *["ocr"] * ocr], settings), readers_fingerprint(home)
    corpus = _found(home, name, frozenset(digests)) or _built(home, name, settings.model, _read(files, strict, ocr))
    note_use(corpus_folder(home, name), readers)
    sweep_kept(home, is_remade, readers)
    return corpus


def _name(use: str, digests: Sequence[str], settings: Settings) -> str:
    readers = readers_fingerprint(home_folder(settings))
    contents = hashlib.sha256("\n".join([settings.model, readers, *digests]).encode()).hexdigest()
    return f"{use}.{contents[:16]}"


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise InputError(file, "can't be read", "check the path", error.strerror) from error


def _found(home: Path, name: str, digests: frozenset[str]) -> StoredCorpus | None:
    """The corpus, if it holds every file: a process that was killed leaves some behind."""
    corpus = kept_corpus(home, name, say)
    is_whole = corpus and digests <= {outline.source.sha256 for outline in corpus.outlines()}
    return corpus if is_whole else None


def _read(files: Sequence[Path], strict: bool, ocr: bool) -> list[Document]:
    from ingest.reader import read  # what is found again needs no reader

    documents = [read(file, name, ocr) for file, name in file_names(files).items()]
    for document in documents if strict else ():
        _check_sound(document.source.name, document.integrity)
    for document in documents:
        if not document.integrity.is_sound:
            say(gaps_line(document.source.name, document.integrity))
        if line := recognised_line(document.integrity):
            say(f"{document.source.name}: {line}")
    return documents


def _built(home: Path, name: str, model: str, documents: Sequence[Document]) -> StoredCorpus:
    """The corpus with the documents stored; where another process is building the same, wait for it."""
    say(f"indexing {', '.join(document.source.name for document in documents)} once; next time it is found ready")
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _store(home, name, model, documents)
        except BusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return open_corpus(home, name, warn=say)


def _store(home: Path, name: str, model: str, documents: Sequence[Document]) -> None:
    from index.writer import writing  # nor a writer
    from ingest.passages import passages

    with writing(home, name, model) as writer:
        for document in documents:
            writer.put(document, passages(document))


def _check_sound(file: str, integrity: Integrity) -> None:
    if not integrity.is_sound:
        raise IntegrityError(
            file, defects(integrity), "leave out strict to ask it as it is: answers say where it matters"
        )
