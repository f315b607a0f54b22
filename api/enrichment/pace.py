"""Keep to what a source allows: so many requests a second, as the headers of its replies say."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# Requests a second, whatever a header says.
SLOWEST, FASTEST = 0.01, 50.0


@dataclass
class Pace:
    """When the next request of a pool may begin. `rate`: requests a second until a reply says otherwise."""

    rate: float
    clock: Callable[[], float]
    _next: float = 0.0

    def wait(self) -> float:
        """Seconds to wait before the next request, which is taken to begin then."""
        now = self.clock()
        begin = max(now, self._next)
        self._next = begin + 1 / self.rate
        return begin - now

    def heed(self, headers: Mapping[str, str]) -> None:
        """Take over the limits that a reply names."""
        limit, interval = headers.get("x-rate-limit-limit", ""), headers.get("x-rate-limit-interval", "")
        seconds = re.fullmatch(r"\s*(\d{1,6})\s*s?\s*", interval)
        if re.fullmatch(r"\s*\d{1,7}\s*", limit) and seconds and int(seconds[1]):
            self.rate = min(max(int(limit) / int(seconds[1]), SLOWEST), FASTEST)
        left, reset = headers.get("x-ratelimit-remaining", ""), headers.get("x-ratelimit-reset", "")
        if left.strip() == "0" and re.fullmatch(r"\s*\d{1,6}\s*", reset):
            self.rest(float(reset))

    def rest(self, seconds: float) -> None:
        """Begin no request before so many seconds have passed."""
        self._next = max(self._next, self.clock() + seconds)

    @property
    def pause(self) -> float:
        """Seconds until the next request may begin."""
        return max(0.0, self._next - self.clock())
