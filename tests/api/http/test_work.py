"""Work that requests wait for."""

import asyncio
import threading

import pytest

from api.errors import OverloadError
from api.http.counters import Counters
from api.http.work import WorkQueue


def test_too_many_are_told_to_come_again() -> None:
    """Those at work and those that wait are answered, the next is refused at once; later there is room again."""
    gate = threading.Event()

    def slowly() -> bytes:
        gate.wait(30)
        return b"drawn"

    async def crowd() -> list[bytes]:
        queue = WorkQueue(1, 1, Counters(), "drawing", "pages")
        begun = [asyncio.create_task(queue.run(slowly)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(OverloadError, match="2 pages are waiting already; try again"):
            await queue.run(slowly)
        gate.set()
        found = [*await asyncio.gather(*begun), await queue.run(slowly)]
        assert queue.size == 0
        queue.close()
        return found

    assert asyncio.run(crowd()) == [b"drawn"] * 3


def test_work_is_measured_even_if_it_fails() -> None:
    """Its error goes to the caller, and its stage and its waiting are counted."""
    counters = Counters()
    queue = WorkQueue(1, 1, counters, "drawing", "pages")
    with pytest.raises(ValueError, match="no"):
        asyncio.run(queue.run(lambda: int("no")))
    queue.close()
    for stage in ("waiting", "drawing"):
        assert counters.registry.get_sample_value("evqa_stage_seconds_count", {"stage": stage}) == 1
