"""The `evqa` command: finds the command that was named, runs it and answers for how it ended."""

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from types import ModuleType

from api import ask, corpora, errors, ingest, read, refs, remove, search, verify
from api import eval as evaluate
from api.arguments import Parser
from evqa.settings import settings_from

COMMANDS: dict[str, ModuleType] = {
    "ask": ask,
    "search": search,
    "ingest": ingest,
    "read": read,
    "refs": refs,
    "corpora": corpora,
    "remove": remove,
    "verify": verify,
    "eval": evaluate,
}
DEBUG = "show where an error came from"


def parser() -> Parser:
    """The whole command line. A command's module holds SUMMARY, `add(parser)` and `run(arguments, settings)`."""
    root = Parser(prog="evqa", description="Ask a scientific review; get its own words and its own references.")
    root.add_argument("--debug", action="store_true", help=DEBUG)
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=module.SUMMARY, description=f"{module.SUMMARY.capitalize()}.")
        module.add(command)
        command.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=DEBUG)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an error is one line on stderr."""
    given = list(sys.argv[1:] if argv is None else argv)
    _settle_streams()
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        return _close_quietly()
    except KeyboardInterrupt:
        return errors.INTERRUPTED
    except Exception as error:
        return _report(error, debug="--debug" in given)
    return code


def _run(given: list[str]) -> int:
    try:
        arguments = parser().parse_args(given)
    except SystemExit:  # argparse's way out after --help; its errors are UsageErrors here
        return errors.DONE
    code: int = COMMANDS[arguments.command].run(arguments, settings_from(os.environ))
    return code


def _report(error: Exception, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exception(error)
    print(errors.described(error), file=sys.stderr)
    return errors.exit_code(error)


def _settle_streams() -> None:
    """A file or a pipe gets UTF-8 and \\n on every platform; a terminal keeps its encoding but can't fail on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _close_quietly() -> int:
    """The reader of our output has gone: point stdout at nothing, or Python complains while it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return errors.CLOSED_PIPE


if __name__ == "__main__":
    sys.exit(main())
