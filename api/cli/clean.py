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
from index.corpora import CorpusSummary, size_of, summary
from index.disk.folder import corpus_names, home_folder
from index.kept import SWEPT, take_away
from index.store.failures import failures_in

CACHES: dict[Use, str] = {"files": "files asked directly", "sample": "the built-in sample"}


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
    """Remove caches, emptied corpora and what interrupted runs left; one that is in use stays, which is said."""
    home = home_folder(settings)
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
    for folder in sorted(corpora.iterdir()) if corpora.is_dir() else ():
        if folder.name.startswith(SWEPT):
            yield Leftover(folder.name, "left by a removal that was interrupted", size_of(folder))
        elif folder.name in known:
            found = summary(home, folder.name)
            if why := CACHES.get(use_of(folder.name)) or _emptied(found):
                yield Leftover(folder.name, why, found.bytes)
        elif folder.is_dir() and not failures_in(folder):
            yield Leftover(folder.name, "never held a document", size_of(folder))


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
