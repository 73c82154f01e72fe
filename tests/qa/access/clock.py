"""What makes tests of access quick: a clock to move, a hash that costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from qa.access.passwords import Cost

#: As cheap as scrypt gets.
CHEAP = Cost(n=2, blocks=1, parallel=1)


@dataclass
class Clock:
    """Seconds since 1970."""

    time: float = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()

    def __call__(self) -> float:
        return self.time
