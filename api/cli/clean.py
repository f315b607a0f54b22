"""`evqa clean`: remove what can be made again, and what holds nothing."""

import argparse
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from api.cli.arguments import add_json
from api.corpus_names import Use, use_of
from api.errors import DONE
from api.text.json_text import json_text
from api.text.terminal import printable, say
from evqa.errors import BusyError
from evqa.settings import Settings
from index.archive import IMPORTING
from index.corpora import CorpusSummary, size_of, summary
from index.disk.folder import corpus_names, home_folder
from index.disk.lock import HOLDER, LOCK
from index.kept import SWEPT, take_away
from index.store.failures import FAILURES, failures_in

CACHES: dict[Use, str] = {"files": "files asked directly", "sample": "the built-in sample"}
# What a folder may hold that never held a document.
BARE = frozenset({LOCK, HOLDER, FAILURES})
SHOWN = 3


@dataclass(frozen=True)
class Leftover:
    """A folder among the corpora that nobody misses: its name, why, and bytes on the disk."""

    name: str
    why: str
    bytes: int


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa clean`."""
    parser.epilog = (
        "Caches are the indexes of files asked with --in and of the sample: they are made again when they are needed. "
        "Your own corpora are kept, unless they are empty."
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Remove caches, emptied corpora and what interrupted runs left.

    One that is in use stays, and so does a folder that is no corpus, unless it is empty; both are said.
    """
    home = home_folder(settings)
    for folder in strangers(home):
        say(_kept(folder))
    gone = [each for each in leftovers(home) if arguments.dry_run or _removed(home, each)]
    if arguments.json:
        print(json_text([asdict(each) for each in gone]))
        return DONE
    for each in gone:
        print(printable(f"{each.name}: {each.why}, {each.bytes / 1e6:.1f} MB"))
    size = sum(each.bytes for each in gone) / 1e6
    said = f"{len(gone)} to remove" if arguments.dry_run else f"{len(gone)} removed"
    print(f"{said}, {size:.1f} MB" if gone else "nothing to remove")
    return DONE


def leftovers(home: Path) -> Iterator[Leftover]:
    """What can be removed, by name."""
    corpora = home / "corpora"
    known = corpus_names(home)
    for folder in _folders(corpora):
        if folder.name.startswith(SWEPT):
            yield Leftover(folder.name, "left by a removal that was interrupted", size_of(folder))
        elif folder.name.startswith(IMPORTING):
            yield Leftover(folder.name, "left by an import that was interrupted", size_of(folder))
        elif folder.name in known:
            found = summary(home, folder.name)
            if why := CACHES.get(use_of(folder.name)) or _emptied(found):
                yield Leftover(folder.name, why, found.bytes)
        elif _is_bare(folder) and not failures_in(folder):
            yield Leftover(folder.name, "never held a document", size_of(folder))


def strangers(home: Path) -> list[Path]:
    """The folders among the corpora that are none, or have lost their records, and hold something."""
    known = corpus_names(home)
    others = (each for each in _folders(home / "corpora") if each.name not in known)
    return [each for each in others if not each.name.startswith((SWEPT, IMPORTING)) and not _is_bare(each)]


def _folders(corpora: Path) -> list[Path]:
    return sorted(each for each in corpora.iterdir() if each.is_dir()) if corpora.is_dir() else []


def _is_bare(folder: Path) -> bool:
    """Whether a folder holds nothing but locks and the list of failed files, which may be empty."""
    return BARE.issuperset(_names(folder))


def _names(folder: Path) -> list[str]:
    """What a folder holds; nothing if another process has just removed it."""
    try:
        return sorted(each.name for each in folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        return [f"what can't be listed ({error.strerror})"]


def _kept(folder: Path) -> str:
    names = _names(folder)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    why = f"it is no corpus, or has lost its records, and holds {', '.join(names[:SHOWN])}{more}"
    return f"{folder.name!r} is kept: {why}; delete it by hand if nobody needs it"


def _emptied(found: CorpusSummary) -> str:
    """Why a corpus of the user's own is nothing to keep; "" if it is."""
    is_empty = not found.documents and not found.failed and not found.state.startswith("damaged")
    return "a corpus without documents" if is_empty else ""


def _removed(home: Path, leftover: Leftover) -> bool:
    folder = home / "corpora" / leftover.name
    if leftover.name.startswith(SWEPT):
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()
    try:
        with suppress(FileNotFoundError):  # another process has just removed it
            take_away(folder)
            return True
    except BusyError as error:
        say(f"{error}")
    return False
