"""Text as a terminal shows it: wrapped, without control characters, bold only where someone is looking."""

import os
import shutil
import sys
import textwrap

from evqa.controls import STEERING, TURNING

NARROWEST, WIDEST = 80, 100
_CONTROLS = dict.fromkeys(STEERING | TURNING, " ")
_LAYOUT = frozenset(map(ord, "\t\n"))


def width() -> int:
    """Columns to write in: the terminal's, from 80 to 100; always 100 for a pipe or a file."""
    if not sys.stdout.isatty():
        return WIDEST
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def is_plain() -> bool:
    """No colour: stdout isn't a terminal, NO_COLOR is set, or the terminal can't."""
    return not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def bold(text: str) -> str:
    """The text in bold, where that can be seen."""
    return text if is_plain() else f"\x1b[1m{text}\x1b[0m"


def printable(text: str) -> str:
    """The text on one line, without characters by which a file could steer the terminal."""
    return " ".join(text.translate(_CONTROLS).split())


def printable_lines(text: str) -> str:
    """The same for a text of several lines, whose line breaks and tabs are kept."""
    return text.translate({code: shown for code, shown in _CONTROLS.items() if code not in _LAYOUT})


def wrapped(text: str, columns: int, first: str = "", indent: str = "") -> list[str]:
    """Lines of at most `columns`, unless one word is longer; numbers, hyphens and addresses aren't broken."""
    return textwrap.wrap(
        printable(text),
        columns,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def in_cells(text: str) -> str:
    """A table row with its cells set apart by a bar; other text as it is."""
    return text.replace("\t", " | ")


def say(message: str) -> None:
    """A message to whoever is watching, on stderr."""
    print(f"evqa: {printable(message)}", file=sys.stderr)
