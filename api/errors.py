"""The one table of errors: exit code, HTTP status and title. And the one line in which an error is reported."""

from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from api.text.terminal import printable
from evqa.errors import (
    BusyError,
    CorpusError,
    ErrorFacts,
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
    """When something is asked for by a name that doesn't exist: a corpus, a document, an entry."""


class OverloadError(EvqaError):
    """When more requests are waiting than the service can take."""


class Ends(NamedTuple):
    """How an error ends: the exit code of a command, the HTTP status of a request and its title.

    `retry`: seconds after which the same request may succeed; 0 where repeating it alone doesn't help.
    """

    code: int
    status: HTTPStatus
    retry: int = 0

    @property
    def title(self) -> str:
        """The title of a problem (RFC 9457): the phrase of its status."""
        return self.status.phrase


ENDS: dict[type[BaseException], Ends] = {
    UsageError: Ends(USAGE, HTTPStatus.UNPROCESSABLE_ENTITY),
    ModelError: Ends(USAGE, HTTPStatus.SERVICE_UNAVAILABLE),
    ExtraError: Ends(USAGE, HTTPStatus.SERVICE_UNAVAILABLE),
    InputError: Ends(UNREADABLE, HTTPStatus.UNPROCESSABLE_ENTITY),
    MarkerError: Ends(UNREADABLE, HTTPStatus.UNPROCESSABLE_ENTITY),
    IntegrityError: Ends(UNSOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    AbsentError: Ends(NO_CORPUS, HTTPStatus.NOT_FOUND),
    StorageError: Ends(NO_CORPUS, HTTPStatus.INSUFFICIENT_STORAGE),
    BusyError: Ends(NO_CORPUS, HTTPStatus.SERVICE_UNAVAILABLE, retry=5),
    CorpusError: Ends(NO_CORPUS, HTTPStatus.SERVICE_UNAVAILABLE),
    OverloadError: Ends(INTERNAL, HTTPStatus.SERVICE_UNAVAILABLE, retry=1),
    OSError: Ends(NO_CORPUS, HTTPStatus.INTERNAL_SERVER_ERROR),
    EvqaError: Ends(INTERNAL, HTTPStatus.INTERNAL_SERVER_ERROR),
    BaseException: Ends(INTERNAL, HTTPStatus.INTERNAL_SERVER_ERROR),
}


def ends_of(kind: type[BaseException]) -> Ends:
    """How errors of a class end, by the nearest class in the table; what evqa didn't foresee is internal."""
    return next(ENDS[each] for each in kind.__mro__ if each in ENDS)


def ends_named(kind: str) -> Ends:
    """How errors of a class end that another process told by name."""
    return next((ends for known, ends in ENDS.items() if known.__name__ == kind), ENDS[BaseException])


def exit_code(error: BaseException) -> int:
    """Exit code of an error."""
    return ends_of(type(error)).code


def http_status(error: BaseException) -> int:
    """HTTP status of an error."""
    return ends_of(type(error)).status


def described(error: BaseException) -> str:
    """The error in one line: what, which value, what to do next."""
    return f"evqa: {printable(_facts(error).line())}"


def _facts(error: BaseException) -> ErrorFacts:
    if isinstance(error, EvqaError):
        return error.facts
    if isinstance(error, OSError):
        subject = str(error.filename or "the system")
        return ErrorFacts(subject, error.strerror or str(error), "check EVQA_HOME and the disk")
    return ErrorFacts("internal error", f"{type(error).__name__}: {error}", "run again with --debug to see where")


def without_home(facts: ErrorFacts, home: Path) -> ErrorFacts:
    """The facts as a client of the service sees them.

    A path in the server's home begins with EVQA_HOME; what a package says is left out where it names the home.
    """
    subject = facts.subject
    if isinstance(subject, Path) and subject.is_relative_to(home):
        subject = str(Path("EVQA_HOME", subject.relative_to(home)))
    return replace(facts, subject=subject, cause="" if str(home) in facts.cause else facts.cause)
