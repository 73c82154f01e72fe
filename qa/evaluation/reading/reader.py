"""A question set from wherever it lies: which format it is in, read whole, then what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers import Columns
from qa.errors import BadQuestionSet, BadSetting
from qa.evaluation.questions import QuestionSet
from qa.evaluation.reading.beir import SPLIT, read_beir
from qa.evaluation.reading.json_lines import json_rows
from qa.evaluation.reading.rows import check_size, read_rows
from qa.evaluation.reading.squad import read_squad
from qa.evaluation.reading.table import COLUMNS, read_table
from qa.evaluation.selecting import Selection, select

_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_TABLES = (".csv", ".tsv")
_EXPECTED = (
    "a question set is JSON Lines (.jsonl), SQuAD-format JSON (.json), a table (.csv, .tsv), or a "
    "BEIR folder"
)


def read_questions(
    path: Path,
    *,
    columns: Columns | None = None,
    split: str | None = None,
    selection: Selection = Selection(),
) -> QuestionSet:
    """The questions that are asked of a set, once all of it has been found right.

    A set that brings its own articles has all of them, whatever is asked.

    Args:
        columns: of a CSV or TSV, names of columns by fields (`COLUMNS`).
        split: of a BEIR folder, which of its qrels are read; "test" where it is None.
        selection: which questions are asked.

    Raises:
        BadQuestionSet: the set cannot be read, or something in it is wrong; says where and how.
        BadSetting: columns or a split for a format without, or a tag that no question has.
    """
    if not path.exists():
        raise BadQuestionSet(
            f"{path}: cannot be read, since there is no such file or folder; check the spelling"
        )
    is_table = path.name.lower().endswith(_TABLES)
    if columns and not is_table:
        raise BadSetting(f"--column is for CSV and TSV; {path} is none")
    if split is not None and not path.is_dir():
        raise BadSetting(f"--split is for BEIR folders; {path} is none")
    try:
        if is_table:
            return read_table(path, _checked(columns or {}), selection)
        if path.name.lower().endswith(_LINES):
            return QuestionSet(read_rows(path, partial(json_rows, path), selection))
        return _selected(path, _with_articles(path, split or SPLIT), selection)
    except UnreadableFile as error:
        raise BadQuestionSet(str(error)) from error


def _checked(columns: Mapping[str, str]) -> Columns:
    for field in columns:
        if field not in COLUMNS:
            raise BadSetting(f"--column {field}=…: expected a field of {', '.join(COLUMNS)}")
    return columns


def _with_articles(path: Path, split: str) -> QuestionSet:
    if path.is_dir():
        return read_beir(path, split)
    if path.suffix.lower() == ".json":
        return read_squad(path)
    named = f'"{path.suffix}"' if path.suffix else "no suffix"
    raise UnreadableFile(path, f"has {named}; {_EXPECTED}")


def _selected(path: Path, whole: QuestionSet, selection: Selection) -> QuestionSet:
    if not whole.questions:
        raise UnreadableFile(path, "holds no question")
    asked = select(whole.questions, selection)
    check_size(path, len(asked))
    return replace(whole, questions=asked)
