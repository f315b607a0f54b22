"""How often one client may ask."""

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.guards.keys import is_open
from api.http.part import Part
from api.http.problems import problem, problem_response

WINDOW = 60


def rates(most: int) -> Part:
    """The part that lets each key, or each address without one, send `most` requests a minute; 0 for any number."""
    return Part(middleware=(Middleware(Rates, most=most),) if most else ())


class Rates:
    """An ASGI layer: counts requests in a window that slides, and answers 429 above `most` a minute.

    What is left is told as the IETF's draft has it (draft-ietf-httpapi-ratelimit-headers-10): RateLimit and
    RateLimit-Policy. What needs no key isn't counted.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most
        self._item = RateLimitItemPerMinute(most)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 429."""
        if scope["type"] != "http" or is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        client = client_of(scope)
        is_allowed = await self._limiter.hit(self._item, client)
        stats = await self._limiter.get_window_stats(self._item, client)
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        policy = f'"minute";q={self._most};w={WINDOW}'
        told = {"RateLimit-Policy": policy, "RateLimit": f'"minute";r={max(0, stats.remaining)};t={wait}'}
        if is_allowed:
            await self._app(scope, receive, _telling(send, told))
            return
        said = f"more than {self._most} requests a minute: send the next in {wait} s"
        await problem_response(problem(429, said, scope), {**told, "Retry-After": str(wait)})(scope, receive, send)


def client_of(scope: Scope) -> str:
    """Whom a request counts for: its key, else its address; of IPv6 the network, where one client has them all."""
    if key := scope["state"].get("key"):
        return f"key {key}"
    address = scope["client"][0] if scope.get("client") else "unknown"
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address


def _telling(send: Send, headers: dict[str, str]) -> Send:
    async def telling(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return telling
