"""A copy of what the index keeps, of one moment, while others search and write it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from index_store.errors import StoreUnavailable
from index_store.home import CHROMA, holds_index
from index_store.lock import settled
from index_store.sqlite_files import copy_database
from index_store.vector_files import VectorFiles

DATABASE = "chroma.sqlite3"

#: Times that a copy is made anew because a server has meanwhile written the vectors that it reads,
#: which it does once after each 1,000 changes.
_ATTEMPTS = 5


def copy_index(home: Path, into: Path) -> bool:
    """Copies articles, passages and vectors; an index run waits between two batches meanwhile.

    What is derived from them is left out: it is built again when the copy is opened.

    Returns:
        Whether there was an index to copy.

    Raises:
        StoreUnavailable: it is damaged, or does not come to rest.
        HomeNotWritable: the lock that keeps it at rest cannot be taken.
        OSError: the copy cannot be written.
    """
    if not holds_index(home):
        return False
    with settled(home):
        copy_at_rest(home, into)
    return True


def copy_at_rest(home: Path, into: Path) -> None:
    """Copies an index that nobody writes, or that nobody here could keep from being written.

    Raises:
        StoreUnavailable, OSError: as `copy_index`.
    """
    for _ in range(_ATTEMPTS):
        if _copied(home / CHROMA, into / CHROMA):
            return
        shutil.rmtree(into / CHROMA)
    raise StoreUnavailable(
        f"{home / CHROMA}: its vectors were written again and again while they were copied; "
        f"try again later"
    )


def _copied(folder: Path, into: Path) -> bool:
    """Whether what was copied belongs together: SQLite forgets what the vectors' files hold, so
    that these must not be older, and when they are being read they must not change."""
    files = VectorFiles(folder)
    before = files.stamps()
    into.mkdir(parents=True)
    try:
        copy_database(folder / DATABASE, into / DATABASE)
    except sqlite3.Error as error:
        raise StoreUnavailable(
            f"{folder / DATABASE}: cannot be copied ({error}); run: citedesk doctor"
        ) from error
    files.copy(into)
    return files.stamps() == before
