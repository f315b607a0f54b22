"""Have pypdf read what a PDF knows of itself, in a fork of the child process.

pypdf is pure Python and meets files that nobody vouches for: it may loop, recurse or fill memory. So it runs in a fork,
with less time than PDFium has. Whatever ends the fork, the pages are still read. Nothing that the fork alone needs is
imported here: the child would pay for it.
"""

import contextlib
import ctypes
import json
import os
import select
import signal
import sys
import time
from typing import Any

# Waiting costs nothing but time: on a busy machine five seconds of work take longer.
SECONDS, PATIENCE = 5, 20.0
ANSWER = 30_000_000
_CHUNK = 1 << 16
_DEEPEST = 900
_END_WITH_PARENT = 1
# Without any of these a file holds nothing that is looked for, or it is too damaged to find it.
_SIGNS = (b"/Differences", b"/ObjStm", b"/Annots", b"/Outlines", b"/Dests", b"/Metadata", b"/Info", b"/Encrypt")
NOTHING: dict[str, Any] = {
    "links": [],
    "glyphs": {},
    "destinations": [],
    "outline": [],
    "metadata": ("", [], [], ""),
    "failed": [],
}


def knowledge(data: bytes, package: str) -> dict[str, Any] | None:
    """Return what a file knows of itself; None if it can't be read within time and memory.

    `package`: the folder of pypdf. "links" holds a list of rectangles for each page, "glyphs" the
    characters of fonts' codes (`glyphnames.py`); the rest is as in `records.py`.
    """
    if not package or not hasattr(os, "fork"):
        return None
    if not any(sign in data for sign in _SIGNS):
        return NOTHING
    source, sink = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(source)
        _answer(data, package, sink)
    os.close(sink)
    try:
        answer = _received(source)
    finally:
        os.close(source)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    try:
        told: dict[str, Any] | None = json.loads(answer)
    except ValueError:
        return None
    return told


def prepare(package: str) -> None:
    """Import what every fork needs, before any. `package`: the folder of pypdf; one that fails will fail there, too."""
    from ingest.pdf.known.reading import pypdf_in

    if package:
        with contextlib.suppress(Exception):
            pypdf_in(package)


def end_with_parent() -> None:
    """Have this process killed when its parent ends, where the platform can. A fork doesn't inherit it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)


def _answer(data: bytes, package: str, sink: int) -> None:
    """Write the answer and end the process, whatever happens: nothing may return into the code of the child."""
    try:
        _limit()
        from ingest.pdf.known.reading import read

        answer = json.dumps(read(data, package)).encode()
        while answer:
            answer = answer[os.write(sink, answer) :]
    finally:
        os._exit(0)


def _limit() -> None:
    sys.setrecursionlimit(_DEEPEST)
    import resource

    end_with_parent()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # What a failing pypdf would write is of no use to anybody.
    os.dup2(os.open(os.devnull, os.O_RDWR), 2)


def _received(source: int) -> bytes:
    """Return all that comes through a pipe, b"" if it takes too long or is too much."""
    end, parts, size = time.monotonic() + PATIENCE, list[bytes](), 0
    waiting = select.poll()
    waiting.register(source, select.POLLIN)
    while size < ANSWER and waiting.poll(max(0.0, end - time.monotonic()) * 1000):
        part = os.read(source, _CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
    return b""
