"""CSV and TSV exports: a header row, then one article a row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.cells import Cells, folded, read_cells
from corpus.readers.draft import FIELDS
from corpus.readers.record import Columns, Format, Record
from corpus.readers.rows import (
    BODY,
    KEYS,
    Row,
    by_columns,
    check_columns,
    listed,
    no_such_column,
    records_of,
)

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
    known = {*_KNOWN, *map(folded, columns.values())}
    found = read_cells(path, known, partial(_check_header, path, columns))
    rows = (row if isinstance(row, UnreadableFile) else _row(row, columns) for row in found)
    yield from records_of(path, rows, "has no text")


def _check_header(path: Path, columns: Columns, names: Sequence[str]) -> None:
    if not names:
        raise UnreadableFile(path, "is empty (0 rows); nothing to index")
    header = set(map(folded, names))
    for field, column in columns.items():
        if folded(column) not in header:
            raise no_such_column(path, field, column, names)
    if "text" not in columns and not set(BODY) & header:
        raise UnreadableFile(
            path,
            f'has no column for the text; expected "text", "body" or "content" in its first row, '
            f"found {listed(names)}",
        )


def _row(cells: Cells, columns: Columns) -> Row:
    # Sorted, so that a column that moves changes no article.
    content = json.dumps(dict(cells.values), sort_keys=True).encode()
    stated = {_KNOWN[name]: cell for name, cell in cells.values.items() if name in _KNOWN}
    values = by_columns(stated, columns, lambda column: cells.values.get(folded(column)))
    return Row(cells.line, content, values)


FORMAT = Format("CSV", (".csv", ".tsv"), records)
