"""The `evqa` command: runs the named command and returns its exit code."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from io import TextIOWrapper
from types import ModuleType

from api import errors
from api.cli.arguments import Parser
from api.cli.mistakes import unknown_command, unknown_words
from evqa.settings import settings_from

# Each is a module of that name in this folder (but see MODULES), with `add(parser)` and `run(arguments, settings)`,
# which returns the exit code.
COMMANDS = {
    "ask": "answer a question with the text's own sentences and the references cited there",
    "search": "rank the passages for a question, without answering it",
    "ingest": "read files or folders, store, embed and index them",
    "read": "parse one file and show what was understood, without storing it",
    "refs": "show the bibliography, or one entry with every statement that cites it",
    "enrich": "look up whether the cited works still stand, and what they say",
    "table": "put questions to each document by itself, and print what they say side by side",
    "check": "check a quotation, or a draft's quotations and figures: verbatim, near or absent",
    "audit": "check the text's own citations: which don't fit, and what is wrong with the list",
    "corpora": "list the corpora with their sizes and state",
    "remove": "remove a document from a corpus",
    "clean": "remove caches and emptied corpora",
    "verify": "check every byte of a corpus",
    "export": "write a corpus to one file, with checksums",
    "import": "make a corpus of such a file, once every byte is checked",
    "eval": "measure a corpus, or a stored run of any system, on a gold set",
    "serve": "answer over HTTP",
    "keys": "make, list and revoke the keys of the service",
    "mcp": "answer an assistant, as tools of the Model Context Protocol",
    "completion": "print a script by which a shell completes commands and options",
    "help": "explain evqa, or one command",
}
# Python allows no module of that name.
MODULES = {"import": "importing"}
DEBUG = "show where an error came from"


def parsers(named: Iterable[str] = tuple(COMMANDS)) -> tuple[Parser, dict[str, Parser]]:
    """The parser of the whole command line, and the parsers of its commands by name.

    Only the named commands get their arguments; the others are only listed. So `evqa --help` imports no command, and
    a command imports only what it needs.
    """
    root = Parser(prog="evqa", description="Ask a scientific review; get its own words and its own references.")
    root.add_argument("--version", action=_Version, nargs=0, help="print the version")
    root.add_argument("--debug", action="store_true", help=DEBUG)
    subparsers = root.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    commands = {}
    for name, summary in COMMANDS.items():
        command = subparsers.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if name in named:
            _module(name).add(command)
        command.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=DEBUG)
        commands[name] = command
    return root, commands


class _Version(argparse.Action):
    """`--version`. The version is looked up only if it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print name and version, and end."""
        from importlib.metadata import version

        print(f"{parser.prog} {version('evqa')}")
        parser.exit()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an error is one line on stderr."""
    given = list(sys.argv[1:] if argv is None else argv)
    _open_closed_streams()
    _settle_streams()
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        return _close_quietly()
    except KeyboardInterrupt:
        print("evqa: interrupted; what was stored is kept", file=sys.stderr)
        return errors.INTERRUPTED
    except Exception as error:
        return _report(error, debug="--debug" in given)
    return code


def _run(given: list[str]) -> int:
    named = next((word for word in given if not word.startswith("-")), None)
    if named is not None and named not in COMMANDS:
        raise unknown_command(named, [word for word in given if not word.startswith("-")], COMMANDS)
    root, commands = parsers([named] if named else [])
    try:
        arguments, left = root.parse_known_args(given)
    except SystemExit:  # argparse's way out after --help; its errors are UsageErrors here
        return errors.DONE
    if left:
        raise unknown_words(left, commands[arguments.command])
    code: int = _module(arguments.command).run(arguments, settings_from(os.environ))
    return code


def _module(command: str) -> ModuleType:
    return import_module(f"api.cli.{MODULES.get(command, command)}")


def _report(error: Exception, debug: bool) -> int:
    if debug:
        import traceback  # only here

        traceback.print_exception(error)
    print(errors.described(error), file=sys.stderr)
    return errors.exit_code(error)


def _open_closed_streams() -> None:
    """Open closed streams (`>&-`) on the null device. Otherwise the next opened file would get the stream's number
    and receive what is printed."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def _settle_streams() -> None:
    """Write UTF-8 and plain line ends to files and pipes. A terminal keeps its encoding, but printing can't fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _close_quietly() -> int:
    """End when the reader of our output is gone. Without the null device Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return errors.CLOSED_PIPE


if __name__ == "__main__":
    sys.exit(main())
