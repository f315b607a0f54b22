"""What all commands `python -m eval.…` share: options, exit codes, progress."""

import argparse
import sys
from collections.abc import Callable

from evqa.errors import EvqaError, UsageError
from evqa.model import Record


def parser_for(name: str, docstring: str | None) -> argparse.ArgumentParser:
    """A parser for `python -m eval.NAME`; it is described by the module's docstring, from its first ": " on."""
    text = (docstring or "").partition(": ")[2]
    return argparse.ArgumentParser(f"python -m eval.{name}", description=text[:1].upper() + text[1:])


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option --json."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")


def print_result(record: Record, lines: list[str], as_json: bool) -> None:
    """Print a record as one line of JSON, or its lines."""
    print(record.model_dump_json() if as_json else "\n".join(lines))


def exit_code(run: Callable[[], int | None], failed: int = 1, misused: int = 2) -> int:
    """Run a command and return its exit code: what `run` returns, 0 for None.

    An expected error is print_result as one line on stderr. The code is then `misused` for a UsageError, else `failed`.
    A package or reader that can't be imported is an expected error.
    """
    try:
        return run() or 0
    except (EvqaError, ImportError) as error:
        print(error, file=sys.stderr)
        return misused if isinstance(error, UsageError) else failed


def say(text: str) -> None:
    """Print a line of progress on stderr."""
    print(text, file=sys.stderr, flush=True)
