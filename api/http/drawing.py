"""Work on PDFs that a request waits for: done by few at once, apart from the threads that answer, and kept."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api.errors import OverloadError
from api.http.bodies import Bodies, Body, Key
from api.http.staging import Watch, stage

# Each starts a process of its own, with limits on its time and memory.
AT_ONCE = 2
WAITING = 32
ROOM = 12_000_000


class Drawing:
    """So many pages are worked on at once, and so many more may wait; `room`: bytes of what is kept of earlier ones."""

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, room: int = ROOM, watch: Watch = lambda *_: None
    ) -> None:
        self._watch = watch
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="draw")
        self._most = at_once + waiting
        self._working = 0
        self._kept = Bodies(room)

    async def content(self, key: Key, make: Callable[[], bytes]) -> bytes:
        """What is made, or was made before under the same key. Raises OverloadError when too many wait already."""
        if found := self._kept.get(key):
            return found.content
        if self._working >= self._most:
            raise OverloadError("", f"{self._working} pages are waiting to be drawn already", "try again in a second")
        self._working += 1
        try:
            content = await asyncio.get_running_loop().run_in_executor(self._pool, self._watched, make)
        finally:
            self._working -= 1
        self._kept.put(key, Body(content, ""))
        return content

    def _watched(self, make: Callable[[], bytes]) -> bytes:
        with stage("drawing", self._watch):
            return make()

    def close(self) -> None:
        """Waits for what is being worked on."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@asynccontextmanager
async def drawing(app: FastAPI) -> AsyncIterator[None]:
    """Keeps a `Drawing` as `app.state.drawing`."""
    app.state.drawing = Drawing(watch=app.state.service.took)
    yield
    await asyncio.to_thread(app.state.drawing.close)
