"""A clock that is wrong: what modules read of the time and date, and the times of files."""

from __future__ import annotations

import datetime as real
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from unittest import mock

_FLOORS = ("corpus", "index_store", "qa")


@contextmanager
def clock_off_by(seconds: float, home: Path) -> Iterator[None]:
    """The clock of this process goes wrong, as a machine's does that is set anew; the monotonic one
    never does. Files of a home that were written meanwhile get the wrong time too."""
    delta = real.timedelta(seconds=seconds)

    class Moved(real.datetime):
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> Moved:
            return cls.fromtimestamp(_now(), tz) + delta

    class MovedDay(real.date):
        @classmethod
        def today(cls) -> MovedDay:
            return cls.fromtimestamp(_now() + seconds)

    started = time.time_ns()
    with ExitStack() as moved:
        moved.enter_context(mock.patch.object(time, "time", _clock(seconds)))
        for name, replacement in (("datetime", Moved), ("date", MovedDay)):
            for module in _modules_with(name):
                moved.enter_context(mock.patch.object(module, name, replacement))
        yield
    _shift(home, started, seconds)


def _clock(seconds: float) -> Callable[[], float]:
    return lambda: _now() + seconds


def _now() -> float:
    return time.time_ns() / 1e9


def _modules_with(name: str) -> list[ModuleType]:
    """Our modules that have imported a class of `datetime` by its name."""
    wanted = getattr(real, name)
    ours = [one for key, one in sys.modules.items() if key.partition(".")[0] in _FLOORS]
    return [module for module in ours if getattr(module, name, None) is wanted]


def _shift(home: Path, started: int, seconds: float) -> None:
    for path in home.rglob("*"):
        stated = path.stat()
        if path.is_file() and started <= stated.st_mtime_ns <= time.time_ns():
            moved = stated.st_mtime_ns + int(seconds * 1e9)
            os.utime(path, ns=(moved, moved))
