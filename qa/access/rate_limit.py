"""How often one caller may ask: a token bucket for each (Turner 1986), in memory.

Of this process alone: several servers over one home each admit as much.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

#: Callers that are remembered.
MOST = 10_000


class RateLimit:
    """A bucket for each caller, full at first.

    Args:
        per_minute: how fast a bucket fills.
        burst: how much it holds; a minute's worth unless said otherwise.
        most: buckets kept. The one that was used longest ago goes first; in use it would have
            filled again, unless that many callers came within its time.
    """

    def __init__(
        self,
        per_minute: float,
        burst: float | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        most: int = MOST,
    ) -> None:
        self._per_second = per_minute / 60
        self._burst = max(1.0, per_minute if burst is None else burst)
        self._now = now
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, caller: str) -> int:
        """Takes one request; 0 where there was one, else the whole seconds until there is."""
        with self._lock:
            level = self._level(caller)
            self._keep(caller, level - 1 if level >= 1 else level)
        return 0 if level >= 1 else math.ceil((1 - level) / self._per_second)

    def give_back(self, caller: str) -> None:
        """Undoes one `take`."""
        with self._lock:
            self._keep(caller, min(self._burst, self._level(caller) + 1))

    def _level(self, caller: str) -> float:
        level, then = self._buckets.get(caller, (self._burst, self._now()))
        return min(self._burst, level + (self._now() - then) * self._per_second)

    def _keep(self, caller: str, level: float) -> None:
        self._buckets[caller] = (level, self._now())
        self._buckets.move_to_end(caller)
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
