"""Question sets as CSV or TSV, as a spreadsheet saves them: a question a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from corpus.characters import fold
from corpus.errors import UnreadableFile
from corpus.readers import Columns
from corpus.readers.cells import Cells, folded, read_cells
from corpus.readers.rows import Row, listed, no_such_column
from qa.evaluation.questions import QuestionSet
from qa.evaluation.reading.record import FIELDS
from qa.evaluation.reading.rows import read_rows
from qa.evaluation.selecting import Selection

_LISTS = ("answers", "sources", "tags")
#: What divides a list within a cell.
_DIVIDER = "|"
#: Lists within lists, which no cell can hold.
_ONLY_IN_JSON = ("answer_groups", "history")
#: The fields that a column can be named for.
COLUMNS = tuple(name for name in FIELDS if name not in _ONLY_IN_JSON)

# As people and spreadsheets write them in English, French and Italian, folded.
_TRUE = frozenset(("true", "yes", "1", "vrai", "oui", "vero", "si"))
_FALSE = frozenset(("false", "no", "0", "faux", "non", "falso"))
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def read_table(path: Path, columns: Columns, selection: Selection) -> QuestionSet:
    """The set of a table; what is said of columns without a meaning is a warning.

    Args:
        columns: names of columns by fields of `COLUMNS`, where they are not called by them.
            Names are compared without regard to case.

    Raises:
        BadQuestionSet: see `read_rows`.
        UnreadableFile: the file cannot be opened, or its header will not do.
    """
    unread: dict[str, None] = {}
    known = {*FIELDS, *map(folded, columns.values())}
    check = partial(_check_header, path, columns, unread)

    def rows() -> Iterator[Row | UnreadableFile]:
        for cells in read_cells(path, known, check):
            yield cells if isinstance(cells, UnreadableFile) else _row(cells, columns)

    questions = read_rows(path, rows, selection)
    warnings = (f"columns that are not read: {listed(unread)}",) if unread else ()
    return QuestionSet(questions, warnings=warnings)


def _check_header(
    path: Path, columns: Columns, unread: dict[str, None], names: Sequence[str]
) -> None:
    if not names:
        return  # of no rows `read_rows` tells
    header = set(map(folded, names))
    for field, column in columns.items():
        if folded(column) not in header:
            raise no_such_column(path, field, column, names)
    if "question" not in {*columns, *header}:
        raise UnreadableFile(
            path,
            f"has no column for the question; expected one named question, or --column "
            f"question=NAME, found {listed(names)}",
        )
    for name in names:
        if folded(name) in _ONLY_IN_JSON:
            raise UnreadableFile(
                path, f"has a column {name.strip()!r}, which no cell can hold; write JSON Lines"
            )
    unread |= dict.fromkeys(_unread(path, columns, names))


def _unread(path: Path, columns: Columns, names: Sequence[str]) -> Iterator[str]:
    """Columns without a meaning; one that is nearly the name of a missing field is an error."""
    meant = {*map(folded, columns.values()), *(set(COLUMNS) - set(columns))}
    missing = set(COLUMNS) - set(columns) - set(map(folded, names))
    for name in names:
        if not name.strip() or folded(name) in meant:
            continue
        if near := get_close_matches(folded(name), sorted(missing), n=1):
            raise UnreadableFile(
                path,
                f'has a column {name.strip()!r}; did you mean "{near[0]}"? name it so, or give '
                f"--column {near[0]}={name.strip()}",
            )
        yield name.strip()


def _row(cells: Cells, columns: Columns) -> Row:
    by_field = {field: folded(columns.get(field, field)) for field in COLUMNS}
    stated = {
        field: _value(field, cells.values[column])
        for field, column in by_field.items()
        if column in cells.values
    }
    return Row(cells.line, b"", stated)


def _value(field: str, cell: str) -> object:
    """What a cell says in JSON's terms; one that says nothing of its field stays as it is."""
    cell = cell.strip()
    if field in _LISTS:
        return [part.strip() for part in cell.split(_DIVIDER) if part.strip()]
    if field == "min_sources" and _WHOLE.fullmatch(cell):
        return int(cell)
    if field == "answerable" and fold(cell) in _TRUE | _FALSE:
        return fold(cell) in _TRUE
    return cell
