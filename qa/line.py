"""The line in which questions wait: some are answered at once, some wait, the rest come again.

A server that takes every question answers none when there are too many. Whoever cannot be answered
soon is told so at once, and when to ask again.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from qa.errors import Overloaded

#: Seconds that a question may wait: browsers and proxies give up at 30 or 60.
PATIENCE = 10.0
#: How much the latest question counts in the mean of what they take.
_LATEST = 0.1


class Line:
    """Lets questions through, from any number of threads.

    Args:
        at_once: questions that are answered at the same time.
        longest: questions that may wait.
        patience: seconds that one may wait.
    """

    def __init__(self, at_once: int, longest: int, patience: float = PATIENCE) -> None:
        self._at_once = at_once
        self._longest = longest
        self._patience = patience
        self._changed = threading.Condition()
        self._inside = 0
        self._waiting = 0
        self._mean = 0.0

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return self._waiting

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the line, until the question is answered or given up.

        Raises:
            Overloaded: too many wait already, or it had to wait for too long.
        """
        self._enter()
        began = monotonic()
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                took = monotonic() - began
                self._mean += (took - self._mean) * (_LATEST if self._mean else 1.0)
                self._changed.notify()

    def _enter(self) -> None:
        with self._changed:
            if self._inside >= self._at_once and self._waiting >= self._longest:
                raise Overloaded(self._wait())
            self._waiting += 1
            try:
                free = self._changed.wait_for(lambda: self._inside < self._at_once, self._patience)
                if not free:
                    raise Overloaded(self._wait())
                self._inside += 1
            finally:
                self._waiting -= 1

    def _wait(self) -> int:
        """Seconds until those that wait will have been answered, as it goes now."""
        return max(1, math.ceil(self._waiting * self._mean / self._at_once))
