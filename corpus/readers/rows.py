"""What exports of many articles share: rows with named values, whatever their files look like.

Rows pass one at a time, so that an archive of any size is read in the memory of its longest row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, AnyStr, Generic

from corpus.errors import UnreadableFile
from corpus.readers.draft import FIELDS, Draft, pick_metadata
from corpus.readers.fragment import plain_text
from corpus.readers.record import Columns, Record

#: Names of the body, and of what tells rows apart, most telling first.
BODY = ("text", "body", "content")
KEYS = ("id", "guid", "url")

#: The fields that a user can name a column for.
MAPPABLE = ("text", "id", *FIELDS)

#: Characters (bytes of JSON Lines) of the longest row. A book has a million; a quotation mark
#: that is never closed makes one row of the rest of the file.
LONGEST_ROW = 16_000_000

_NAMES: dict[str, tuple[str, ...]] = {"text": BODY, "id": ("id",), **FIELDS}
_MOST_NAMES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One article of an export.

    Attributes:
        line: where it begins, counted from 1.
        content: the bytes that decide whether it changed.
        stated: its values by the names that it uses, or by ours where the user named a column.
    """

    line: int
    content: bytes
    stated: Mapping[str, object]


class RowTooLong(Exception):
    """A row exceeds `LONGEST_ROW`; the lines behind it can still be read."""


class Lines(Generic[AnyStr]):
    """The lines of a file, of which no row takes in more than `LONGEST_ROW`.

    An iterator that can be asked again after `RowTooLong`, which a generator could not.

    Attributes:
        number: of the last line that was read, from 1; 0 before.
    """

    def __init__(self, file: IO[AnyStr]) -> None:
        self.number = 0
        self._file: IO[AnyStr] = file
        self._room = LONGEST_ROW

    def start_row(self) -> None:
        """Grants the next row its full length."""
        self._room = LONGEST_ROW

    def __iter__(self) -> Iterator[AnyStr]:
        return self

    def __next__(self) -> AnyStr:
        line: AnyStr = self._file.readline(self._room + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._room:
            while line and line[-1:] not in ("\n", "\r", b"\n"):
                line = self._file.readline(1 << 20)
            raise RowTooLong
        self._room -= len(line)
        return line


def records_of(
    path: Path, rows: Iterable[Row | UnreadableFile], no_text: str
) -> Iterator[Record | UnreadableFile]:
    """The rows as records, each under a key of its own; an error passes as it is.

    Args:
        no_text: what is said of a row without a body, behind its line number.
    """
    # Eight bytes a key, since an export can hold millions: 1e6 of them collide with p < 3e-8.
    lines_by_key: dict[int, int] = {}
    for row in rows:
        if isinstance(row, UnreadableFile):
            yield row
            continue
        key, is_named = _key(row)
        digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        first = lines_by_key.setdefault(int.from_bytes(digest), row.line)
        if first == row.line:
            yield Record(row.content, partial(_read, path, row, no_text), key)
        elif is_named:  # one would replace the other at every reading
            yield UnreadableFile(
                path,
                f"line {row.line} has the id of line {first}; give every article an id of its own",
            )
        else:
            yield UnreadableFile(path, f"line {row.line} repeats line {first}; leave one out")


def _key(row: Row) -> tuple[str, bool]:
    """What the row is known by, and whether it says so itself."""
    if name := stated_key(row.stated):
        return name, True
    # A row without an id is known by its content: a changed one is a new one.
    return hashlib.sha256(row.content).hexdigest()[:16], False


def stated_key(stated: Mapping[str, object]) -> str:
    """What an article calls itself, "" where it does not; 0 is the first id of many exports."""
    values = (stated.get(key) for key in KEYS)
    return next((str(value) for value in values if value is not None and value != ""), "")


def body_of(path: Path, stated: Mapping[str, object]) -> str:
    """The first body that says anything, as plain text; "" for none.

    Raises:
        UnreadableFile: see `plain_text`.
    """
    bodies = (stated.get(name) for name in BODY)
    written = (body for body in bodies if isinstance(body, str) and body.strip())
    return next(filter(None, (plain_text(path, body) for body in written)), "")


def _read(path: Path, row: Row, no_text: str) -> Draft:
    try:
        body = body_of(path, row.stated)
        if body:
            return Draft(body, pick_metadata(row.stated, path))
    except UnreadableFile as error:
        raise type(error)(path, f"line {row.line}: {error.reason}") from error
    raise UnreadableFile(path, f"line {row.line} {no_text}")


def check_columns(path: Path, columns: Columns) -> None:
    """Whether the user's columns are named for fields that an article has.

    Raises:
        UnreadableFile: one is not.
    """
    unknown = [field for field in columns if field not in MAPPABLE]
    if unknown:
        raise UnreadableFile(
            path,
            f"a column is named for the field {unknown[0]!r}; expected one of "
            f"{', '.join(MAPPABLE)}",
        )


def by_columns(
    stated: Mapping[str, object], columns: Columns, find: Callable[[str], object]
) -> Mapping[str, object]:
    """The values by our names, where the user named a column; no other column counts there."""
    if not columns:
        return stated
    replaced = {name for field in columns for name in _NAMES[field]}
    kept = {name: value for name, value in stated.items() if name not in replaced}
    return kept | {field: find(column) for field, column in columns.items()}


def no_such_column(path: Path, field: str, column: str, found: Iterable[str]) -> UnreadableFile:
    """The error of a mapping that does not fit the file."""
    return UnreadableFile(
        path, f"expected {field} in the column {column!r}, found only {listed(found)}"
    )


def listed(names: Iterable[str]) -> str:
    """Names for a message of one line, however many and whatever is in them."""
    known = [ascii(name) if not name.isprintable() else repr(name) for name in names]
    more = len(known) - _MOST_NAMES_SHOWN
    shown = ", ".join(name[:60] for name in known[:_MOST_NAMES_SHOWN]) or "none"
    return f"{shown} and {more} more" if more > 0 else shown
