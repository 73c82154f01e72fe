"""JSON Lines exports: one article a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft, pick_metadata
from corpus.readers.record import Columns, Format, Record

_BODY = ("text", "body", "content")
_KEYS = ("id", "guid", "url")


def records(path: Path, columns: Columns) -> Iterator[Record | UnreadableFile]:
    """Articles in file order, a line at a time; a bad line is yielded as its error.

    Raises:
        UnreadableFile: the file cannot be opened or is empty.
    """
    try:
        with path.open("rb") as lines:
            lines_by_key: dict[str, int] = {}
            found = False
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    found = True
                    yield _once(path, number, _record(path, number, line), lines_by_key)
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
    if not found:
        raise UnreadableFile(path, "is empty (0 lines of JSON); nothing to index")


def _once(
    path: Path, number: int, record: Record | UnreadableFile, lines_by_key: dict[str, int]
) -> Record | UnreadableFile:
    """The record, unless its key was taken: one would replace the other at every reading."""
    if isinstance(record, UnreadableFile):
        return record
    first = lines_by_key.setdefault(record.key, number)
    if first == number:
        return record
    return UnreadableFile(
        path, f"line {number} has the id of line {first}; give every article an id of its own"
    )


def _record(path: Path, number: int, line: bytes) -> Record | UnreadableFile:
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
    name = next((stated[key] for key in _KEYS if stated.get(key)), None)
    # A record without an id is known by its content: a changed one is a new one.
    key = str(name) if name is not None else hashlib.sha256(line).hexdigest()[:16]
    return Record(line, partial(_read, path, number, stated), key)


def _read(path: Path, number: int, stated: dict[str, Any]) -> Draft:
    bodies = (stated.get(key) for key in _BODY)
    body = next((body for body in bodies if isinstance(body, str) and body.strip()), None)
    if body is None:
        raise UnreadableFile(
            path, f'line {number} has no text; expected one of the keys "text", "body", "content"'
        )
    return Draft(text=body, metadata=pick_metadata(stated, path))


FORMAT = Format("JSON Lines", (".jsonl", ".ndjson"), records)
