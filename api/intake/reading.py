"""One file read: its document and passages, or why there are none. Workers run this file as a program."""

import sys
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

from api.intake.file_names import as_text
from evqa.errors import EvqaError
from evqa.model import Document, Passage, Record
from ingest.passages import passages
from ingest.reader import read


class Reading(Record):
    """What a reader made of a file; without a document, `error` says why."""

    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    error: str = ""


def reading(path: Path, name: str) -> Reading:
    """The document in a file, its source called `name`, with its passages. Raises nothing that a file can cause."""
    try:
        document = read(path, name)
        return Reading(document=document, passages=passages(document))
    except EvqaError as error:
        return refused(str(error))
    except OSError as error:
        return refused(f"{path}: can't be read ({error.strerror}): check the path and its permissions")
    except MemoryError:
        return refused(f"{path}: reading it takes too much memory: split it into smaller files")
    except Exception as error:  # a fault of one reader mustn't end a run over many files
        return refused(f"{path}: the reader failed ({type(error).__name__}: {error}): report this file")


def refused(error: str) -> Reading:
    """A file that couldn't be read, and why."""
    return Reading(error=as_text(error))


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
    """Answers each (path, name) that comes with a Reading as JSON, until the other end closes.

    `memory`: bytes of address space that the process may take, where the system can bound them.
    """
    bound(memory)
    try:
        while True:
            path, name = tasks.recv()
            tasks.send_bytes(reading(path, name).model_dump_json().encode())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
