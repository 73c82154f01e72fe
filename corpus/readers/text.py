"""Plain text, and the decoding that all text formats share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft


def read(path: Path) -> Iterator[Draft | UnreadableFile]:
    """The whole file is the body; plain text states no metadata."""
    yield Draft(text=decode(path, load(path)))


def load(path: Path) -> bytes:
    """The bytes of a file that holds something.

    Raises:
        UnreadableFile: the file cannot be opened, or is empty.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
    if not data.strip():
        raise UnreadableFile(path, "is empty (0 characters of text); nothing to index")
    return data


def decode(path: Path, data: bytes) -> str:
    """UTF-8 text, with or without a byte order mark; UTF-16 where its mark says so.

    Raises:
        UnreadableFile: the bytes are not text in these encodings.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\0" in data:
        raise UnreadableFile(
            path, "is not text but binary data; expected UTF-8 text: export it as text or HTML"
        )
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        found = error.object[error.start]
        raise UnreadableFile(
            path,
            f"is not valid {encoding.upper().removesuffix('-SIG')}: byte 0x{found:02X} at "
            f"position {error.start}; save it as UTF-8 "
            f"(iconv -f WINDOWS-1252 -t UTF-8 if it is an older Western file)",
        ) from error
