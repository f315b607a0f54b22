"""Errors as exit codes and as one line."""

from pathlib import Path

import pytest

from api.errors import ENDS, AbsentError, OverloadError, described, ends_named, ends_of, without_home
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
    assert ends_of(error).code == code


def test_an_error_is_one_line() -> None:
    """Subject, reason and next step make one line, whatever line breaks they have."""
    assert (
        described(InputError("a file\nwith a name", "empty", "fill it")) == "evqa: a file with a name: empty; fill it"
    )


def test_what_the_system_refuses_is_named() -> None:
    """An error of the system that nothing foresaw tells the path and what to look at."""
    error = NotADirectoryError(20, "Not a directory", "/x/corpora")
    assert described(error) == "evqa: /x/corpora: Not a directory; check EVQA_HOME and the disk"


def test_an_internal_error_says_how_to_see_more() -> None:
    """The line of an unforeseen error names its class, its message and --debug."""
    assert described(KeyError("x")) == "evqa: internal error: KeyError: 'x'; run again with --debug to see where"


@pytest.mark.parametrize(
    "error", [InputError("\x1b[31m.md", "no\nsuch file", "check it"), FileNotFoundError(2, "no", "\x1b[31m.md")]
)
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
    assert ends_of(error).status == status


def test_the_facts_stay_facts() -> None:
    """An error carries its subject, reason, next step and cause; its words are made of them, without what is empty."""
    error = InputError(Path("a.md"), "can't be read", "check the path", "No such file")
    assert error.facts == ErrorFacts(Path("a.md"), "can't be read", "check the path", "No such file")
    assert str(error) == "a.md: can't be read (No such file); check the path"
    assert ErrorFacts("", "too many wait").line() == "too many wait"
    assert error.facts.about("b.md").line() == "b.md: can't be read (No such file); check the path"


def test_the_home_is_hidden_from_clients(tmp_path: Path) -> None:
    """A path in the home begins with EVQA_HOME, any other path stays; a cause that names the home is left out."""
    inside = ErrorFacts(tmp_path / "keys.json", "damaged", "restore it", f"no such file: {tmp_path}/keys.json")
    assert without_home(inside, tmp_path) == ErrorFacts("EVQA_HOME/keys.json", "damaged", "restore it")
    assert without_home(ErrorFacts(tmp_path, "x"), tmp_path).line() == "EVQA_HOME: x"
    outside = ErrorFacts(Path("/elsewhere/keys.json"), "damaged", "restore it", "disk i/o")
    assert without_home(outside, tmp_path) == outside


@pytest.mark.parametrize("kind", ENDS)
def test_an_error_of_another_process_ends_the_same(kind: type[BaseException]) -> None:
    """An error that is told by the name of its class ends as the class does; a name that isn't known is internal."""
    assert ends_named(kind.__name__) == ends_of(kind)
    assert ends_named("Crash").status == 500
