"""Lines of JSON, as they are or compressed with gzip."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, cast

from corpus.errors import UnreadableFile
from corpus.readers.jsonl import objects
from corpus.readers.rows import Row

#: Bytes; MS MARCO's passages have three billion. A megabyte of gzip can hold one.
MOST_UNPACKED = 4_000_000_000


class _Bounded(RawIOBase):
    """What a gzip holds, as far as it is not more than anybody packs on purpose."""

    def __init__(self, path: Path, unpacked: gzip.GzipFile) -> None:
        self._path = path
        self._unpacked = unpacked
        self._room = MOST_UNPACKED

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]  # theirs says Buffer
        count = self._unpacked.readinto(into)
        self._room -= count
        if self._room < 0:
            raise UnreadableFile(
                self._path, f"unpacks to more than {MOST_UNPACKED:,} bytes; divide it"
            )
        return count


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
        UnreadableFile: it cannot be opened, is damaged, or unpacks to more than `MOST_UNPACKED`.
    """
    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path) as unpacked, BufferedReader(_Bounded(path, unpacked)) as bounded:
                yield cast(IO[bytes], bounded)
        else:
            with path.open("rb") as file:
                yield file
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile(path, f"is damaged or no gzip ({error}); pack it again") from error
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
