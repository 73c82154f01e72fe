"""Plain text, and the decoding that all text formats share."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft
from corpus.readers.record import Format, whole_file


def read(path: Path, data: bytes) -> Draft:
    """The whole file is the body; plain text states no metadata.

    Raises:
        UnreadableFile: not text.
    """
    return Draft(decode(path, data))


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


FORMAT = Format("plain text", (".txt", ".text"), whole_file(read))
