"""Questions that were translated before, so that asking again waits for no model.

A translation memory is the field's own name for it. The last ones are kept in memory, and all of
them, up to a limit, in a small SQLite file that several processes share.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import TypeVar

#: Translations in memory, about 300 bytes each, and in the file.
_IN_MEMORY = 2_000
_IN_FILE = 20_000

#: Seconds to wait for another process that writes; it takes milliseconds.
_PATIENCE = 1.0

_TABLE = """\
CREATE TABLE IF NOT EXISTS translations (
    model TEXT, question TEXT, language TEXT, text TEXT, PRIMARY KEY (model, question, language)
)"""

_T = TypeVar("_T")

logger = logging.getLogger(__name__)


class TranslationMemory:
    """Translations by one model. May be used by many threads and processes at once.

    Where the file cannot be read or written the log says so, and the memory goes on without it:
    all that is lost is the time to translate again.

    Args:
        model: its name; another one's translations are not its own.
        file: made where there is none; without one, all is forgotten with the process.
    """

    def __init__(self, model: str, file: Path | None = None) -> None:
        self._model = model
        self._file = file
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._lock = Lock()

    def get(self, question: str, languages: Iterable[str]) -> dict[str, str]:
        """Translations of a question by language; what was never translated is absent."""
        wanted = list(languages)
        with self._lock:
            known = {
                into: self._kept[question, into]
                for into in wanted
                if (question, into) in self._kept
            }
        missing = [into for into in wanted if into not in known]
        if missing:
            known |= self._read(question, missing)
        self._keep(question, known)
        return known

    def put(self, question: str, translations: Mapping[str, str]) -> None:
        """Keeps translations by language; the oldest make room."""
        self._keep(question, translations)
        rows = [(self._model, question, into, text) for into, text in translations.items()]

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO translations VALUES (?, ?, ?, ?)", rows)
            connection.execute(
                "DELETE FROM translations WHERE rowid <= (SELECT max(rowid) FROM translations) - ?",
                (_IN_FILE,),
            )

        self._in_file(write)

    def _keep(self, question: str, translations: Mapping[str, str]) -> None:
        with self._lock:
            for into, text in translations.items():
                self._kept[question, into] = text
                self._kept.move_to_end((question, into))
            while len(self._kept) > _IN_MEMORY:
                self._kept.popitem(last=False)

    def _read(self, question: str, languages: Sequence[str]) -> dict[str, str]:
        def read(connection: sqlite3.Connection) -> list[tuple[str, str]]:
            return connection.execute(
                "SELECT language, text FROM translations WHERE model = ? AND question = ?",
                (self._model, question),
            ).fetchall()

        return {into: text for into, text in self._in_file(read) or () if into in languages}

    def _in_file(self, use: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """What is done with a connection of its own, which threads cannot share; None without."""
        if self._file is None:
            return None
        try:
            with closing(sqlite3.connect(self._file, timeout=_PATIENCE)) as connection, connection:
                connection.execute(_TABLE)
                return use(connection)
        except sqlite3.Error as error:
            logger.warning("%s: translations cannot be kept there (%s)", self._file, error)
        return None
