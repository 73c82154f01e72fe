"""What processes do that faults come over; see `tests.index_store.crashing` for how they start."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index_store import folders
from index_store.borrowed import open_to_read
from index_store.home import open_index
from qa.audit.log import FILE as LOG
from qa.audit.logged import LoggedAnswers
from tests.faults import damage
from tests.faults.clock import clock_off_by
from tests.faults.disks import filled, free
from tests.faults.kept import KINDS, Refused, Store
from tests.index_store.crashing import WINDOW, Counting, Forks, forks, serve, warm_up

_Say = Callable[[Any], None]


@contextmanager
def workers(folder: Path) -> Iterator[Forks]:
    """Processes that have loaded what takes time."""
    with forks(folder, __name__) as started:
        yield started


def keep(home: Path, say: _Say, kind: str, numbers: list[int]) -> None:
    """Stores things, and says of each that it is stored or why not."""
    _keep(home, say, kind, numbers)


def _keep(home: Path, say: _Say, kind: str, numbers: list[int]) -> None:
    try:
        store = KINDS[kind].open(home)
    except Refused as error:
        say({"refused": str(error)})
    else:
        _store(store, say, numbers)


def _store(store: Store, say: _Say, numbers: list[int]) -> None:
    for number in numbers:
        try:
            store(number)
        except Refused as error:
            say({"refused": str(error)})
        else:
            say({"kept": number})


def keep_on_a_full_disk(
    home: Path,
    say: _Say,
    kind: str,
    spare: int,
    before: list[int],
    during: list[int],
    after: list[int],
) -> None:
    """One process stores, goes on while the disk is full, and after room was made.

    Args:
        spare: bytes that the full disk still has.
        before, during, after: numbers of what is stored then.
    """
    store = KINDS[kind].open(home)
    _store(store, say, before)
    filled(home.parent, spare)
    _store(store, say, during)
    _keep(home, say, kind, [during[-1] + 1])  # and one that is begun on the full disk
    free(home.parent)
    _store(store, say, after)


def fill_and_keep(home: Path, say: _Say, spare: int, number: int) -> None:
    """Stores an article on a disk that another program has filled unnoticed."""
    folders.ROOM = 0
    try:
        store = KINDS["article"].open(home)
    except Refused as error:
        say({"refused": str(error)})
        return
    filled(home.parent, spare)
    _store(store, say, [number])


def keep_while_the_clock_jumps(
    home: Path, say: _Say, kind: str, numbers: list[int], jumps: list[float]
) -> None:
    """Stores one thing at each time.

    Args:
        jumps: seconds that the clock is off by, in turn.
    """
    store = KINDS[kind].open(home)
    for number, jump in zip(numbers, jumps, strict=True):
        with clock_off_by(jump, home):
            _store(store, say, [number])


def found(home: Path, say: _Say, kind: str) -> None:
    """Says what is there."""
    say(sorted(KINDS[kind].found(home)))


def read(home: Path, say: _Say) -> None:
    """Says how many articles a search finds, and how many answers the log has."""
    index = open_to_read(
        home, lambda folder, lock: open_index(folder, embedder=Counting(window=WINDOW), lock=lock)
    )
    hits = {hit.article.id for hit in index.search("library court harbour", limit=50).hits}
    say({"hits": len(hits), "answers": LoggedAnswers(home / LOG).check().entries})


TASKS: dict[str, Callable[..., None]] = {
    task.__name__: task
    for task in (
        *(keep, keep_on_a_full_disk, fill_and_keep, keep_while_the_clock_jumps, found, read),
        *(damage.make, damage.use, damage.mend, damage.examine, damage.texts),
    )
}


if __name__ == "__main__":
    warm_up()
    serve(sys.argv[1], TASKS)
