"""What the files of one run are called in a corpus."""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path


def file_names(files: Iterable[Path]) -> dict[Path, str]:
    """Each file with its name; files of one name with as many of their folders in front as tell them apart.

    A corpus takes a file of a name that it knows for the new version of what it holds.
    """
    alike: defaultdict[str, list[Path]] = defaultdict(list)
    for file in dict.fromkeys(files):
        alike[file.name].append(file)
    return {file: as_text(name) for group in alike.values() for file, name in _told_apart(group).items()}


def as_text(name: str) -> str:
    """The name with bytes that aren't UTF-8 written as \\xff, as sources are called."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _told_apart(files: list[Path]) -> dict[Path, str]:
    parts = [file.absolute().parts for file in files]
    depth = 1
    while len({own[-depth:] for own in parts}) < len(set(parts)):
        depth += 1
    return {file: "/".join(own[-depth:]) for file, own in zip(files, parts, strict=True)}
