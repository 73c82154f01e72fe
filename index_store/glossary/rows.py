"""Glossaries on disk: CSV with a column a language, a concept a row, forms parted by `|`.

    field,en,fr,it
    courts,trial|lawsuit*,procès,processo|causa*
    transport,*car|cars,voiture|automobile,automobile

`form*` is offered to questions in other languages, but a question that holds it is not widened by
this row: it has other meanings. `*form` is the other way round: too like words of other languages
to be looked for. A newsroom's own glossary may name other languages, and `any` for names that are
the same in every one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from index_store.errors import BadGlossary
from index_store.terms import words

#: The column of names that are the same in every language.
ANY = "any"

_FIELD = "field"
_LANGUAGE = re.compile(r"[a-z]{2}")
_DELIMITERS = ",;\t"


class Form(NamedTuple):  # 11,000 of them are made in 20 ms, as dataclasses in 30
    """One way to say something, as its glossary writes it.

    Attributes:
        folded: its words, as questions are compared with it.
        asked: whether a question that holds it is widened.
        offered: whether it is offered to questions.
    """

    text: str
    folded: tuple[str, ...]
    asked: bool = True
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Concept:
    """Forms by column. Those of a newsroom's own glossary widen within a language, too."""

    forms: Mapping[str, tuple[Form, ...]]
    is_house: bool = False


def read_house(path: Path) -> list[Concept]:
    """The concepts of a newsroom's own glossary.

    Raises:
        BadGlossary: it cannot be opened, is not UTF-8, or is not of the form above.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or error
        raise BadGlossary(
            f"{path}: expected a glossary, but it cannot be opened ({reason}); check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise BadGlossary(
            f"{path}: expected UTF-8, found other bytes at {error.start}; save it as CSV UTF-8"
        ) from error
    return list(read_concepts(text, str(path), is_house=True))


def read_concepts(text: str, name: str, *, is_house: bool = False) -> Iterator[Concept]:
    """The concepts of a glossary's text, in order; `name` is what errors call it.

    Raises:
        BadGlossary: a line is not of the form above.
    """
    header = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)  # some spreadsheets part by ; or tabs
    table = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = (row for row in table if any(cell.strip() for cell in row))
        columns = _columns(next(rows, []), f"{name}, line {table.line_num or 1}")
        for row in rows:
            yield _concept(columns, row, f"{name}, line {table.line_num}", is_house)
    except csv.Error as error:
        raise BadGlossary(
            f"{name}, line {table.line_num}: expected a row of CSV, found what is none ({error}); "
            "close its quotation marks"
        ) from error


def _columns(header: list[str], line: str) -> list[str]:
    columns = [cell.strip().lower() for cell in header]
    languages = [column for column in columns if column != _FIELD]
    wrong = [each for each in languages if each != ANY and not _LANGUAGE.fullmatch(each)]
    if not languages or wrong:
        found = repr(wrong[0]) if wrong else "no language"
        raise BadGlossary(
            f"{line}: expected a header of language codes such as field,en,fr,it, found {found}; "
            "name each column by two letters, or any"
        )
    if twice := [column for column in columns if columns.count(column) > 1]:
        raise BadGlossary(
            f"{line}: expected each column once, found {twice[0]!r} twice; "
            "join them, with | between the words"
        )
    return columns


def _concept(columns: list[str], row: list[str], line: str, is_house: bool) -> Concept:
    if len(row) > len(columns):
        raise BadGlossary(
            f"{line}: expected {len(columns)} cells, as in the header, found {len(row)}; "
            "put cells that hold the delimiter in quotation marks"
        )
    cells = dict(zip(columns, row, strict=False))
    cells.pop(_FIELD, None)
    forms = {column: tuple(_forms(cell.split("|"), line)) for column, cell in cells.items()}
    if len({form.folded for each in forms.values() for form in each}) < 2:
        found = next((cell.strip() for cell in cells.values() if cell.strip()), "none")
        raise BadGlossary(
            f"{line}: expected two words that mean the same, found {found!r} alone; "
            "add its translation, or its other spelling behind |"
        )
    return Concept({column: each for column, each in forms.items() if each}, is_house)


def _forms(cell: Iterable[str], line: str) -> Iterator[Form]:
    for written in filter(None, map(str.strip, cell)):
        text = written.strip("* ")
        folded = tuple(words(text))
        if not folded:
            raise BadGlossary(f"{line}: expected words, found {written!r}; take it out")
        yield Form(text, folded, not written.endswith("*"), not written.startswith("*"))
