"""JSON Lines exports: one article a line."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

from corpus.errors import UnreadableFile
from corpus.readers.record import Columns, Format, Record
from corpus.readers.rows import (
    LONGEST_ROW,
    Lines,
    Row,
    RowTooLong,
    by_columns,
    check_columns,
    no_such_column,
    records_of,
)

#: Lines in which a column that the user names must be found; a field can be missing in some.
_LINES_TRIED = 100

_ABSENT = object()


def records(path: Path, columns: Columns) -> Iterator[Record | UnreadableFile]:
    """Articles in file order, a line at a time; a bad line is yielded as its error.

    Args:
        columns: names of keys by fields; `article.body` is the key `body` within `article`, and
            `authors.0` the first of `authors`.

    Raises:
        UnreadableFile: the file cannot be opened or is empty, or a key that the user names is
            not in it.
    """
    check_columns(path, columns)
    if columns:
        _check_keys(path, columns)
    if "text" in columns:
        no_text = f"has no text in {columns['text']!r}"
    else:
        no_text = 'has no text; expected one of the keys "text", "body", "content"'
    yield from records_of(path, _rows(path, columns), no_text)


def _rows(path: Path, columns: Columns) -> Iterator[Row | UnreadableFile]:
    found = False
    try:
        with path.open("rb") as file:
            for row in objects(path, file, columns):
                found = True
                yield row
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
    if not found:
        raise UnreadableFile(path, "is empty (0 lines of JSON); nothing to index")


def objects(path: Path, file: IO[bytes], columns: Columns) -> Iterator[Row | UnreadableFile]:
    """The JSON objects of a file, one a line; a line that is none is yielded as its error."""
    lines = Lines(file)
    while (line := _next(path, lines)) is not None:
        if isinstance(line, UnreadableFile):
            yield line
        else:
            yield _row(path, lines.number, line, columns)


def _next(path: Path, lines: Lines[bytes]) -> bytes | UnreadableFile | None:
    """The next line that is not blank, its error, or None at the end."""
    line: bytes | None = b""
    while line is not None and not line.removeprefix(BOM_UTF8).strip():
        lines.start_row()
        try:
            line = next(lines, None)
        except RowTooLong:
            return UnreadableFile(
                path,
                f"line {lines.number} is longer than {LONGEST_ROW:,} bytes; is it one object?",
            )
    return line


def _row(path: Path, number: int, line: bytes, columns: Columns) -> Row | UnreadableFile:
    try:
        stated = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return UnreadableFile(path, f"line {number} is not valid UTF-8 (byte {error.start + 1})")
    except (ValueError, RecursionError) as error:  # ValueError: a number of 5,000 digits, too
        return UnreadableFile(path, f"line {number} is not JSON ({error})")
    if not isinstance(stated, dict):
        return UnreadableFile(
            path, f"line {number}: expected a JSON object, found {type(stated).__name__}"
        )
    # Stripped, since the line break of the last line comes with the next article.
    values = by_columns(stated, columns, partial(_present, stated))
    return Row(number, line.strip(), values)


def _check_keys(path: Path, columns: Columns) -> None:
    """A misspelt key would otherwise be an error of every line."""
    rows = islice((row for row in _rows(path, {}) if isinstance(row, Row)), _LINES_TRIED)
    missing = dict(columns)
    keys: dict[str, None] = {}
    for row in rows:
        keys |= dict.fromkeys(map(str, row.stated))
        missing = {
            field: key for field, key in missing.items() if _value(row.stated, key) is _ABSENT
        }
        if not missing:
            return
    for field, key in missing.items() if keys else ():
        raise no_such_column(path, field, key, keys)


def _present(stated: Mapping[str, object], key: str) -> object:
    value = _value(stated, key)
    return None if value is _ABSENT else value


def _value(stated: object, key: str) -> object:
    """The value under a key, or under keys within each other; `_ABSENT` where there is none."""
    if isinstance(stated, dict) and key in stated:
        return stated[key]
    first, dot, rest = key.partition(".")
    if isinstance(stated, dict) and dot and first in stated:
        inner = stated[first]
    elif isinstance(stated, list) and first in map(str, range(len(stated))):
        inner = stated[int(first)]
    else:
        return _ABSENT
    return _value(inner, rest) if dot else inner


FORMAT = Format("JSON Lines", (".jsonl", ".ndjson"), records)
