"""CSV and TSV exports: a header row, then one article a row."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TextIO

from corpus.errors import UnreadableFile
from corpus.readers.draft import FIELDS
from corpus.readers.record import Columns, Format, Record
from corpus.readers.rows import (
    BODY,
    KEYS,
    LONGEST_ROW,
    Lines,
    Row,
    RowTooLong,
    by_columns,
    check_columns,
    listed,
    no_such_column,
    records_of,
)

_DELIMITERS = ",;\t|"
_UNDECODED = re.compile("[\udc80-\udcff]")
_KNOWN = {name.casefold(): name for names in (BODY, KEYS, *FIELDS.values()) for name in names}


def records(path: Path, columns: Columns) -> Iterator[Record | UnreadableFile]:
    """Articles in file order, a row at a time; a bad row is yielded as its error.

    Args:
        columns: names of columns by fields. Names are compared without regard to case.

    Raises:
        UnreadableFile: the file cannot be opened, is empty or binary, has no column for the text,
            or has not the columns that the user names.
    """
    check_columns(path, columns)
    # This limit is the whole process's, 131,072 characters unless raised; `Lines` has its own.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW))
    try:
        with _opened(path) as file:
            yield from records_of(path, _rows(path, Lines(file), columns), "has no text")
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, "is not valid UTF-16; save it as UTF-8") from error


def _opened(path: Path) -> TextIO:
    with path.open("rb") as file:
        is_utf16 = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
    if is_utf16:
        return path.open(encoding="utf-16", newline="")
    # What is not UTF-8 passes as lone surrogates, so that only its row is lost.
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _rows(path: Path, lines: Lines[str], columns: Columns) -> Iterator[Row | UnreadableFile]:
    header = None
    first = _first_line(path, lines)
    # Strict, since a lenient parser drops quotation marks out of the text in silence.
    cells = csv.reader(chain([first], lines), delimiter=_delimiter(first, columns), strict=True)
    number = lines.number
    while True:
        try:
            row = next(cells, None)
        except (csv.Error, RowTooLong) as error:
            yield _bad_row(path, number, lines.number, error)
        else:
            if row is None:
                break
            if header is None:
                header = _header(path, row, columns)
            elif any(map(str.strip, row)):
                yield _row(path, number, header, row, columns)
        if header is None:
            raise UnreadableFile(path, f"its header row (line {number}) is not valid CSV")
        lines.start_row()
        number = lines.number + 1


def _first_line(path: Path, lines: Lines[str]) -> str:
    try:
        line = next((line for line in lines if line.strip()), None)
    except RowTooLong as error:
        raise UnreadableFile(path, "has no header row; expected names of columns") from error
    if line is None:
        raise UnreadableFile(path, "is empty (0 rows); nothing to index")
    if _flaw(line):
        raise UnreadableFile(path, f"its header row {_flaw(line)}; export it as CSV in UTF-8")
    return line


def _delimiter(line: str, columns: Columns) -> str:
    """What divides the header into most columns that are known, then into most columns."""
    known = {*_KNOWN, *map(_folded, columns.values())}

    def columns_found(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([line], delimiter=delimiter))
        return sum(_folded(name) in known for name in names), len(names)

    return max(_DELIMITERS, key=columns_found)


def _header(path: Path, names: Sequence[str], columns: Columns) -> tuple[str, ...]:
    """The names of the columns, compared as `_folded`."""
    header = tuple(map(_folded, names))
    for field, column in columns.items():
        if _folded(column) not in header:
            raise no_such_column(path, field, column, names)
    if "text" not in columns and not set(BODY) & set(header):
        raise UnreadableFile(
            path,
            f'has no column for the text; expected "text", "body" or "content" in its first row, '
            f"found {listed(names)}",
        )
    used = {*_KNOWN, *map(_folded, columns.values())}
    twice = [name for name, times in Counter(header).items() if times > 1 and name in used]
    if twice:
        raise UnreadableFile(path, f"has two columns {twice[0]!r}; rename one of them")
    return header


def _row(
    path: Path, number: int, header: tuple[str, ...], cells: list[str], columns: Columns
) -> Row | UnreadableFile:
    # Spreadsheets pad rows with empty cells.
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(header):
        return UnreadableFile(
            path,
            f"line {number} has {len(cells)} cells, expected {len(header)}; "
            f"put cells with a delimiter or a line break in quotes",
        )
    if flaw := _flaw("".join(cells)):
        return UnreadableFile(path, f"line {number} {flaw}")
    values = {name: cell for name, cell in zip(header, cells, strict=True) if cell.strip()}
    # Sorted, so that a column that moves changes no article.
    content = json.dumps(values, sort_keys=True).encode()
    stated = {_KNOWN[name]: cell for name, cell in values.items() if name in _KNOWN}
    return Row(
        number, content, by_columns(stated, columns, lambda column: values.get(_folded(column)))
    )


def _bad_row(path: Path, first: int, last: int, error: Exception) -> UnreadableFile:
    where = f"line {first}" if first >= last else f"lines {first} to {last}"
    if isinstance(error, RowTooLong):
        reason = f"row longer than {LONGEST_ROW:,} characters; is a quotation mark never closed?"
    else:
        reason = f"row is not valid CSV ({error}); double the quotation marks inside a cell"
    return UnreadableFile(path, f"{where}: {reason}")


def _flaw(text: str) -> str | None:
    """Why text cannot be what the outlet wrote."""
    if "\0" in text:
        return "holds NUL bytes, which no text has"
    if _UNDECODED.search(text):
        return "is not valid UTF-8"
    return None


def _folded(name: str) -> str:
    return name.strip().casefold()


FORMAT = Format("CSV", (".csv", ".tsv"), records)
