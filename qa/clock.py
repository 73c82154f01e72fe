"""How long the steps of an answer took."""

from __future__ import annotations

from time import perf_counter


class Clock:
    """Milliseconds that each step took."""

    def __init__(self) -> None:
        self._start = self._last = perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Ends a step."""
        now = perf_counter()
        self._laps[name] = (now - self._last) * 1000
        self._last = now

    def laps(self) -> dict[str, float]:
        """Every step, and all of it."""
        return {**self._laps, "total": (perf_counter() - self._start) * 1000}
