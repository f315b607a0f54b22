"""A part of the service, which the app is put together from."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware


@dataclass(frozen=True)
class Part:
    """Routes, layers around every request, and what runs while the server does.

    `middleware`: plain ASGI classes, the first one outermost; those of an earlier part lie around those of a later one.
    Each finds the request's id in `scope["state"]["request_id"]` and refuses with `problem_response`. `lifespan` is
    entered before the first request and left after the last, in the reverse order of the parts.
    """

    routers: Sequence[APIRouter] = ()
    middleware: Sequence[Middleware] = ()
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None
