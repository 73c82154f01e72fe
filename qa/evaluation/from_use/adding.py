"""Adding a question to a set: one line at its end, and all that stood there stays byte for byte."""

from __future__ import annotations

import errno
import json
import os
from codecs import BOM_UTF8
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from qa.errors import BadQuestionSet, BadSetting
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reading import read_questions
from qa.evaluation.reading.problems import shown
from qa.evaluation.reading.record import gold_question

#: Under a home. A lock file beside the set would lie about in the newsroom's own folder.
LOCK = "question-sets.lock"

_SUFFIXES = (".jsonl", ".ndjson")
#: Seconds to wait for others that add, each some milliseconds.
_PATIENCE = 5.0


def add_question(path: Path, question: GoldQuestion, home: Path) -> None:
    """Appends a question to a set of JSON Lines, which is made where there is none.

    Either the set is right before and after, or nothing is written.

    Raises:
        BadSetting: the question cannot be written as it is, or the set is of another format.
        BadQuestionSet: something in the set is wrong, it has the id already, or it cannot be
            written.
    """
    line = _line(question)
    try:
        with FileLock(home / LOCK, timeout=_PATIENCE):
            _check_new(path, question.id)
            _append(path, line, question)
    except Timeout as error:
        raise BadQuestionSet(
            f"{path}: another process has been adding to a set for {_PATIENCE:g} s; try again"
        ) from error
    except OSError as error:
        where = error.filename or path  # the lock can be what cannot be written
        raise BadQuestionSet(f"{where}: cannot be written ({error.strerror})") from error


def questions_of(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a set that may be empty yet, or not there.

    Raises:
        BadSetting: it is of another format.
        BadQuestionSet: something in it is wrong, or it cannot be read.
    """
    if not path.name.lower().endswith(_SUFFIXES):
        raise BadSetting(f"--to {path}: expected a set of JSON Lines, such as questions.jsonl")
    try:
        is_empty = not path.exists() or not path.read_bytes().removeprefix(BOM_UTF8).strip()
    except OSError as error:
        raise BadQuestionSet(f"{path}: cannot be read ({error.strerror})") from error
    return () if is_empty else read_questions(path).questions


def question_record(question: GoldQuestion) -> dict[str, Any]:
    """A question in the format of sets, without the fields that say nothing.

    Grades have no field there, and are left out.
    """
    groups = [list(group) for group in question.answer_groups]
    stated = {
        "id": question.id,
        "question": question.question,
        "language": question.language,
        "answerable": question.answerable,
        "answers": groups[0] if len(groups) == 1 else None,
        "answer_groups": groups if len(groups) > 1 else None,
        "sources": list(question.sources) or None,
        "min_sources": question.min_sources if question.sources else None,
        "history": [asdict(turn) for turn in question.history] or None,
        "tags": list(question.tags) or None,
    }
    return {name: value for name, value in stated.items() if value is not None}


def _line(question: GoldQuestion) -> bytes:
    record = question_record(question)
    found = gold_question(record, line=0)
    if not isinstance(found, GoldQuestion):
        raise BadSetting(f"the question cannot be added: {'; '.join(found)}")
    return json.dumps(record, ensure_ascii=False).encode()


def _check_new(path: Path, identifier: str) -> None:
    if any(question.id == identifier for question in questions_of(path)):
        raise BadQuestionSet(
            f"{path}: has a question with the id {shown(identifier)} already; add this one under "
            f"another with --id NAME"
        )


def _append(path: Path, line: bytes, question: GoldQuestion) -> None:
    """Writes a line of its own; what cannot be written or read back is taken away again."""
    is_new = not path.exists()
    is_kept = False
    with path.open("ab", buffering=0) as file:
        size = file.tell()
        try:
            added = (b"" if _ends_a_line(path, size) else b"\n") + line + b"\n"
            if file.write(added) != len(added):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
            is_kept = read_questions(path).questions[-1] == question
        finally:
            if not is_kept:
                file.truncate(size)
                if is_new:
                    path.unlink()
    if not is_kept:
        raise BadQuestionSet(f"{path}: does not read back as it was written; nothing is added")


def _ends_a_line(path: Path, size: int) -> bool:
    if not size:
        return True
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
