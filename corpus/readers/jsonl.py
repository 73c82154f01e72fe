"""JSON Lines exports: one article a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft, pick_metadata

_BODY = ("text", "body", "content")
_KEYS = ("id", "guid", "url")


def read(path: Path) -> Iterator[Draft | UnreadableFile]:
    """Articles in file order, read a line at a time; a bad line is yielded as its error.

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
                    yield _once(path, number, _read_line(path, number, line), lines_by_key)
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
    if not found:
        raise UnreadableFile(path, "is empty (0 lines of JSON); nothing to index")


def _once(
    path: Path, number: int, read: Draft | UnreadableFile, lines_by_key: dict[str, int]
) -> Draft | UnreadableFile:
    """What was read, unless its key was taken: one would replace the other at every reading."""
    if isinstance(read, UnreadableFile):
        return read
    first = lines_by_key.setdefault(read.key, number)
    if first == number:
        return read
    return UnreadableFile(
        path, f"line {number} has the id of line {first}; give every article an id of its own"
    )


def _read_line(path: Path, number: int, line: bytes) -> Draft | UnreadableFile:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return UnreadableFile(path, f"line {number} is not valid UTF-8 (byte {error.start + 1})")
    except (ValueError, RecursionError) as error:  # ValueError: a number of 5,000 digits, too
        return UnreadableFile(path, f"line {number} is not JSON ({error})")
    if not isinstance(record, dict):
        return UnreadableFile(
            path, f"line {number}: expected a JSON object, found {type(record).__name__}"
        )
    bodies = (record.get(key) for key in _BODY)
    body = next((body for body in bodies if isinstance(body, str) and body.strip()), None)
    if body is None:
        return UnreadableFile(
            path, f'line {number} has no text; expected one of the keys "text", "body", "content"'
        )
    stated = next((record[key] for key in _KEYS if record.get(key)), None)
    # A record without an id is known by its content: a changed one is a new one.
    key = str(stated) if stated is not None else hashlib.sha256(line).hexdigest()[:16]
    return Draft(text=body, metadata=pick_metadata(record, path), key=key)
