"""Where corpora and models lie under the home folder."""

import re
from pathlib import Path

from evqa.errors import CorpusError, UsageError

RECORDS, CURRENT = "corpus.sqlite", "current"


def corpus_folder(home: Path, name: str) -> Path:
    """The folder of the corpus of that name, which need not exist.

    Raises UsageError unless the name is 1–64 of A–Z a–z 0–9 . _ - and doesn't start with a dot.
    """
    if not re.fullmatch(r"(?!\.)[A-Za-z0-9._-]{1,64}", name):
        raise UsageError(f"corpus name {name[:80]!r}: use 1 to 64 of A-Z a-z 0-9 . _ - and no dot in front")
    return home / "corpora" / name


def corpus_names(home: Path) -> tuple[str, ...]:
    """Names of the corpora that exist, sorted; one that has lost its records is still there."""
    return tuple(
        sorted({path.parent.name for mark in (RECORDS, CURRENT) for path in (home / "corpora").glob(f"[!.]*/{mark}")})
    )


def existing_folder(home: Path, name: str) -> Path:
    """The folder of a corpus that exists. Raises CorpusError, naming those that do."""
    folder = corpus_folder(home, name)
    if not (folder / RECORDS).exists() and not (folder / CURRENT).exists():
        names = ", ".join(corpus_names(home)) or "none yet"
        raise CorpusError(f"no corpus {name!r} under {home}: there is {names}; run `evqa ingest` to make one")
    return folder


def model_folder(home: Path, fingerprint: str) -> Path:
    """The folder of the query model with that fingerprint, which need not exist."""
    return home / "models" / fingerprint
