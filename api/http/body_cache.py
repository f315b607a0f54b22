"""Bodies of earlier responses, given again as they are: the same corpus and request have the same bytes.

cachetools decides what makes room; the lock, the counts for /metrics and "the first body of a key stays" are ours.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

Key = tuple[Hashable, ...]
# Bytes that an entry takes beside its content: key, record and place in the cache.
OVERHEAD = 1_000


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a response, the fingerprint of the corpus that it rests on, and the `status` of an answer."""

    content: bytes
    fingerprint: str = ""
    status: str | None = None


class BodyCache:
    """The bodies that were asked for last, as many as fit into `room` bytes; 0 keeps none. Safe for threads.

    `found` counts the requests that were answered from it, `made` those whose body had to be made.
    """

    def __init__(self, room: int) -> None:
        self.found = 0
        self.made = 0
        self._bodies: LRUCache[Key, tuple[Body, int]] = LRUCache(room, getsizeof=lambda entry: entry[1])
        self._lock = Lock()

    @property
    def taken(self) -> int:
        """Bytes in use."""
        return int(self._bodies.currsize)

    def get(self, key: Key) -> Body | None:
        """The body kept under the key, None if there is none."""
        with self._lock:
            entry = self._bodies.get(key)
            if entry is None:
                return None
            self.found += 1
            return entry[0]

    def put(self, key: Key, body: Body) -> Body:
        """Keep a body, and return the one that is kept from now on: the earlier one if two made it side by side."""
        size = OVERHEAD + len(body.content) + sum(4 * len(part) for part in key if isinstance(part, str))
        with self._lock:
            self.made += 1
            if key in self._bodies:
                return self._bodies[key][0]
            if size <= self._bodies.maxsize:
                self._bodies[key] = body, size
            return body
