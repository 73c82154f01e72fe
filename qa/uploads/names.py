"""Names of files from elsewhere, as they can be kept in one folder."""

from __future__ import annotations

import hashlib
import os
import unicodedata

#: Bytes in UTF-8; file systems take 255, and a sidecar's ending comes behind.
LONGEST = 200

#: What parts folders, what Windows takes in no name, and what parts a file from its records' keys.
_RESERVED = frozenset('/\\:*?"<>|#')

_MARK = 8  # hexadecimal digits
_LONGEST_SUFFIX = 20  # bytes; what is longer is no suffix but a part of the name


def kept_name(name: str) -> str:
    """The name that a file is kept under: itself where that is harmless, and always the same one.

    A name that is changed gets a mark of what it was, so that no two names become one: a second
    file of the same name is a new version of the first. Composed (Unicode's NFC), since macOS
    decomposes what other systems do not.
    """
    stated = unicodedata.normalize("NFC", name)
    safe = "".join(
        char if char.isprintable() and char not in _RESERVED else "_" for char in stated
    ).strip()
    if safe.startswith(".") or not safe:
        safe = f"_{safe.lstrip('.')}"  # a hidden file would never be read
    if safe == stated and len(safe.encode()) <= LONGEST:
        return safe
    stem, suffix = os.path.splitext(safe)
    if len(suffix.encode()) > _LONGEST_SUFFIX:
        stem, suffix = safe, ""
    mark = hashlib.blake2b(stated.encode("utf-8", "surrogatepass"), digest_size=_MARK // 2)
    room = LONGEST - len(suffix.encode()) - _MARK - 1
    return f"{_cut(stem, room)}-{mark.hexdigest()}{suffix}"


def _cut(text: str, most: int) -> str:
    """As much of the start as fits into so many bytes of UTF-8."""
    return text.encode()[:most].decode("utf-8", "ignore")
