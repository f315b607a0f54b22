"""Text for a terminal: wrapped, without control characters, bold only in a terminal."""

import os
import shutil
import sys
import textwrap

from evqa.controls import STEERING, TURNING

NARROWEST, WIDEST = 80, 100
_CONTROLS = dict.fromkeys(STEERING | TURNING, " ")
_LAYOUT = frozenset(map(ord, "\t\n"))
# A space at which no line is broken; printable text holds none.
_JOINED = "\u00a0"


def width() -> int:
    """Line width: the terminal's, between 80 and 100 columns; 100 for a pipe or a file."""
    if not sys.stdout.isatty():
        return WIDEST
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def is_plain() -> bool:
    """Whether to print without bold: stdout isn't a terminal, NO_COLOR is set, or the terminal is dumb."""
    return not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def bold(text: str) -> str:
    """The text in bold if stdout is a terminal that can show it."""
    return text if is_plain() else f"\x1b[1m{text}\x1b[0m"


def dim(text: str) -> str:
    """The text dimmed if stdout is a terminal that can show it."""
    return text if is_plain() else f"\x1b[2m{text}\x1b[0m"


def printable(text: str) -> str:
    """The text on one line, without control characters: a file's text mustn't control the terminal."""
    return " ".join(text.translate(_CONTROLS).split())


def printable_lines(text: str) -> str:
    """The same for a text of several lines; its line breaks and tabs are kept."""
    return text.translate({code: shown for code, shown in _CONTROLS.items() if code not in _LAYOUT})


def wrapped(text: str, columns: int, first: str = "", indent: str = "", tail: str = "") -> list[str]:
    """Lines of at most `columns` characters. Words aren't broken, so a long word may exceed that.

    No line begins with the `tail`: its first word stays with the last one of the text.
    """
    lines = textwrap.wrap(
        printable(text) + (_JOINED + printable(tail) if tail else ""),
        columns,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_JOINED, " ") for line in lines]


def in_cells(text: str) -> str:
    """The text with a bar between the cells of a table row."""
    return text.replace("\t", " | ")


def say(message: str) -> None:
    """Print a message on stderr."""
    print(f"evqa: {printable(message)}", file=sys.stderr)


def say_wrong(message: str) -> None:
    """Print on stderr what went wrong, in red if that is a terminal that can show it."""
    told = f"evqa: {printable(message)}"
    is_plain = not sys.stderr.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    print(told if is_plain else f"\x1b[31m{told}\x1b[0m", file=sys.stderr)
