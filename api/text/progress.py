"""A progress bar on stderr for a run over many files, if stderr is a terminal."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from api.text.terminal import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress, Task
    from rich.text import Text


def is_watched() -> bool:
    """Whether stderr is a terminal that can redraw a line."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


class ProgressBar:
    """Shows that something happens, files done, files and passages a second, the time so far and the current file.

    Printed lines appear above the bar. `unit`, `parts`: what is counted in place of files and passages; no parts if "".
    """

    def __init__(self, unit: str = "files", parts: str = "passages") -> None:
        self._unit = unit
        self._parts = parts
        self._stack = ExitStack()
        self._whole = 0
        self._progress: Progress | None = None

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the bar."""
        self._stack.close()

    def begin(self, files: int) -> None:
        """Show the bar if there is any file and stderr is a terminal."""
        if files and is_watched():
            self._progress = self._stack.enter_context(shown(self._unit, self._parts))
            self._progress.add_task("", total=files, passages=0)

    @property
    def done(self) -> float:
        """Files done, the current one in part; 0 where no bar is shown."""
        return self._progress.tasks[0].completed if self._progress else 0.0

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
            self._whole += files
            self._progress.update(task.id, completed=self._whole, passages=task.fields["passages"] + passages)

    def partly(self, part: float) -> None:
        """Show how much of the current file is done, of 1. The bar never goes back."""
        if self._progress:
            task = self._progress.tasks[0]
            self._progress.update(task.id, completed=max(task.completed, self._whole + min(part, 1.0)))

    def extend(self, files: int) -> None:
        """Count so many files more as to be done."""
        if self._progress:
            task = self._progress.tasks[0]
            self._progress.update(task.id, total=(task.total or 0) + files)


def shown(unit: str = "files", parts: str = "passages") -> "Progress":
    """A bar on stderr that disappears at the end."""
    from rich.console import Console  # only where there is a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn
    from rich.table import Column
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: "Task") -> "Text":
            return Text(speed_text(task.completed, task.fields["passages"], task.elapsed or 0.0, unit, parts))

    class Clock(ProgressColumn):
        def render(self, task: "Task") -> "Text":
            return Text(clock_text(task.elapsed or 0.0))

    class Turning(SpinnerColumn):
        """Turns on when every file is done: publishing follows."""

        def render(self, task: "Task") -> "RenderableType":
            return self.spinner.render(task.get_time())

    return Progress(
        Turning(),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn(unit),
        Clock(),
        Speed(table_column=Column(no_wrap=True)),
        TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, ratio=1)),
        console=Console(stderr=True),
        expand=True,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )


def speed_text(files: float, passages: int, seconds: float, unit: str = "files", parts: str = "passages") -> str:
    """Files and passages a second since the run began."""
    if seconds <= 0 or not files:
        return "–"
    return f"{files / seconds:.1f} {unit}/s" + (f" {passages / seconds:.0f} {parts}/s" if parts else "")


def clock_text(seconds: float) -> str:
    """The time since the run began, as 2:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
