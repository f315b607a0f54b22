"""Work that requests wait for: a few threads, a bounded queue, and a refusal when it is full.

The standard library's pool queues without end, and uvicorn's limit counts connections, not work.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from api.errors import OverloadError
from api.http.counters import Counters

Result = TypeVar("Result")


class WorkQueue:
    """Work on `threads` requests at once, while at most `waiting` more wait.

    `stage` is the name under which the work is measured, `items` what an OverloadError says is waiting.
    """

    def __init__(self, threads: int, waiting: int, counters: Counters, stage: str, items: str) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=stage)
        self._most = threads + waiting
        self._counters, self._stage, self._items = counters, stage, items
        self.size = 0  # worked on or waiting

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return the result of `work`, called in one of the threads. Raises OverloadError if too many wait already."""
        if self.size >= self._most:
            raise OverloadError("", f"{self.size} {self._items} are waiting already", "try again in a second")
        self.size += 1
        try:
            due = time.perf_counter()
            return await asyncio.get_running_loop().run_in_executor(
                self._pool, copy_context().run, lambda: self._measured(work, due)
            )
        finally:
            self.size -= 1

    def close(self) -> None:
        """Wait for what is being worked on, and drop what waits."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _measured(self, work: Callable[[], Result], due: float) -> Result:
        self._counters.stages.labels("waiting").observe(time.perf_counter() - due)
        with self._counters.stage(self._stage):
            return work()
