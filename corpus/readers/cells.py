"""Tables as programs export them: CSV and TSV, a row of named cells at a time.

What the cells mean is for others to say; see `corpus.readers.table`.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from corpus.errors import UnreadableFile
from corpus.readers.rows import LONGEST_ROW, Lines, RowTooLong

_DELIMITERS = ",;\t|"
_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table.

    Attributes:
        line: where it begins, counted from 1.
        values: what its cells hold by `folded` names of columns; empty ones are left out.
    """

    line: int
    values: Mapping[str, str]


def folded(name: str) -> str:
    """The name of a column as it is compared."""
    return name.strip().casefold()


def read_cells(
    path: Path, known: Collection[str], check: Callable[[Sequence[str]], None]
) -> Iterator[Cells | UnreadableFile]:
    """The rows below the header in file order; a bad one is yielded as its error.

    Args:
        known: folded names of columns that have a meaning: they tell the delimiter, and none of
            them may stand in the header twice.
        check: given the header's names, none of an empty file; raises `UnreadableFile` where they
            will not do.

    Raises:
        UnreadableFile: the file cannot be opened or is binary, or its header will not do.
    """
    # This limit is the whole process's, 131,072 characters unless raised; `Lines` has its own.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW))
    try:
        with _opened(path) as file:
            yield from _rows(path, Lines(file), known, check)
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


def _rows(
    path: Path,
    lines: Lines[str],
    known: Collection[str],
    check: Callable[[Sequence[str]], None],
) -> Iterator[Cells | UnreadableFile]:
    header = None
    first = _first_line(path, lines)
    if first is None:
        check(())
        return
    # Strict, since a lenient parser drops quotation marks out of the text in silence.
    cells = csv.reader(chain([first], lines), delimiter=_delimiter(first, known), strict=True)
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
                check(row)
                header = _header(path, row, known)
            elif any(map(str.strip, row)):
                yield _row(path, number, header, row)
        if header is None:
            raise UnreadableFile(path, f"its header row (line {number}) is not valid CSV")
        lines.start_row()
        number = lines.number + 1


def _first_line(path: Path, lines: Lines[str]) -> str | None:
    try:
        line = next((line for line in lines if line.strip()), None)
    except RowTooLong as error:
        raise UnreadableFile(path, "has no header row; expected names of columns") from error
    if line is not None and _flaw(line):
        raise UnreadableFile(path, f"its header row {_flaw(line)}; export it as CSV in UTF-8")
    return line


def _delimiter(line: str, known: Collection[str]) -> str:
    """What divides the header into most columns that are known, then into most columns."""

    def columns_found(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([line], delimiter=delimiter))
        return sum(folded(name) in known for name in names), len(names)

    return max(_DELIMITERS, key=columns_found)


def _header(path: Path, names: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """The names of the columns, folded."""
    header = tuple(map(folded, names))
    twice = [name for name, times in Counter(header).items() if times > 1 and name in known]
    if twice:
        raise UnreadableFile(path, f"has two columns {twice[0]!r}; rename one of them")
    return header


def _row(
    path: Path, number: int, header: tuple[str, ...], cells: list[str]
) -> Cells | UnreadableFile:
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
    named = zip(header, cells, strict=True)
    return Cells(number, {name: cell for name, cell in named if cell.strip()})


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
