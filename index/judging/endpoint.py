"""Ask an OpenAI-compatible endpoint for one reply, within limits on time and size."""

import ipaddress
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx2

# Seconds until a connection stands, and until the whole answer is there, all tries together.
CONNECT, WHOLE = 5.0, 60.0
MOST_BYTES = 1_000_000
# Seconds before each further try, and the longest time that a server may ask to wait instead.
PAUSES = (0.5, 1.5)
LONGEST_PAUSE = 10.0
# Seconds in which a server that was away isn't tried again.
REST = 30.0
BUSY = 429


class AwayError(Exception):
    """When the server can't be reached, is too slow, or has no time; the message says which."""


class UnusableError(Exception):
    """When an answer isn't what was asked for; the message says what it is instead, without its words."""


class RefusedError(Exception):
    """When the server answers with a status that isn't success; `status` is its number."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


@dataclass
class Breaker:
    """Remembers that a server was away, and why, so that not every question waits for it anew. Safe for threads."""

    address: str
    clock: Callable[[], float] = time.monotonic
    _until: float = 0.0
    _reason: str = ""
    _lock: Lock = field(default_factory=Lock)

    def check(self) -> None:
        """Raise AwayError, as last time, if the server was away less than REST seconds ago."""
        with self._lock:
            if self.clock() < self._until:
                raise AwayError(self._reason)

    def open(self, reason: str) -> None:
        """The server is away."""
        with self._lock:
            self._until, self._reason = self.clock() + REST, reason


@cache
def breaker_of(address: str) -> Breaker:
    """The one of this process for an address."""
    return Breaker(address)


@dataclass(frozen=True)
class Times:
    """The limits in seconds, and how time passes."""

    connect: float = CONNECT
    whole: float = WHOLE
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Endpoint:
    """A model behind a base address such as http://localhost:11434/v1. The key isn't printed."""

    address: str
    model: str
    key: str = field(default="", repr=False)
    times: Times = Times()
    breaker: Breaker | None = None

    @property
    def host(self) -> str:
        """The server as messages name it."""
        return urlsplit(self.address).netloc.rpartition("@")[2]

    def reply(self, messages: Sequence[Mapping[str, str]], form: Mapping[str, Any] | None) -> str:
        """The text of the model's reply. `form`: the `response_format`, if the server should keep to one.

        Connection errors, 429 and 5xx are tried again. Raises AwayError, RefusedError for any other status, and
        UnusableError for what isn't a reply of such an endpoint.
        """
        breaker = self.breaker or breaker_of(self.address)
        breaker.check()
        try:
            return _text(self._tried(self._request(messages, form)))
        except AwayError as error:
            breaker.open(str(error))
            raise

    def _request(self, messages: Sequence[Mapping[str, str]], form: Mapping[str, Any] | None) -> bytes:
        asked = {"model": self.model, "messages": messages, "temperature": 0, "seed": 0, "stream": False}
        return json.dumps(asked | ({"response_format": form} if form else {})).encode()

    def _tried(self, content: bytes) -> bytes:
        """The body of the answer, after at most as many further tries as there are `PAUSES`."""
        deadline = self.times.clock() + self.times.whole
        for usual in (*PAUSES, None):
            try:
                return self._answer(content, deadline)
            except _PassingError as error:
                pause = error.pause if error.pause is not None else usual
                left = deadline - self.times.clock()
                if usual is None or pause is None or pause > min(LONGEST_PAUSE, left):
                    raise AwayError(str(error)) from error
                self.times.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _answer(self, content: bytes, deadline: float) -> bytes:
        import httpx2  # only who has set a language model waits for it

        late = AwayError(f"timed out after {self.times.whole:g} s")
        left = deadline - self.times.clock()
        if left <= 0:
            raise late
        limits = httpx2.Timeout(left, connect=min(self.times.connect, left))
        try:
            with (
                self._client(limits) as client,
                client.stream("POST", f"{self.address.rstrip('/')}/chat/completions", content=content) as response,
            ):
                _check_status(response)
                return self._body(response, deadline, late)
        except httpx2.ConnectTimeout as error:
            raise _PassingError(f"no connection within {self.times.connect:g} s") from error
        except httpx2.TimeoutException as error:
            raise late from error
        except httpx2.TransportError as error:
            raise _PassingError(reason_of(error)) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise AwayError(reason_of(error)) from error

    def _client(self, limits: "httpx2.Timeout") -> "httpx2.Client":
        import httpx2

        try:
            return httpx2.Client(timeout=limits, trust_env=not is_loopback(self.address), headers=self._headers)
        except (ImportError, OSError, ValueError):
            # What says so may quote the proxy's password.
            raise AwayError("the environment's proxy or certificates can't be used") from None

    @property
    def _headers(self) -> dict[str, str]:
        # Not compressed, so that the limit on its size is one on what is read.
        plain = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        return plain | ({"Authorization": f"Bearer {self.key}"} if self.key else {})

    def _body(self, response: "httpx2.Response", deadline: float, late: AwayError) -> bytes:
        found = bytearray()
        # The client reads this before the first part; what the head of the answer took is gone.
        response.request.extensions["timeout"]["read"] = max(0.001, deadline - self.times.clock())
        for part in response.iter_raw():
            found += part
            if len(found) > MOST_BYTES:
                raise UnusableError(f"more than {MOST_BYTES:,} bytes")
            if self.times.clock() > deadline:
                raise late
        return bytes(found)


class _PassingError(Exception):
    """When a try failed for a reason that may pass. `pause`: how many seconds the server asks to wait, if it does."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


def _check_status(response: "httpx2.Response") -> None:
    """Raise unless the answer is JSON with status 200. A redirect isn't followed: it would carry the question away."""
    status = response.status_code
    if status == BUSY or status >= 500:
        raise _PassingError(f"status {status}", asked_pause(response.headers.get("retry-after", "")))
    if 300 <= status < 400:
        raise UnusableError("a redirect; set EVQA_LLM to where it leads")
    if status != 200:
        raise RefusedError(status)
    if response.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise UnusableError("something else than JSON")


def asked_pause(header: str) -> float | None:
    """Seconds that a Retry-After header asks to wait, given as a number or as a date; None without one."""
    if header.strip().isascii() and header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _text(body: bytes) -> str:
    """The text of the first choice in an answer's body."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UnusableError("no chat completion") from error
    if not isinstance(content, str):
        raise UnusableError("no text")
    return content


def reason_of(error: Exception) -> str:
    """What the system says of a failed connection; else the error's name, since its words may be the server's."""
    cause: BaseException = error
    while (inner := cause.__cause__ or cause.__context__) is not None:
        cause = inner
    said = cause.strerror if isinstance(cause, OSError) else None
    return (said or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__)).lower()


def is_loopback(address: str) -> bool:
    """Whether an address is of this machine, which no proxy can reach."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
