"""One file read: its document and passages, or why there are none. Workers run this file as a program."""

import resource
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from api.intake.outcome import Outcome, failed
from evqa.errors import ErrorFacts, EvqaError
from evqa.model import Document, Passage, Record
from ingest.passages import passages
from ingest.reader import read


class Reading(Record):
    """What a reader made of a file: its document and passages, or the outcome of a file that can't be read."""

    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    failed: Outcome | None = None


def reading(path: Path, name: str) -> Reading:
    """The document in a file, its source called `name`, with its passages. Raises nothing that a file can cause."""
    try:
        document = read(path, name)
        return Reading(document=document, passages=passages(document))
    except EvqaError as error:
        facts = error.facts
    except OSError as error:
        facts = ErrorFacts(path, "can't be read", "check the path and its permissions", error.strerror or "")
    except MemoryError:
        facts = ErrorFacts(path, "reading it takes too much memory", "split it into smaller files")
    except Exception as error:  # a fault of one reader mustn't end a run over many files
        facts = ErrorFacts(path, "the reader failed", "report this file", f"{type(error).__name__}: {error}")
    return Reading(failed=failed(path, facts))


def serve(tasks: Connection, memory: int) -> None:
    """Answers each (path, name) that comes with a Reading as JSON, until the other end closes.

    `memory`: bytes of address space that the process may take.
    """
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    try:
        while True:
            path, name = tasks.recv()
            tasks.send_bytes(reading(path, name).model_dump_json().encode())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
