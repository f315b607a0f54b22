"""`evqa help`: what evqa does, or what one command does."""

import argparse

from api.cli.mistakes import unknown_command
from api.errors import DONE
from evqa.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa help`."""
    parser.add_argument("about", metavar="COMMAND", nargs="?", help="the command to explain (default: all, in short)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    """Print what `--help` prints. Raises UsageError for a command that there isn't."""
    from api.cli.main import COMMANDS, parsers  # main finds this file by its name

    about: str | None = arguments.about
    if about is not None and about not in COMMANDS:
        raise unknown_command(about, [about], COMMANDS)
    root, commands = parsers([about] if about else [])
    print((commands[about] if about else root).format_help(), end="")
    return DONE
