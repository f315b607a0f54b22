"""How far a run over many files has come: a bar on stderr where someone is looking, else nothing."""

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


class Bar:
    """Files done of all, files and passages a second, time left, and the file whose turn it is.

    While it is shown, what is printed appears above it.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._progress: Progress | None = None

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Puts the bar away."""
        self._stack.close()

    def begin(self, files: int) -> None:
        """Shows the bar, if there is more than one file and someone is looking."""
        if files > 1 and is_watched():
            self._progress = self._stack.enter_context(shown())
            self._progress.add_task("", total=files, passages=0)

    def turn(self, path: Path) -> None:
        """Names the file whose turn it is."""
        if self._progress:
            self._progress.update(self._progress.tasks[0].id, description=printable(path.name))

    def advance(self, passages: int) -> None:
        """One file more is done, which has so many passages."""
        if self._progress:
            task = self._progress.tasks[0]
            self._progress.update(task.id, advance=1, passages=task.fields["passages"] + passages)


def shown() -> "Progress":
    """A bar on stderr; it is put away when it is done."""
    from rich.console import Console  # only where there is a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: "Task") -> "Text":
            return Text(speed_text(task.completed, task.fields["passages"], task.elapsed or 0.0))

    return Progress(
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("files"),
        Speed(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )


def speed_text(files: float, passages: int, seconds: float) -> str:
    """Files and passages a second since the run began."""
    if seconds <= 0 or not files:
        return "–"
    return f"{files / seconds:.1f} files/s {passages / seconds:.0f} passages/s"
