"""Lines of JSON, as they are or compressed with gzip."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from corpus.errors import UnreadableFile
from corpus.readers.jsonl import objects
from corpus.readers.rows import Row


def json_rows(path: Path) -> Iterator[Row | UnreadableFile]:
    """The objects of a file in order; a line that is none is yielded as its error.

    Raises:
        UnreadableFile: the file cannot be opened, or is damaged.
    """
    with opened(path) as file:
        for row in objects(path, file, {}):
            if isinstance(row, UnreadableFile):
                row = UnreadableFile(path, f"{row.reason}; correct the line or take it out")
            yield row


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked where its name ends in ".gz".

    Raises:
        UnreadableFile: it cannot be opened, or is damaged.
    """
    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path) as unpacked:
                yield cast(IO[bytes], unpacked)
        else:
            with path.open("rb") as file:
                yield file
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile(path, f"is damaged or no gzip ({error}); pack it again") from error
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
