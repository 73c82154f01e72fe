"""What a file holds: records, each one article that has not been read yet.

Reading waits until it is known that the record has changed, since unchanged content is not read
twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft

#: Bytes. A file is read as a whole; formats that parse it into more have limits of their own.
MAX_BYTES = 200_000_000

#: The user's names of columns by our names of fields: {"text": "BodyCopy"}.
Columns = Mapping[str, str]

#: Finds the records of a file. One that cannot be told apart or taken in is yielded as the error,
#: so that the rest of the file is still read; a file that cannot be opened at all raises it.
Reader = Callable[[Path, Columns], Iterator["Record | UnreadableFile"]]


@dataclass(frozen=True, slots=True)
class Record:
    """One article as it lies in its file.

    Attributes:
        content: the bytes that it is made of; equal bytes give an equal draft.
        read: makes the draft; raises `UnreadableFile`.
        key: tells the articles of one file apart ("" where the file is one article).
    """

    content: bytes
    read: Callable[[], Draft]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that can be read.

    Attributes:
        name: what people call it.
        suffixes: of its files, in lower case, the usual one first.
        reader: finds the records of a file.
        recognises: whether the first bytes of a file can only be this format; see `SNIFFED_BYTES`.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: Reader
    recognises: Callable[[bytes], bool] = lambda head: False


def whole_file(
    read: Callable[[Path, bytes], Draft],
    most: int = MAX_BYTES,
    advice: str = "a file is read up to {:,}; is it one article?",
) -> Reader:
    """The reader of a format whose files are one article each, from the function that parses it.

    Args:
        most: bytes of a file; see `load`.
    """

    def records(path: Path, columns: Columns) -> Iterator[Record | UnreadableFile]:
        data = load(path, most, advice)
        yield Record(data, partial(read, path, data))

    return records


def load(path: Path, most: int, advice: str) -> bytes:
    """The bytes of a file that holds something, and no more than fits into memory.

    Args:
        most: bytes of a file; a larger one is not opened.
        advice: what is said of a larger one, with `most` in place of its braces.

    Raises:
        UnreadableFile: the file cannot be opened, is empty or too large.
    """
    try:
        size = path.stat().st_size
        if size > most:
            raise UnreadableFile(path, f"has {size:,} bytes; {advice.format(most)}")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
    if not data.strip():
        raise UnreadableFile(path, "is empty (0 characters of text); nothing to index")
    return data
