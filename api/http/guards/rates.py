"""How often one client may ask: the package limits counts, this layer answers in our words and headers."""

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.guards.keys import is_open
from api.http.problems import problem, problem_response

WINDOW = 60


class Rates:
    """An ASGI layer: answers 429 to more than `most` requests a minute of one key, or of one address without a key.

    The minute slides. The headers RateLimit and RateLimit-Policy say what is left (IETF draft
    draft-ietf-httpapi-ratelimit-headers-10). Paths that need no key aren't counted.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most
        self._item = RateLimitItemPerMinute(most)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 429."""
        if scope["type"] != "http" or is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        client = client_of(scope)
        is_allowed = await self._limiter.hit(self._item, client)
        stats = await self._limiter.get_window_stats(self._item, client)
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        policy = f'"minute";q={self._most};w={WINDOW}'
        headers = {"RateLimit-Policy": policy, "RateLimit": f'"minute";r={max(0, stats.remaining)};t={wait}'}
        if is_allowed:
            await self._app(scope, receive, _with_headers(send, headers))
            return
        detail = f"more than {self._most} requests a minute: send the next in {wait} s"
        await problem_response(problem(429, detail, scope), {**headers, "Retry-After": str(wait)})(scope, receive, send)


def client_of(scope: Scope) -> str:
    """Whom a request counts for: its key, else its address; for IPv6 the /64 network, as one client has all of it."""
    if key := scope["state"].get("key"):
        return f"key {key}"
    address = scope["client"][0] if scope.get("client") else "unknown"
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def _with_headers(send: Send, headers: dict[str, str]) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return send_with_headers
