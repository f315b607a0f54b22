"""The names of files in a corpus."""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path


def file_names(files: Iterable[Path]) -> dict[Path, str]:
    """Each file with its name in the corpus; files of the same name get as many parent folders as tell them apart.

    Names have to differ: a corpus takes a file under a known name as the new version of the document it holds.
    """
    same_name: defaultdict[str, list[Path]] = defaultdict(list)
    for file in dict.fromkeys(files):
        same_name[file.name].append(file)
    return {file: as_text(name) for group in same_name.values() for file, name in _told_apart(group).items()}


def as_text(name: str) -> str:
    """The name as text, as sources are named: bytes that aren't UTF-8 are written as \\xff."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _told_apart(files: list[Path]) -> dict[Path, str]:
    paths = [file.absolute().parts for file in files]
    depth = 1
    while len({parts[-depth:] for parts in paths}) < len(set(paths)):
        depth += 1
    return {file: "/".join(parts[-depth:]) for file, parts in zip(files, paths, strict=True)}
