"""The log in one SQLite file that only grows.

Threads and processes write at the same time; a process may be killed at any moment. An entry that
cannot be kept (a full disk, a read-only home) costs one warning and not the reader's answer.

No answer waits for the disk: where the machine loses its power, the last entries can be missing,
but the chain is whole. Waiting took 8 to 14 ms for one entry in twenty on a busy machine, where an
entry now takes 0.5 ms.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

from qa.audit.chain import GENESIS, link_hash
from qa.audit.entry import Entry, canonical, entry_json
from qa.settings import Settings, Switch

#: Under a home.
FILE = "audit.sqlite3"

#: Seconds to wait for others that write, each a millisecond.
_PATIENCE = 5.0

# AUTOINCREMENT remembers the highest number for good, so that a cut at the end is seen. The trigger
# on INSERT also keeps REPLACE from removing a row, which fires no trigger on DELETE.
_TABLE = f"""\
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    previous TEXT NOT NULL,
    entry TEXT NOT NULL,
    hash TEXT NOT NULL,
    time TEXT GENERATED ALWAYS AS (json_extract(entry, '$.time')) VIRTUAL,
    answer TEXT GENERATED ALWAYS AS (json_extract(entry, '$.answer.id')) VIRTUAL
);
CREATE INDEX IF NOT EXISTS entries_by_answer ON entries (answer);
CREATE INDEX IF NOT EXISTS entries_by_time ON entries (time);
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the log of answers only grows'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the log of answers only grows'); END;
CREATE TRIGGER IF NOT EXISTS only_at_the_end BEFORE INSERT ON entries
WHEN NEW.previous IS NOT coalesce(
    (SELECT hash FROM entries ORDER BY number DESC LIMIT 1), '{GENESIS}'
) OR NEW.number <= (SELECT max(number) FROM entries)
BEGIN SELECT RAISE(ABORT, 'an entry follows on the last one'); END;
COMMIT;
"""
_HEAD = """\
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'entries'), 0),
       coalesce((SELECT hash FROM entries ORDER BY number DESC LIMIT 1), ?)
"""

logger = logging.getLogger(__name__)


class AuditLog:
    """The log that answers are appended to.

    Args:
        file: made with the first entry, readable by its owner alone: questions can name people.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._close: Callable[[], object] = lambda: None

    def append(self, entry: Entry) -> None:
        """Adds an entry behind the last one; where that fails, the log of the program says so."""
        text = canonical(entry_json(entry))
        with self._lock:
            try:
                self._write(text)
            except (OSError, sqlite3.Error) as error:
                self._drop()
                logger.warning(
                    "%s: the answer %s was given but could not be logged (%s); make room there or "
                    "make it writable, or set CITEDESK_AUDIT=off",
                    self._file, entry.answer["id"], error,
                )  # fmt: skip

    def _write(self, text: str) -> None:
        connection = self._opened()
        with connection:
            # Who reads the head holds the lock already, so that no two entries follow on one.
            connection.execute("BEGIN IMMEDIATE")
            number, previous = connection.execute(_HEAD, (GENESIS,)).fetchone()
            connection.execute(
                "INSERT INTO entries (number, previous, entry, hash) VALUES (?, ?, ?, ?)",
                (number + 1, previous, text, link_hash(previous, text)),
            )

    def _opened(self) -> sqlite3.Connection:
        """One connection for all threads, kept open: closing the last one writes the file anew."""
        if self._connection is None:
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
            connection = sqlite3.connect(
                self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._close = weakref.finalize(self, connection.close)
            connection.executescript(_TABLE)
            # SQLite does not wait here for others that open the file at the same moment; whichever
            # of them switches it over, switches it for all and for good.
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            self._connection = connection
        return self._connection

    def _drop(self) -> None:
        """Forgets a connection that failed, so that the next entry tries anew."""
        self._close()
        self._connection = None


def open_log(settings: Settings) -> AuditLog | None:
    """The log in the home, or None where it is switched off."""
    return AuditLog(settings.home / FILE) if settings.audit is Switch.ON else None
