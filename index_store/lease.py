"""One writer at a time on a store that several machines share, where no lock of a file reaches.

Whoever wants to write leaves a mark of its own in the store, and looks: it writes if no mark of
another one is there, and otherwise takes its own away and waits. Of two that come at once each
finds the other's at worst, and both try again. While it writes, it changes its mark every two
seconds; a mark that has stood still for the whole patience of who waits is that of a process that
died, and is taken away. No clock of one machine is compared with another's.

A writer that stood still for so long (a laptop that was closed) finds before its next batch that
its mark is gone, and ends. It would have to stand still between that look and the end of the same
batch to write beside another one. Where the store itself stood still, nobody is taken for dead
before he was watched anew.
"""

from __future__ import annotations

import logging
import os
import random
import socket
import threading
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from index_store.errors import IndexBusy, StoreUnavailable

#: Seconds without a change after which a mark is that of a dead process; who waits for a living
#: one, waits twice as long.
PATIENCE = 30.0
#: Seconds between two changes of a mark.
BEAT = 2.0
#: Seconds between two looks, at most.
_LOOK = 0.5
#: Beats between two looks that were answered, from which on nothing is concluded from the first.
_MISSED = 3

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mark:
    """A writer's mark: who it is, and how often it has changed."""

    holder: str
    beat: int


class Marks(Protocol):
    """Marks by name, in a place that all writers see."""

    def all(self) -> Mapping[str, Mark]:
        """Those that there are."""

    def make(self, name: str, mark: Mark) -> None:
        """Leaves one under a name that nobody has."""

    def change(self, name: str, mark: Mark) -> bool:
        """Replaces one; False where it is gone."""

    def drop(self, names: Iterable[str]) -> None:
        """Takes some away; those that are gone are nothing."""


class Lease:
    """Held while a shared store is written.

    Args:
        where: the store, for messages.
        patience: seconds after which a mark that stands still is that of a dead process;
            `PATIENCE` where it is not given.
        beat: seconds between two changes of the mark, much less than that.
        waits: whether others are waited for, where there are any.

    Raises:
        IndexBusy: on entering, where another process writes all the while.
        StoreUnavailable: the store does not answer.
    """

    def __init__(
        self,
        marks: Marks,
        where: str,
        patience: float | None = None,
        beat: float = BEAT,
        waits: bool = True,
    ) -> None:
        self._marks = marks
        self._where = where
        self._patience = PATIENCE if patience is None else patience
        self._beat = beat
        self._waits = waits
        self._held: str | None = None
        self._stopped = threading.Event()
        self._beating: threading.Thread | None = None

    def without_waiting(self) -> Lease:
        """One for what is better left undone than waited for; a dead writer's mark is left, too."""
        return Lease(self._marks, self._where, self._patience, self._beat, waits=False)

    def __enter__(self) -> None:
        name, holder = uuid.uuid4().hex, f"{socket.gethostname()}, process {os.getpid()}"
        self._wait_for_turn(name, Mark(holder, 0))
        self._held = name
        self._stopped.clear()
        self._beating = threading.Thread(target=self._keep, args=(name, holder), daemon=True)
        self._beating.start()

    def _wait_for_turn(self, name: str, mark: Mark) -> None:
        watch = _Watch(self._patience, self._beat)
        while True:
            others = watch.living(self._marks.all())
            if not others:
                self._marks.drop(watch.dead)
                self._marks.make(name, mark)
                others = {key: one for key, one in self._marks.all().items() if key != name}
                if not others:
                    return
                self._marks.drop([name])
            if watch.is_over or not self._waits:
                raise self._busy(others)
            watch.say_once(self._where, others)
            time.sleep(random.uniform(0.1, 1.0) * min(_LOOK, self._patience / 4))

    def _busy(self, others: Mapping[str, Mark]) -> IndexBusy:
        return IndexBusy(
            f"{self._where}: another process is indexing into this store ({_holders(others)}); "
            f"wait until it has finished and run this again"
        )

    def _keep(self, name: str, holder: str) -> None:
        """Says that this process lives, until it has done."""
        number = 0
        while not self._stopped.wait(self._beat):
            number += 1
            try:
                if not self._marks.change(name, Mark(holder, number)):
                    return
            except StoreUnavailable as error:
                # The writer meets the same, and says so.
                logger.debug("the mark of this writer was not changed: %s", error)

    def confirm(self) -> None:
        """Nothing where this is still held, or never was.

        Raises:
            IndexBusy: another process has taken this one for dead.
            StoreUnavailable: the store does not answer.
        """
        if self._held is not None and self._held not in self._marks.all():
            raise IndexBusy(
                f"{self._where}: this process stood still for so long that another one was free "
                f"to index; run this again, it goes on where it was"
            )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        name, self._held = self._held, None
        self._stopped.set()
        if self._beating is not None:
            self._beating.join()
        if name is not None:
            try:
                self._marks.drop([name])
            except StoreUnavailable as gone:
                logger.debug("the mark of this writer stays until it is found dead: %s", gone)


class _Watch:
    """What one that waits has seen of the marks of others."""

    def __init__(self, patience: float, beat: float) -> None:
        self._patience = patience
        self._beat = beat
        self._began = self._looked = time.monotonic()
        self._seen: dict[str, tuple[Mark, float]] = {}
        self._has_said = False
        #: Names of marks that stood still.
        self.dead: list[str] = []

    def living(self, marks: Mapping[str, Mark]) -> dict[str, Mark]:
        """Marks that have changed within the patience, as far as was watched."""
        now = time.monotonic()
        if now - self._looked > _MISSED * self._beat:
            self._seen.clear()  # it was the store that stood still, perhaps for them as well
        self._looked = now
        for name, mark in marks.items():
            if name not in self._seen or self._seen[name][0] != mark:
                self._seen[name] = (mark, now)
        living = {
            name: mark for name, mark in marks.items() if now - self._seen[name][1] < self._patience
        }
        self.dead = [name for name in marks if name not in living]
        return living

    @property
    def is_over(self) -> bool:
        """Whether it has waited for long enough: somebody was alive all the while."""
        # As long again, since a mark may have changed for the last time after the first look.
        return time.monotonic() - self._began > 2 * self._patience

    def say_once(self, where: str, others: Mapping[str, Mark]) -> None:
        """Warns that there is something to wait for."""
        if self._has_said:
            return
        self._has_said = True
        logger.warning(
            "another process is indexing into %s (%s); waiting up to %g s for it to finish",
            where, _holders(others), 2 * self._patience,
        )  # fmt: skip


def _holders(marks: Mapping[str, Mark]) -> str:
    return " and ".join(sorted(mark.holder for mark in marks.values()))
