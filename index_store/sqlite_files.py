"""SQLite files of a home, looked at and copied while others write them.

Never to be opened so in a process in which Chroma is writing: SQLite's locks are those of a
process, and Chroma brings an SQLite of its own, which would not see them.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

#: What each such file begins with; https://www.sqlite.org/fileformat.html, 1.3.
_MAGIC = b"SQLite format 3\0"

#: Files beside it that belong to it, and that a copy has in itself.
COMPANIONS = ("-wal", "-shm", "-journal")

#: Seconds to wait for others that write.
_PATIENCE = 30.0


def is_database(file: Path) -> bool:
    """Whether a file is one of SQLite's, by its first bytes.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as opened:
        return opened.read(len(_MAGIC)) == _MAGIC


def quick_check(file: Path) -> str | None:
    """What SQLite finds wrong with a file in one line; None where it is sound.

    Every page is read, 1 GB in some seconds; https://www.sqlite.org/pragma.html#pragma_quick_check.
    """
    try:
        with _reading(file) as connection:
            (first, *_) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return None if first == "ok" else " ".join(str(first).split())


def copy_database(source: Path, target: Path) -> None:
    """Copies a file as it is at one moment, with what is not yet written back to it.

    Raises:
        sqlite3.Error: it is damaged, or cannot be read or written.
    """
    with _reading(source) as connection, closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)


def set_aside(file: Path) -> Path:
    """Gives a damaged file another name, for a new one to be begun; where it lies now.

    Raises:
        OSError: it cannot be renamed.
    """
    aside = file.with_name(f"{file.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    for ending in COMPANIONS:
        beside = file.with_name(f"{file.name}{ending}")
        if beside.exists():
            beside.replace(f"{aside}{ending}")
    return file.replace(aside)


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    address = f"{file.absolute().as_uri()}?{_mode(file)}"
    with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
        yield connection


def _mode(file: Path) -> str:
    """How to open a file without making one.

    What a killed process has left half written can be undone only by who may write.
    """
    return "mode=rw" if _is_writable(file) else read_only_mode(file)


def read_only_mode(file: Path) -> str:
    """How to open a file to read it alone.

    One with a write-ahead log needs files beside it, which only those who may write can make. Where
    none waits to be written back, nobody has it open, and it can be read as it is.
    """
    if _is_writable(file) or not _has_log(file) or file.with_name(f"{file.name}-wal").exists():
        return "mode=ro"
    return "mode=ro&immutable=1"


def _has_log(file: Path) -> bool:
    """Whether it is in WAL mode, by its header; https://www.sqlite.org/fileformat.html, 1.3.3."""
    try:
        with file.open("rb") as opened:
            return opened.read(20)[18:20] == b"\2\2"
    except OSError:
        return False


def _is_writable(file: Path) -> bool:
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
