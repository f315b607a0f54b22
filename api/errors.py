"""The one table that turns an error into an exit code and an HTTP status, and the one line it is reported in."""

from typing import NamedTuple

from api.text.terminal import printable
from evqa.errors import (
    CorpusError,
    EvqaError,
    ExtraError,
    InputError,
    IntegrityError,
    MarkerError,
    ModelError,
    StorageError,
    UsageError,
)

DONE, INTERNAL, USAGE, INSUFFICIENT, UNREADABLE, UNSOUND, NO_CORPUS = range(7)
CLOSED_PIPE, INTERRUPTED = 141, 130


class AbsentError(CorpusError):
    """When a corpus or one of its entries is asked for by a name that it doesn't have."""


class OverloadError(EvqaError):
    """When more requests are waiting than the service can take."""


class Ends(NamedTuple):
    """How an error ends: the exit code of a command, the HTTP status of a request."""

    code: int
    status: int


ENDS: dict[type[Exception], Ends] = {
    UsageError: Ends(USAGE, 422),
    ModelError: Ends(USAGE, 503),
    ExtraError: Ends(USAGE, 503),
    InputError: Ends(UNREADABLE, 422),
    MarkerError: Ends(UNREADABLE, 422),
    IntegrityError: Ends(UNSOUND, 422),
    AbsentError: Ends(NO_CORPUS, 404),
    StorageError: Ends(NO_CORPUS, 507),
    CorpusError: Ends(NO_CORPUS, 503),
    OverloadError: Ends(INTERNAL, 503),
    OSError: Ends(NO_CORPUS, 500),
    EvqaError: Ends(INTERNAL, 500),
}


def ends(error: BaseException) -> Ends:
    """How the error ends, by its nearest class in the table; what evqa didn't foresee is internal."""
    return next((ENDS[kind] for kind in type(error).__mro__ if kind in ENDS), Ends(INTERNAL, 500))


def exit_code(error: BaseException) -> int:
    """Exit code of an error."""
    return ends(error).code


def http_status(error: BaseException) -> int:
    """HTTP status of an error."""
    return ends(error).status


def described(error: BaseException) -> str:
    """The error in one line: what, which value, what to do next."""
    said = printable(str(error))
    if isinstance(error, EvqaError):
        return f"evqa: {said}"
    if isinstance(error, OSError):
        where = printable(str(error.filename or "the system"))
        return f"evqa: {where}: {error.strerror or said}; check EVQA_HOME and the disk"
    return f"evqa: internal error: {type(error).__name__}: {said}; run again with --debug to see where"
