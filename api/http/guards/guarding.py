"""What lies around every request of a server: who may ask, what, how often, and what is written down of it."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass

from api.http.guards.headers import HEADERS
from api.http.guards.hosts import hosts
from api.http.guards.keys import keys
from api.http.guards.metrics import metrics
from api.http.guards.rates import rates
from api.http.guards.receiving import receiving
from api.http.logs import Form, logs
from api.http.part import Part
from api.keyring import Keyring
from api.loopback import is_loopback
from evqa.errors import UsageError

# Requests a minute of one client, where others than this machine's can ask.
RATE = 600


@dataclass(frozen=True)
class Guard:
    """How a server is guarded.

    `keys`: ask for keys on this machine's own addresses, too. `insecure`: ask for none anywhere. `rate`: requests a
    minute of one client, 0 for any number; None, 600 where other machines can ask. `names`: under which the server is
    reached, beside its addresses, its own name and localhost. `origins`: whose pages may read what it answers. `log`:
    form of the lines on stderr; `log_questions`: with what was asked.
    """

    keys: bool = False
    insecure: bool = False
    rate: int | None = None
    names: Sequence[str] = ()
    origins: Sequence[str] = ()
    log: Form = "text"
    log_questions: bool = False


def guards(guard: Guard, host: str, keyring: Keyring) -> list[Part]:
    """The parts that guard a server on `host`, the outermost first.

    Raises UsageError when keys are needed and there are none, or `insecure` is said where `keys` is.
    """
    is_local = is_loopback(host)
    needs_keys = (guard.keys or not is_local) and not guard.insecure
    _check(guard, host, needs_keys and keyring.is_empty())
    rate = guard.rate if guard.rate is not None else 0 if is_local else RATE
    return [
        HEADERS,
        metrics(),
        logs(guard.log_questions),
        hosts(("localhost", host, socket.gethostname(), *guard.names), guard.origins),
        *([keys(keyring)] if needs_keys else []),
        rates(rate),
        receiving(),
    ]


def _check(guard: Guard, host: str, lacks_keys: bool) -> None:
    if guard.keys and guard.insecure:
        raise UsageError("--keys and --insecure", "they exclude each other", "leave one out")
    if lacks_keys:
        step = f"make one with `evqa keys create NAME`{'' if guard.keys else ', or say --insecure'}"
        if is_loopback(host):
            raise UsageError("--keys", "asks for keys, and no key is valid", step)
        raise UsageError(f"--host {host}", "can be reached by others, and no key is valid", step)
