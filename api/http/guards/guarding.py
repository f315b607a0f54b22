"""The layers around every request of a server: who may ask, what, how often, and what is logged of it."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.middleware import Middleware

from api.http.counters import Counters
from api.http.guards.access import Access
from api.http.guards.headers import SecurityHeaders
from api.http.guards.hosts import hosts
from api.http.guards.keys import Keys
from api.http.guards.rates import Rates
from api.http.logs import LogForm
from api.keyring import Keyring
from api.loopback import is_loopback
from evqa.errors import UsageError

# Requests a minute of one client, on an address that other machines reach.
RATE = 600


@dataclass(frozen=True)
class Guard:
    """How a server is guarded.

    `keys`: ask for keys on this machine's own addresses, too. `insecure`: ask for none anywhere. `rate`: requests a
    minute of one client, 0 for any number; None means 600 where other machines can ask. `names`: names by which the
    server is reached, beside its addresses, its own name and localhost. `origins`: whose pages may read the answers.
    `log`: form of the lines on stderr; `log_questions`: whether they have what was asked.
    """

    keys: bool = False
    insecure: bool = False
    rate: int | None = None
    names: Sequence[str] = ()
    origins: Sequence[str] = ()
    log: LogForm = "text"
    log_questions: bool = False


def guards(guard: Guard, host: str, keyring: Keyring, counters: Counters) -> list[Middleware]:
    """The layers that guard a server on `host`, the outermost first.

    Raises UsageError if keys are needed and there are none, or if both `keys` and `insecure` are set.
    """
    is_local = is_loopback(host)
    needs_keys = (guard.keys or not is_local) and not guard.insecure
    _check(guard, host, needs_keys and keyring.is_empty())
    rate = guard.rate if guard.rate is not None else 0 if is_local else RATE
    return [
        Middleware(SecurityHeaders),
        Middleware(Access, counters=counters, has_questions=guard.log_questions),
        *hosts(("localhost", host, socket.gethostname(), *guard.names), guard.origins),
        *([Middleware(Keys, keyring=keyring)] if needs_keys else []),
        *([Middleware(Rates, most=rate)] if rate else []),
    ]


def _check(guard: Guard, host: str, lacks_keys: bool) -> None:
    if guard.keys and guard.insecure:
        raise UsageError("--keys and --insecure", "they exclude each other", "leave one out")
    if lacks_keys:
        step = f"make one with `evqa keys create NAME`{'' if guard.keys else ', or say --insecure'}"
        if is_loopback(host):
            raise UsageError("--keys", "asks for keys, and no key is valid", step)
        raise UsageError(f"--host {host}", "can be reached by others, and no key is valid", step)
