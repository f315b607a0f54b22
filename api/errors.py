"""The one table that turns an error into an exit code, and the one line it is reported in."""

from api.terminal import printable
from evqa.errors import CorpusError, EvqaError, InputError, IntegrityError, MarkerError, ModelError, UsageError

DONE, INTERNAL, USAGE, INSUFFICIENT, UNREADABLE, UNSOUND, NO_CORPUS = range(7)
CLOSED_PIPE, INTERRUPTED = 141, 130

EXIT_CODES: dict[type[Exception], int] = {
    UsageError: USAGE,
    ModelError: USAGE,
    InputError: UNREADABLE,
    MarkerError: UNREADABLE,
    IntegrityError: UNSOUND,
    CorpusError: NO_CORPUS,
    OSError: NO_CORPUS,
    EvqaError: INTERNAL,
}


def exit_code(error: BaseException) -> int:
    """Exit code of an error: that of its nearest class in the table; 1 for what evqa didn't foresee."""
    return next((EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES), INTERNAL)


def described(error: BaseException) -> str:
    """The error in one line: what, which value, what to do next."""
    said = printable(str(error))
    if isinstance(error, EvqaError):
        return f"evqa: {said}"
    if isinstance(error, OSError):
        where = printable(str(error.filename or "the system"))
        return f"evqa: {where}: {error.strerror or said}; check EVQA_HOME and the disk"
    return f"evqa: internal error: {type(error).__name__}: {said}; run again with --debug to see where"
