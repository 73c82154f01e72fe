"""A clock that is wrong: what modules read of the time and date, and the times of files."""

from __future__ import annotations

import datetime as real
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
        def now(cls, tz: real.tzinfo | None = None) -> Moved:  # type: ignore[override]
            return cls.fromtimestamp(_now(), tz) + delta

    class MovedDay(real.date):
        @classmethod
        def today(cls) -> MovedDay:
            return cls.fromtimestamp(_now() + seconds)

    started = time.time_ns()
    with mock.patch.object(time, "time", lambda: _now() + seconds):
        undo = [_patched(module, Moved, MovedDay) for module in _modules()]
        try:
            yield
        finally:
            for patches in undo:
                patches.stop()
    _shift(home, started, seconds)


def _now() -> float:
    return time.time_ns() / 1e9


def _modules() -> list[ModuleType]:
    return [one for name, one in sys.modules.items() if name.partition(".")[0] in _FLOORS]


class _patched:
    def __init__(self, module: ModuleType, *moved: type) -> None:
        self._module, self._had = module, {}
        for name, replacement in zip(("datetime", "date"), moved, strict=True):
            if getattr(module, name, None) is getattr(real, name):
                self._had[name] = getattr(module, name)
                setattr(module, name, replacement)

    def stop(self) -> None:
        for name, had in self._had.items():
            setattr(self._module, name, had)


def _shift(home: Path, started: int, seconds: float) -> None:
    for path in home.rglob("*"):
        stated = path.stat()
        if path.is_file() and started <= stated.st_mtime_ns <= time.time_ns():
            moved = stated.st_mtime_ns + int(seconds * 1e9)
            os.utime(path, ns=(moved, moved))
