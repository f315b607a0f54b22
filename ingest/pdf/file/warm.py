"""A process that has imported everything and forks a child for each PDF: a file then pays for no interpreter's start.

It opens no file itself, so what damages one child doesn't reach the next. A request on stdin is the length of the bytes
in eight bytes, then the bytes. What the child writes goes straight to stdout; behind it comes a line that begins with
NUL: how the child ended, its processor time and what it wrote on stderr, as JSON.
"""

import gc
import json
import os
import sys
import traceback
from typing import NoReturn

from ingest.pdf.file.child import read_file
from ingest.pdf.file.pdfium import Pdfium
from ingest.pdf.known.apart import prepare

HEAD = 8
END = b"\n\0"
_TOLD = 4_000


def main(library: str, package: str = "") -> None:
    """Answer requests until stdin ends. `package`: the folder of pypdf."""
    prepare(package)
    pdfium = Pdfium(library)
    gc.disable()
    gc.freeze()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(head := requests.read(HEAD)) == HEAD:
        code, seconds, told = _forked(pdfium, requests.read(int.from_bytes(head)), package)
        answers.write(END + json.dumps([code, seconds, told]).encode() + b"\n")
        answers.flush()


def _forked(pdfium: Pdfium, data: bytes, package: str) -> tuple[int, float, str]:
    """Read a file in a fork. Return its exit code, negative for a signal, its processor time and last words."""
    source, sink = os.pipe()
    # A child that says too much loses words, but doesn't wait.
    os.set_blocking(sink, False)
    process = os.fork()
    if process == 0:
        _read(pdfium, data, package, sink)
    os.close(sink)
    _, status, spent = os.wait4(process, 0)
    os.set_blocking(source, False)
    try:
        told = os.read(source, 1 << 16)
    except BlockingIOError:
        told = b""
    os.close(source)
    return os.waitstatus_to_exitcode(status), spent.ru_utime + spent.ru_stime, told.decode(errors="replace")[-_TOLD:]


def _read(pdfium: Pdfium, data: bytes, package: str, sink: int) -> NoReturn:
    """Read a file and end the process, whatever happens: nothing may return into the loop of requests."""
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(sink, 2)
        read_file(pdfium, data, package)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(1)
