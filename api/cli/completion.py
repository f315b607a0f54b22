"""`evqa completion`: what a shell needs to complete commands, options and files."""

import argparse
from pathlib import Path

from api.errors import DONE
from evqa.settings import Settings

SHELLS = ("bash", "fish", "zsh")
WHERE = """Write the script where your shell looks for it, then open a new one. bash:
~/.local/share/bash-completion/completions/evqa; fish: ~/.config/fish/completions/evqa.fish; zsh: a file named _evqa in
a folder of $fpath."""


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa completion`."""
    parser.epilog = WHERE
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=f"{', '.join(SHELLS[:-1])} or {SHELLS[-1]}")


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    """Print the script for a shell."""
    from shtab import FILE, complete

    from api.cli.main import parsers  # main finds this file by its name

    root, commands = parsers()
    for command in commands.values():
        for action in command._actions:
            if action.type is Path:
                action.complete = FILE  # type: ignore[attr-defined]
    print(complete(root, arguments.shell))
    return DONE
