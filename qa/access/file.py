"""The one file under a home that keys, users and log-ins are kept in.

Several processes read and write it at the same time: the server at each request, the commands when
a key is made or revoked. SQLite keeps each statement whole, and nothing is remembered in between
(opening the file and reading a row takes 0.06 ms), so that a revoked key is one at once.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from index_store.folders import make_writable
from qa.errors import AccessUnavailable

#: Under a home.
FILE = "access.sqlite3"

#: Seconds to wait for others that write, each a millisecond.
_PATIENCE = 5.0
_VERSION = 1
_TABLES = f"""\
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    role TEXT NOT NULL,
    origins TEXT NOT NULL,
    created TEXT NOT NULL,
    expires TEXT
);
CREATE TABLE IF NOT EXISTS users (
    name TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    role TEXT NOT NULL,
    created TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
    hash BLOB PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
    expires REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS signing (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), secret BLOB);
INSERT OR IGNORE INTO signing VALUES (1, randomblob(32));
PRAGMA user_version = {_VERSION};
COMMIT;
"""


class AccessFile:
    """The file; made with the first write, readable by its owner alone."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE

    def exists(self) -> bool:
        """Whether a key or user was ever made here. The last one's end does not take it away."""
        return self._file.exists()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a query finds; nothing where there is no file yet.

        Raises:
            AccessUnavailable: the file is there but cannot be read.
        """
        if not self.exists():
            return []
        with self._opened() as connection:
            return connection.execute(query, values).fetchall()

    def write(self, statement: str, values: Sequence[object] = ()) -> int:
        """Runs one statement whole; how many rows it changed.

        Raises:
            AccessUnavailable: the file cannot be written.
            HomeNotWritable: neither can the home.
        """
        make_writable(self._file.parent)
        try:
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise self._unavailable(error.strerror) from error
        with self._opened() as connection:
            return connection.execute(statement, values).rowcount

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        address = f"{self._file.absolute().as_uri()}?mode=rw"  # that makes no file
        try:
            with closing(
                sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
            ) as connection:
                (found,) = connection.execute("PRAGMA user_version").fetchone()
                if found > _VERSION:
                    raise self._unavailable(
                        f"a newer citedesk wrote it, in version {found}, and this one knows "
                        f"{_VERSION}: run pip install --upgrade citedesk"
                    )
                # A process may have been killed between making the file and its tables.
                if found < _VERSION:
                    connection.executescript(_TABLES)
                connection.execute("PRAGMA foreign_keys = ON")
                yield connection
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    def _unavailable(self, reason: object) -> AccessUnavailable:
        return AccessUnavailable(
            f"{self._file}: keys and users cannot be read or written ({reason}); see that the "
            f"file is one of citedesk's and that this user may write it"
        )
