"""Peak memory of a process and its descendants, from /proc; without /proc only that of this process."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def peak_of(pid: int) -> int:
    """The sum of the largest resident memory of a process and of each living descendant, in bytes.

    It is an upper bound of what they used at one time. 0 for a process that has ended, and on Windows.
    """
    if not PROC.is_dir():
        return _own_account() if pid == os.getpid() else 0
    family = {pid}
    for child, parent in _parents():
        if parent in family:
            family.add(child)
    return sum(_high_water(member) for member in family)


def forget_peak() -> None:
    """Reset the largest resident memory of this process, if the system can do that."""
    with contextlib.suppress(OSError):
        (PROC / "self" / "clear_refs").write_text("5", encoding="ascii")


def _parents() -> Iterator[tuple[int, int]]:
    """(process, its parent), sorted by number: a child usually has a larger number than its parent."""
    for pid in sorted(int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()):
        with contextlib.suppress(OSError):
            after_name = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            yield pid, int(after_name.split()[1])


def _high_water(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in (PROC / str(pid) / "status").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def _own_account() -> int:
    try:
        import resource
    except ImportError:  # Windows keeps no such account
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
