"""One writer at a time, across processes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from index_store.errors import HomeNotWritable, IndexBusy
from index_store.folders import not_writable

#: Seconds to wait for another writer before giving up.
PATIENCE = 5.0

#: Under a home, of whoever writes there.
LOCK = "index.lock"

logger = logging.getLogger(__name__)


class WriteLock:
    """Held while the index is written; freed by the system if its process dies.

    Who has to wait for it says so in a warning, which Python puts on stderr.

    Args:
        patience: seconds to wait for another writer; `PATIENCE` where it is not given.
        beyond: held as well, against those who write from other homes.

    Raises:
        IndexBusy: on entering, where another process still holds it after a few seconds.
        HomeNotWritable: the lock file cannot be written.
    """

    def __init__(
        self,
        path: Path,
        patience: float | None = None,
        beyond: AbstractContextManager[None] | None = None,
    ) -> None:
        self._path = path
        self._beyond = beyond
        self._patience = PATIENCE if patience is None else patience
        self._lock = FileLock(path)

    def of_this_home_alone(self) -> WriteLock:
        """The same without `beyond` and without waiting, for what is better left undone."""
        return WriteLock(self._path, patience=0.0)

    def __enter__(self) -> None:
        try:
            self._acquire()
        except Timeout as error:
            raise IndexBusy(
                f"{self._path.parent}: another process is indexing into this home; "
                f"wait until it has finished and run this again"
            ) from error
        except OSError as error:
            raise not_writable(self._path, error.strerror or str(error)) from error
        if self._beyond is not None:
            try:
                self._beyond.__enter__()
            except BaseException:
                self._lock.release()
                raise

    def _acquire(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            if not self._patience:
                raise
            logger.warning(
                "another process is indexing into %s; waiting up to %g s for it to finish",
                self._path.parent,
                self._patience,
            )
            self._lock.acquire(timeout=self._patience)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self._beyond is not None:
                self._beyond.__exit__(kind, error, trace)
        finally:
            self._lock.release()


@contextmanager
def settled(home: Path) -> Iterator[None]:
    """Held while a batch is written, and while all is copied: whoever holds it finds every article
    wholly old or wholly new.

    Waited for as long as it takes, which is seconds for a batch and minutes for a copy; the system
    frees it if its process dies. Without it, SQLite would let a copy wait for the end of a run, or
    a run and all readers behind it for the end of a copy.

    Raises:
        HomeNotWritable: the lock file cannot be written.
    """
    turn, lock = FileLock(home / "turn.lock"), FileLock(home / "batch.lock")
    try:
        # Who waits for the lock holds the turn: a run whose vectors are cached is back at it in a
        # millisecond, and without a turn a copy came only at the run's end.
        with turn:
            lock.acquire()
    except OSError as error:
        raise not_writable(home, error.strerror or str(error)) from error
    try:
        yield
    finally:
        lock.release()


def is_being_indexed(home: Path) -> bool:
    """Whether another process holds the lock for writing; makes no lock where there is none.

    Who may not write a home cannot try the lock, and is told that nobody holds it.
    """
    if not (home / LOCK).exists():
        return False
    try:
        with WriteLock(home / LOCK, patience=0.0):
            return False
    except IndexBusy:
        return True
    except HomeNotWritable:
        return False
