"""What all commands of eval share."""

import pytest

from eval.command_line import exit_code, parser_for
from evqa.errors import EvqaError, InputError, UsageError


def test_a_command_that_succeeds() -> None:
    """The code is what the command returns, 0 for None."""
    assert exit_code(lambda: None) == 0
    assert exit_code(lambda: 3) == 3


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("--set", "given twice", "give it once"), 2),
        (InputError("a.md", "can't be read", "give a file"), 4),
        (EvqaError("the server", "ended", "run it by hand"), 4),
        (ImportError("no module of that name"), 4),
    ],
)
def test_an_expected_error_is_one_line(error: Exception, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """The message goes to stderr, nothing to stdout; wrong usage has a code of its own."""

    def fail() -> None:
        raise error

    assert exit_code(fail, failed=4) == code
    assert capsys.readouterr() == ("", f"{error}\n")


def test_an_error_of_the_program_is_raised() -> None:
    """A defect isn't hidden behind a line."""
    with pytest.raises(ZeroDivisionError):
        exit_code(lambda: 1 // 0)


def test_the_help_is_the_docstring() -> None:
    """The description begins behind the name of the command."""
    parser = parser_for("moss", "`python -m eval.moss`: count mosses: all of them.\n\nMore.")
    assert (parser.prog, parser.description) == ("python -m eval.moss", "Count mosses: all of them.\n\nMore.")
