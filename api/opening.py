"""Which corpus is asked: the one that was named, the default, the built-in sample, or one made of given files."""

import hashlib
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.corpus_names import DEFAULT, FILES, SAMPLE
from api.terminal import say
from evqa.errors import BusyError, InputError, IntegrityError

if TYPE_CHECKING:
    from api.storing import Outcome, Shelf
    from evqa.library import Library
    from evqa.settings import Settings

PATIENCE = 120.0


def opened(name: str | None, settings: "Settings") -> "Library":
    """The corpus of that name; without a name the default, or the built-in sample where there is no default.

    Raises CorpusError when the named corpus doesn't exist or can't be opened.
    """
    from index.corpora import home_folder
    from index.corpus import open_corpus
    from index.folder import corpus_names

    home = home_folder(settings)
    if name or DEFAULT in corpus_names(home):
        return open_corpus(home, name or DEFAULT, warn=say)
    return _sample(settings)


def opened_files(paths: Sequence[Path], settings: "Settings", allow_partial: bool) -> "Library":
    """A corpus of these files, found again by their contents, built where it isn't there yet.

    Raises InputError naming a file that can't be read, IntegrityError for one that isn't sound.
    """
    from ingest.reader import find_files

    files = find_files(paths)
    library = _kept(FILES, files, settings, allow_partial)
    if not allow_partial:
        _check_sound(library)
    return library


def _sample(settings: "Settings") -> "Library":
    from ingest.sample import sample_path

    say("no corpus of your own yet: this is the built-in sample review; `evqa ingest PATH` makes your own")
    return _kept(SAMPLE, [sample_path()], settings, allow_partial=False)


def _kept(prefix: str, files: Sequence[Path], settings: "Settings", allow_partial: bool) -> "Library":
    from api.storing import Shelf
    from index.corpora import home_folder
    from index.corpus import open_corpus
    from index.folder import corpus_names

    home = home_folder(settings)
    name = f"{prefix}.{_content(files, settings.model)}"
    if name not in corpus_names(home):
        _build(files, Shelf(home, name, settings.model, allow_partial))
    return open_corpus(home, name, warn=say)


def _content(files: Sequence[Path], model: str) -> str:
    """16 hexadecimal digits that stand for the files' bytes, their order and the embedding model."""
    digests = [_digest(file) for file in files]
    return hashlib.sha256("\n".join([model, *digests]).encode()).hexdigest()[:16]


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as opened_file:
            return hashlib.file_digest(opened_file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{file} can't be read: {error.strerror}; check the path") from error


def _build(files: Sequence[Path], shelf: "Shelf") -> None:
    """Store the files, all or none; where another process is building the same, wait for it."""
    from api.storing import store

    say(f"indexing {', '.join(file.name for file in files)} once; the next question finds it ready")
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _check_stored(store(files, shelf, _ignore))
        except BusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _ignore(outcome: "Outcome") -> None:
    """The outcomes are looked at when all are there."""


def _check_stored(outcomes: "Iterable[Outcome]") -> None:
    for outcome in outcomes:
        if outcome.state == "failed":
            raise InputError(outcome.error)
        if outcome.state == "unsound":
            raise _unsound(outcome.file, outcome.error)


def _check_sound(library: "Library") -> None:
    from api.integrity_text import defects

    for outline in library.outlines():
        if not outline.integrity.is_sound:
            raise _unsound(outline.source.name, defects(outline.integrity))


def _unsound(file: str, why: str | None) -> IntegrityError:
    return IntegrityError(f"{file}: {why}; correct the file, or ask it as it is with --allow-partial")
