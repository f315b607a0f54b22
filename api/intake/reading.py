"""Reads one file: its document and passages, or why there are none. Workers run this module as a program."""

import sys
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

from api.intake.outcome import FileOutcome, failed
from evqa.errors import ErrorFacts, EvqaError
from evqa.model import Document, Passage, Record
from ingest.passages import passages
from ingest.reader import read


class FileReading(Record):
    """A file that was read: its document and passages, or else the outcome that says why it failed."""

    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    failed: FileOutcome | None = None


def reading(path: Path, name: str, ocr: bool = False) -> FileReading:
    """Read a file, calling its source `name`, with OCR if asked. Whatever is wrong with it becomes a failed outcome."""
    try:
        document = read(path, name, ocr)
        return FileReading(document=document, passages=passages(document))
    except EvqaError as error:
        facts = error.facts
    except OSError as error:
        facts = ErrorFacts(path, "can't be read", "check the path and its permissions", error.strerror or "")
    except MemoryError:
        facts = ErrorFacts(path, "reading it takes too much memory", "split it into smaller files")
    except Exception as error:  # a bug of one reader mustn't end a run over many files
        facts = ErrorFacts(path, "the reader failed", "report this file", f"{type(error).__name__}: {error}")
    return FileReading(failed=failed(path, facts))


def can_bound() -> bool:
    """Whether the system can bound the memory of a process: Windows has no way that Python knows, macOS no working
    one."""
    return find_spec("resource") is not None and sys.platform != "darwin"


def bound(memory: int) -> None:
    """Bound the address space of this process to so many bytes, where the system can."""
    if can_bound():
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))


def serve(tasks: Connection, memory: int) -> None:
    """Answer each (path, name, whether to use OCR) with a FileReading as JSON, until the other end closes.

    `memory` limits the process's address space, in bytes, where the system can.
    """
    bound(memory)
    try:
        while True:
            path, name, ocr = tasks.recv()
            tasks.send_bytes(reading(path, name, ocr).model_dump_json().encode())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
