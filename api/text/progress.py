"""A progress bar on stderr for a run over many files, if stderr is a terminal."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from api.text.terminal import printable

if TYPE_CHECKING:
    from rich.progress import Progress, Task
    from rich.text import Text


def is_watched() -> bool:
    """Whether stderr is a terminal that can redraw a line."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


class ProgressBar:
    """Shows files done, files and passages a second, the time left and the current file.

    Printed lines appear above the bar. `unit`, `parts`: what is counted in place of files and passages; no parts if "".
    """

    def __init__(self, unit: str = "files", parts: str = "passages") -> None:
        self._unit = unit
        self._parts = parts
        self._stack = ExitStack()
        self._progress: Progress | None = None

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the bar."""
        self._stack.close()

    def begin(self, files: int) -> None:
        """Show the bar if there is more than one file and stderr is a terminal."""
        if files > 1 and is_watched():
            self._progress = self._stack.enter_context(shown(self._unit, self._parts))
            self._progress.add_task("", total=files, passages=0)

    def turn(self, path: Path) -> None:
        """Name the current file."""
        self.name(path.name)

    def name(self, name: str) -> None:
        """Say what is being done."""
        if self._progress:
            self._progress.update(self._progress.tasks[0].id, description=printable(name))

    def advance(self, passages: int, files: int = 1) -> None:
        """Count a file, or several, as done, with their number of passages."""
        if self._progress:
            task = self._progress.tasks[0]
            self._progress.update(task.id, advance=files, passages=task.fields["passages"] + passages)

    def extend(self, files: int) -> None:
        """Count so many files more as to be done."""
        if self._progress:
            task = self._progress.tasks[0]
            self._progress.update(task.id, total=(task.total or 0) + files)


def shown(unit: str = "files", parts: str = "passages") -> "Progress":
    """A bar on stderr that disappears at the end."""
    from rich.console import Console  # only where there is a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: "Task") -> "Text":
            return Text(speed_text(task.completed, task.fields["passages"], task.elapsed or 0.0, unit, parts))

    return Progress(
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn(unit),
        Speed(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )


def speed_text(files: float, passages: int, seconds: float, unit: str = "files", parts: str = "passages") -> str:
    """Files and passages a second since the run began."""
    if seconds <= 0 or not files:
        return "–"
    return f"{files / seconds:.1f} {unit}/s" + (f" {passages / seconds:.0f} {parts}/s" if parts else "")
