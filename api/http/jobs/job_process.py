"""The server's end of the process that stores and removes documents (`job_program`)."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evqa.settings import Settings

# Bytes of one line: a report on many files with everything that is wrong with each.
LONGEST = 1 << 28
# Seconds that it has to end in order; what it had stored by then is kept.
ENDING = 20.0
CRASHED = "the process that stores documents died (status {}); the server's log has more, send the files again"


@dataclass(frozen=True)
class Ended:
    """How it ended: a report, a cancellation, or an error of a kind."""

    report: Mapping[str, Any] | None = None
    is_cancelled: bool = False
    kind: str = ""
    detail: str = ""


class Stopped(Exception):  # noqa: N818
    """When the process was told to stop and had nothing more to say."""


class JobProcess:
    """A running process; `cancel` and `stop` may be called from any task."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._is_stopped = False

    def cancel(self) -> None:
        """Tells it to take out what it has stored, and end."""
        self._say(b"cancel\n")

    def stop(self) -> None:
        """Tells it to end and leave what it has stored."""
        self._is_stopped = True
        if self._process.stdin:
            self._process.stdin.close()

    async def followed(self, on_progress: Callable[[dict[str, Any]], Awaitable[object]]) -> Ended:
        """Hands over each progress, in order, and returns how the process ended. Raises Stopped after `stop`."""
        assert self._process.stdout
        found = None
        async for line in self._process.stdout:
            told = json.loads(line)
            if "progress" in told:
                await on_progress(told["progress"])
            else:
                found = _ended(told)
        status = await self._process.wait()
        if found is None and self._is_stopped:
            raise Stopped
        return found or Ended(kind="Crash", detail=CRASHED.format(status))

    async def end(self) -> None:
        """Waits until it has ended after `stop`, and kills it when that takes too long."""
        self.stop()
        try:
            async with asyncio.timeout(ENDING):
                await self._process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    def _say(self, word: bytes) -> None:
        if self._process.stdin and not self._process.stdin.is_closing():
            self._process.stdin.write(word)


def _ended(told: Mapping[str, Any]) -> Ended:
    if "report" in told:
        return Ended(report=told["report"])
    if "failed" in told:
        return Ended(kind=told["failed"]["kind"], detail=told["failed"]["detail"])
    return Ended(is_cancelled=True)


@asynccontextmanager
async def process_for(home: Path, corpus: str, settings: Settings, **order: Any) -> AsyncIterator[JobProcess]:
    """A process that carries out an order (the fields of `job_program.Order`), ended when the block does."""
    process = await asyncio.create_subprocess_exec(
        # -P: the folder that the server was started in isn't searched for modules.
        *(sys.executable, "-P", "-m", "api.http.jobs.job_program"),
        stdin=PIPE,
        stdout=PIPE,
        stderr=None if sys.stderr else DEVNULL,
        limit=LONGEST,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        process_group=0,
    )
    running = JobProcess(process)
    try:
        running._say(
            json.dumps({"home": str(home), "corpus": corpus, "model": settings.model, **order}).encode() + b"\n"
        )
        yield running
    finally:
        await asyncio.shield(running.end())
