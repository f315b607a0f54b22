"""What a process costs is its own cost, not that of whoever starts it."""

import os
import sys
from collections.abc import Callable, Mapping

import pytest

from eval.cost.cold import cost, imported
from evqa.errors import EvqaError


def python(source: str) -> list[str]:
    return [sys.executable, "-c", source]


@pytest.mark.slow
def test_time_and_memory_are_those_of_the_command() -> None:
    """A process that sleeps 0.2 s and fills 150 MB costs at least that; its output is swallowed."""
    spent = cost(python("import time; time.sleep(0.2); print(len(b'x' * 150_000_000))"), os.environ)
    assert 0.2 <= spent.seconds < 5
    assert 150 <= spent.megabytes < 250


def test_a_large_starter_does_not_count() -> None:
    """Memory that the measuring process holds isn't put down to the command."""
    ballast = b"x" * 200_000_000
    assert cost(python("pass"), os.environ).megabytes < len(ballast) / 1e6


def test_imports_are_listed() -> None:
    """Modules imported by the command are named, also those of the standard library."""
    names = imported(python("import fractions"), os.environ)
    assert {"fractions", "decimal"} <= names
    assert "torch" not in names


@pytest.mark.slow
@pytest.mark.parametrize("measure", [cost, imported])
def test_a_failing_command_is_reported(measure: Callable[[list[str], Mapping[str, str]], object]) -> None:
    """The exit code and the last line that it wrote are in the message; a refusal (3) is no failure."""
    assert measure(python("raise SystemExit(3)"), os.environ) is not None
    with pytest.raises(EvqaError, match=r"ended with 1 \(ValueError: what went wrong\)"):
        measure(python("raise ValueError('what went wrong')"), os.environ)


def test_a_command_that_is_not_there_is_reported() -> None:
    """The message names the command and the next step."""
    with pytest.raises(EvqaError, match=r"/none/evqa: can't be started \(No such file or directory\); install"):
        imported(["/none/evqa"], os.environ)
