"""The log of answers as it is read: listed, looked up, checked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from index_store.sqlite_files import read_only_mode
from qa.audit.chain import Checked, Link, check
from qa.audit.entry import LAYOUT
from qa.errors import LogUnavailable, UnknownEntry

_LINKS = "SELECT number, previous, entry, hash FROM entries"
_LAST = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'entries'"

#: A number has fewer digits, and the id of an answer more.
_DIGITS = 16


class LoggedAnswers:
    """The entries of a log. Reading changes nothing, and makes no file where there is none.

    All methods raise `LogUnavailable` where the file is no log, or is damaged.

    Raises:
        LogUnavailable: there is no such file.
    """

    def __init__(self, file: Path) -> None:
        if not file.exists():
            raise LogUnavailable(
                f"{file}: there is no log of answers; the first answer that is given with "
                f"CITEDESK_AUDIT=on begins it"
            )
        self._file = file

    def newest(self, limit: int, since: str = "") -> list[Link]:
        """The last entries, newest first.

        Args:
            since: ISO 8601 day, UTC.
        """
        query = f"{_LINKS} WHERE time >= ? ORDER BY number DESC LIMIT ?"
        return list(self._links(query, since, limit))

    def oldest_first(self, since: str = "") -> Iterator[Link]:
        """Every entry."""
        return self._links(f"{_LINKS} WHERE time >= ? ORDER BY number", since)

    def find(self, identifier: str) -> Link:
        """An entry by its number, or by its answer's id or the beginning of that.

        Raises:
            UnknownEntry: there is none, or there are several.
        """
        if identifier.isascii() and identifier.isdecimal() and len(identifier) < _DIGITS:
            for link in self._links(f"{_LINKS} WHERE number = ?", int(identifier)):
                return link
        # "g" is behind every hexadecimal digit.
        query = f"{_LINKS} WHERE answer >= ? AND answer < ? LIMIT 2"
        found = list(self._links(query, identifier, f"{identifier}g")) if identifier else []
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownEntry(f"several answers have ids that begin with {identifier}; give more")
        raise UnknownEntry(
            f"no logged answer has the number or id {identifier!r}; run: citedesk log list"
        )

    def of_answers(self, ids: Iterable[str], since: str = "") -> Iterator[Link]:
        """The entries of answers by their whole ids, newest first; of unknown ones there are none.

        Args:
            since: ISO 8601 day, UTC.
        """
        query = (
            f"{_LINKS} WHERE answer IN (SELECT value FROM json_each(?)) AND time >= ? "
            f"ORDER BY number DESC"
        )
        return self._links(query, json.dumps(list(ids)), since)

    def refused(self, since: str = "") -> Iterator[Link]:
        """The entries of refusals, newest first.

        Args:
            since: ISO 8601 day, UTC.
        """
        query = (
            f"{_LINKS} WHERE json_extract(entry, '$.answer.refused') AND time >= ? "
            f"ORDER BY number DESC"
        )
        return self._links(query, since)

    def check(self, noted: str | None = None) -> Checked:
        """Walks the chain; see `qa.audit.chain.check`."""
        with self._opened() as connection:
            # One transaction: an answer that is logged meanwhile must not look like a cut.
            connection.execute("BEGIN")
            (last,) = connection.execute(_LAST).fetchone()
            rows = connection.execute(f"{_LINKS} ORDER BY number")
            return check((Link(*row) for row in rows), last, noted)

    def _links(self, query: str, *values: str | int) -> Iterator[Link]:
        with self._opened() as connection:
            for row in connection.execute(query, values):
                yield Link(*row)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            uri = f"{self._file.absolute().as_uri()}?{read_only_mode(self._file)}"
            with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
                # What is no UTF-8 any more is no reason to stop: its hash will tell.
                connection.text_factory = lambda raw: raw.decode(errors="replace")
                yield connection
        except sqlite3.Error as error:
            raise LogUnavailable(f"{self._file}: cannot be read as a log ({error})") from error


def read_entry(link: Link) -> Mapping[str, Any]:
    """The values of an entry.

    Raises:
        LogUnavailable: it is not as it was written, or another version wrote it.
    """
    try:
        values = json.loads(link.text)
    except ValueError:
        values = None
    if not isinstance(values, dict) or values.get("layout") != LAYOUT:
        raise LogUnavailable(
            f"entry {link.number} is not one that this version writes; run: citedesk log verify"
        )
    return values
