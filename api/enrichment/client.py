"""Get one reply of a source, within limits on time and size, and never from another host than the source's own."""

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.judging.endpoint import AwayError, RefusedError, UnusableError, asked_pause, is_loopback, reason_of

if TYPE_CHECKING:
    import httpx2

# Seconds until a connection stands, and until the whole reply is there.
CONNECT, WHOLE = 10.0, 60.0
# Bytes of the largest reply that is read: fifty works with all their references take some megabytes.
MOST_BYTES = 32_000_000
REDIRECTS = 3
MOVED = (301, 302, 303, 307, 308)
# OpenAlex says by 403, too, that somebody asks too fast.
LIMITED = (403, 429)


class PassingError(Exception):
    """When a try failed for a reason that may pass. `pause`: how many seconds the source asks to wait, if it does.
    `is_limit`: it says that it was asked too often."""

    def __init__(self, reason: str, pause: float | None = None, is_limit: bool = False) -> None:
        super().__init__(reason)
        self.pause = pause
        self.is_limit = is_limit


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes of a reply, and how time passes."""

    connect: float = CONNECT
    whole: float = WHOLE
    most_bytes: int = MOST_BYTES
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True)
class Reply:
    """A reply: its status, headers in lower case, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Base:
    """The base address of a source. One that the user has set may lie in a private network."""

    address: str
    is_set: bool = False

    def check(self) -> None:
        """Raise AwayError if a source's own name leads into a private network: somebody has bent it there."""
        host = urlsplit(self.address).hostname or ""
        if self.is_set or _has_proxy(self.address):
            return
        try:
            found = {str(one[4][0]) for one in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
        except (OSError, UnicodeError):
            return  # the connection will say so
        private = sorted(each for each in found if not ipaddress.ip_address(each.partition("%")[0]).is_global)
        if private:
            raise AwayError(f"{host} is {private[0]} here, an address of a private network")


def _has_proxy(address: str) -> bool:
    from urllib.request import getproxies

    return bool({urlsplit(address).scheme, "all"} & getproxies().keys())


@dataclass
class SourceClient:
    """Gets replies of one source, over one connection that is kept. For one thread; close it after use."""

    base: Base
    mailto: str = field(default="", repr=False)
    limits: Limits = Limits()

    def get(self, path: str, accept: str = "application/json") -> Reply:
        """The reply to a path below the base address, with its query.

        Raises PassingError for what may be tried again, AwayError, UnusableError for what is no reply of the source,
        RefusedError for a status that is neither success nor 404.
        """
        deadline = self.limits.clock() + self.limits.whole
        address = f"{self.base.address.rstrip('/')}/{path.lstrip('/')}"
        for _ in range(REDIRECTS + 1):
            reply = self._reply(address, accept, deadline)
            if reply.status not in MOVED:
                return _checked(reply)
            address = self._moved(address, reply.headers.get("location", ""))
        raise UnusableError("redirects without end")

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if client := self.__dict__.pop("_client", None):
            client.close()

    def _moved(self, address: str, location: str) -> str:
        try:
            to, own = urlsplit(urljoin(address, location)), urlsplit(self.base.address)
            is_inside = (to.scheme, to.hostname, to.port) == (own.scheme, own.hostname, own.port)
        except ValueError:
            is_inside = False
        if not location or not is_inside:
            raise UnusableError("a redirect to another host")
        return urljoin(address, location)

    @cached_property
    def _client(self) -> "httpx2.Client":
        import httpx2  # only a run that asks waits for it

        self.base.check()
        try:
            return httpx2.Client(trust_env=not is_loopback(self.base.address), headers=self._headers)
        except (ImportError, OSError, ValueError):
            # What says so may quote the proxy's password.
            raise AwayError("the environment's proxy or certificates can't be used") from None

    @property
    def _headers(self) -> dict[str, str]:
        who = f"evqa/{version('evqa')}" + (f" (mailto:{self.mailto})" if self.mailto else "")
        # Not compressed, so that the limit on its size is one on what is read.
        return {"User-Agent": who, "Accept-Encoding": "identity"}

    def _reply(self, address: str, accept: str, deadline: float) -> Reply:
        import httpx2

        left = deadline - self.limits.clock()
        late = PassingError(f"timed out after {self.limits.whole:g} s")
        if left <= 0:
            raise late
        limits = httpx2.Timeout(left, connect=min(self.limits.connect, left))
        try:
            with self._client.stream("GET", address, timeout=limits, headers={"Accept": accept}) as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                body = b"" if response.status_code in MOVED else self._body(response, deadline, late)
                return Reply(response.status_code, headers, body)
        except httpx2.ConnectTimeout as error:
            raise PassingError(f"no connection within {self.limits.connect:g} s") from error
        except httpx2.TimeoutException as error:
            raise late from error
        except httpx2.TransportError as error:
            raise PassingError(reason_of(error)) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, ValueError) as error:
            raise UnusableError(reason_of(error)) from error

    def _body(self, response: "httpx2.Response", deadline: float, late: PassingError) -> bytes:
        found = bytearray()
        response.request.extensions["timeout"]["read"] = max(0.001, deadline - self.limits.clock())
        for part in response.iter_raw():
            found += part
            if len(found) > self.limits.most_bytes:
                raise UnusableError(f"more than {self.limits.most_bytes:,} bytes")
            if self.limits.clock() > deadline:
                raise late
        return bytes(found)


def _checked(reply: Reply) -> Reply:
    """The reply of a success or a 404; raises for every other status."""
    if reply.status in (200, 404):
        return reply
    if reply.status in LIMITED or reply.status >= 500:
        pause = asked_pause(reply.headers.get("retry-after", ""))
        raise PassingError(f"status {reply.status}", pause, is_limit=reply.status in LIMITED)
    raise RefusedError(reply.status)
