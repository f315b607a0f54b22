"""Errors as exit codes and as one line."""

import pytest

from api.errors import AbsentError, OverloadError, described, exit_code, http_status
from evqa.errors import (
    BusyError,
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


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError, 2),
        (ModelError, 2),
        (ExtraError, 2),
        (InputError, 4),
        (MarkerError, 4),
        (IntegrityError, 5),
        (CorpusError, 6),
        (BusyError, 6),
        (StorageError, 6),
        (EvqaError, 1),
        (PermissionError, 6),
        (ValueError, 1),
        (RecursionError, 1),
    ],
)
def test_every_error_has_its_exit_code(error: type[Exception], code: int) -> None:
    """A class has the code of its nearest class in the table; an error that isn't ours is internal."""
    assert exit_code(error("x")) == code


def test_an_error_is_one_line() -> None:
    """Line breaks in a message don't make it two lines."""
    assert described(InputError("a file\nwith a name")) == "evqa: a file with a name"


def test_what_the_system_refuses_is_named() -> None:
    """An error of the system that nothing foresaw tells the path and what to look at."""
    error = NotADirectoryError(20, "Not a directory", "/x/corpora")
    assert described(error) == "evqa: /x/corpora: Not a directory; check EVQA_HOME and the disk"


def test_an_internal_error_says_how_to_see_more() -> None:
    """The line of an unforeseen error names its class, its message and --debug."""
    assert described(KeyError("x")) == "evqa: internal error: KeyError: 'x'; run again with --debug to see where"


@pytest.mark.parametrize("error", [InputError("\x1b[31m.md: no\nsuch file"), FileNotFoundError(2, "no", "\x1b[31m.md")])
def test_an_error_cannot_steer_the_terminal(error: Exception) -> None:
    """A file's name in an error's line is printed without control characters."""
    assert described(error).isprintable()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UsageError, 422),
        (InputError, 422),
        (IntegrityError, 422),
        (AbsentError, 404),
        (CorpusError, 503),
        (BusyError, 503),
        (ModelError, 503),
        (OverloadError, 503),
        (StorageError, 507),
        (EvqaError, 500),
        (PermissionError, 500),
        (ValueError, 500),
    ],
)
def test_every_error_has_its_status(error: type[Exception], status: int) -> None:
    """What the client can mend is a 4xx, what the server must is a 5xx; an error that isn't ours is a 500."""
    assert http_status(error("x")) == status
