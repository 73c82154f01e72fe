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
            found = False
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    found = True
                    yield _read_line(path, number, line)
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
    if not found:
        raise UnreadableFile(path, "is empty (0 lines of JSON); nothing to index")


def _read_line(path: Path, number: int, line: bytes) -> Draft | UnreadableFile:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return UnreadableFile(path, f"line {number} is not valid UTF-8 (byte {error.start + 1})")
    except (json.JSONDecodeError, RecursionError) as error:
        return UnreadableFile(path, f"line {number} is not JSON ({error})")
    if not isinstance(record, dict):
        return UnreadableFile(
            path, f"line {number}: expected a JSON object, found {type(record).__name__}"
        )
    body = next((record[key] for key in _BODY if isinstance(record.get(key), str)), "")
    if not body.strip():
        return UnreadableFile(
            path, f'line {number} has no text; expected one of the keys "text", "body", "content"'
        )
    stated = next((record[key] for key in _KEYS if record.get(key)), None)
    # A record without an id is known by its content: a changed one is a new one.
    key = str(stated) if stated is not None else hashlib.sha256(line).hexdigest()[:16]
    return Draft(text=body, metadata=pick_metadata(record, path), key=key)
