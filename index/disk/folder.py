"""Where corpora and query models lie under the home folder."""

import re
from pathlib import Path

import platformdirs

from evqa.errors import CorpusError, UsageError
from evqa.language.misspelt import did_you_mean
from evqa.settings import Settings

RECORDS, CURRENT = "corpus.sqlite", "current"


def home_folder(settings: Settings) -> Path:
    """Where corpora live: as set, or the platform's user data folder."""
    return Path(settings.home or platformdirs.user_data_dir("evqa", appauthor=False)).expanduser()


def corpus_folder(home: Path, name: str) -> Path:
    """The folder of a corpus, which need not exist.

    Raises UsageError unless the name is 1–64 of A–Z a–z 0–9 . _ - and doesn't start with a dot.
    """
    if not re.fullmatch(r"(?!\.)[A-Za-z0-9._-]{1,64}", name):
        step = "use 1 to 64 of A-Z a-z 0-9 . _ - and no dot in front"
        raise UsageError(f"corpus name {name[:80]!r}", "can't be one", step)
    return home / "corpora" / name


def corpus_names(home: Path) -> tuple[str, ...]:
    """Names of the corpora that exist, sorted. A corpus that has lost its records counts."""
    return tuple(
        sorted({path.parent.name for mark in (RECORDS, CURRENT) for path in (home / "corpora").glob(f"[!.]*/{mark}")})
    )


def existing_folder(home: Path, name: str) -> Path:
    """The folder of a corpus. Raises CorpusError, naming the corpora that exist, if it doesn't."""
    folder = corpus_folder(home, name)
    if not (folder / RECORDS).exists() and not (folder / CURRENT).exists():
        names = corpus_names(home)
        step = did_you_mean(name, names) or "run `evqa ingest` to make one"
        raise CorpusError(home, f"no corpus {name!r} in it, there is {', '.join(names) or 'none yet'}", step)
    return folder


def model_folder(home: Path, fingerprint: str) -> Path:
    """The folder of a query model, which need not exist."""
    return home / "models" / fingerprint


def current_of(folder: Path) -> str | None:
    """The number of a corpus's live generation; None if none was published or the file that names it is damaged."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    return name if name.isdigit() else None
