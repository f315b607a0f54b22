"""The server's end of the process that stores and removes documents (`job_program`)."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from api.http.jobs.job import Ended
from evqa.errors import ErrorFacts
from evqa.settings import Settings

# Bytes of one line at most: a report on many files with all their findings.
LONGEST = 1 << 28
# Seconds to end in order before it is killed; what is stored by then is kept.
ENDING = 20.0
LOST = "the process that stores documents"


class Stopped(Exception):  # noqa: N818
    """When the process was told to stop and ended without a result."""


class JobProcess:
    """A running process; `cancel` and `stop` may be called from any task."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._is_stopped = False

    def cancel(self) -> None:
        """Tell the process to remove what it has stored, and to end."""
        self._say(b"cancel\n")

    def stop(self) -> None:
        """Tell the process to end and keep what it has stored."""
        self._is_stopped = True
        if self._process.stdin:
            self._process.stdin.close()

    async def followed(self, on_progress: Callable[[dict[str, Any]], Awaitable[object]]) -> Ended:
        """Pass on each progress, in order, and return how the process ended. Raises Stopped after `stop`."""
        assert self._process.stdout
        ended = None
        async for line in self._process.stdout:
            message = json.loads(line)
            if "progress" in message:
                await on_progress(message["progress"])
            else:
                ended = Ended.model_validate(message["ended"])
        status = await self._process.wait()
        if ended is None and self._is_stopped:
            raise Stopped
        return ended or _crashed(status)

    async def end(self) -> None:
        """Stop the process, wait until it has ended, and kill it if that takes too long."""
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


def _crashed(status: int) -> Ended:
    step = "the server's log has more, send the files again"
    return Ended(kind="Crash", failure=ErrorFacts(LOST, f"died (status {status})", step))


@asynccontextmanager
async def process_for(home: Path, corpus: str, settings: Settings, **order: Any) -> AsyncIterator[JobProcess]:
    """A process that carries out an order (the fields of `job_program.WorkOrder`). It ends with the block."""
    process = await asyncio.create_subprocess_exec(
        # -P: don't search the server's working folder for modules.
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
