"""Files that others delete while they are looked at."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def vanishing(*victims: Path, looks: int) -> Iterator[None]:
    """Within the block each of these files is deleted when it has been looked at so many times."""
    stat, seen = Path.stat, Counter[Path]()

    def looked_at(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path in victims:
            if seen[path] == looks:
                path.unlink(missing_ok=True)
            seen[path] += 1
        return stat(path, follow_symlinks=follow_symlinks)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "stat", looked_at)
        yield
