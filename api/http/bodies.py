"""What was answered before, as bytes: the same corpus and request give the same ones."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

Key = tuple[Hashable, ...]
# What an entry takes beside its content: key, record and place in the dictionary.
OVERHEAD = 1_000


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a response, the fingerprint of the corpus that it rests on, and the `status` of an answer."""

    content: bytes
    fingerprint: str
    status: str | None = None


class Bodies:
    """The bodies that were asked for last, as many as `room` bytes hold; 0 keeps none. Safe for threads.

    `found`: how often one was given again; `made`: how often one had to be made.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self.found = 0
        self.made = 0
        self._taken = 0
        self._kept: OrderedDict[Key, Body] = OrderedDict()
        self._lock = Lock()

    @property
    def taken(self) -> int:
        """Bytes that are in use."""
        return self._taken

    def get(self, key: Key) -> Body | None:
        """The body kept under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self.found += 1
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, body: Body) -> Body:
        """Keeps a body, for which those asked for longest ago make room, and gives the one that is kept from now on.

        That is the earlier one where the same was made twice side by side: equal keys have equal bodies.
        """
        with self._lock:
            self.made += 1
            kept = self._kept.get(key)
            if kept is None and _size(key, body) <= self._room:
                self._keep(key, body)
            return kept or body

    def _keep(self, key: Key, body: Body) -> None:
        self._kept[key] = body
        self._taken += _size(key, body)
        while self._taken > self._room:
            oldest, dropped = self._kept.popitem(last=False)
            self._taken -= _size(oldest, dropped)


def _size(key: Key, body: Body) -> int:
    return OVERHEAD + len(body.content) + sum(4 * len(part) for part in key if isinstance(part, str))
