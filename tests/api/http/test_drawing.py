"""Pages are drawn by few at once, and kept."""

import asyncio
import threading

import pytest

from api.errors import OverloadError
from api.http.drawing import Drawing


def test_what_was_made_is_kept() -> None:
    """The same key is made once; what fails isn't kept."""
    made = iter([b"first", b"second"])

    async def contents() -> list[bytes]:
        drawing = Drawing()
        found = [await drawing.content(("a", 1), lambda: next(made)) for _ in range(2)]
        with pytest.raises(ValueError, match="no"):
            await drawing.content(("b", 1), lambda: int("no").to_bytes())
        found.append(await drawing.content(("b", 1), lambda: next(made)))
        drawing.close()
        return found

    assert asyncio.run(contents()) == [b"first", b"first", b"second"]


def test_too_many_are_told_to_come_again() -> None:
    """Those at work and those that wait are answered, the next is refused at once; later there is room again."""
    gate = threading.Event()

    def slowly() -> bytes:
        gate.wait(30)
        return b"drawn"

    async def crowd() -> list[bytes]:
        drawing = Drawing(at_once=1, waiting=1)
        begun = [asyncio.create_task(drawing.content((number,), slowly)) for number in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(OverloadError, match="2 pages are waiting to be drawn already; try again"):
            await drawing.content(("more",), slowly)
        gate.set()
        found = [*await asyncio.gather(*begun), await drawing.content(("more",), slowly)]
        drawing.close()
        return found

    assert asyncio.run(crowd()) == [b"drawn"] * 3
