"""The file of a backup: a gzipped tar, whose first member says of every other what it must be.

Nothing of a file is believed. A member that the list does not name, that is longer than it says or
has another checksum, that is a link, or whose name leads out of the folder is refused, and so is a
backup that lacks one. All of it is read and compared before a byte is unpacked.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any

from qa.errors import BadBackup

#: First member of a backup.
CONTENTS = "citedesk-backup.json"

_LAYOUT = 1

#: Bytes of the list of contents, some hundred thousand files.
_LIST = 64_000_000
_CHUNK = 1 << 20

#: Bytes that can follow on the last member: zeros up to a full record of tar's.
_PADDING = 20 * 512

#: Of 6 or 9, which take three times as long, files of vectors become no smaller.
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in a backup.

    Attributes:
        name: below the home, parted by `/`.
    """

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself.

    Attributes:
        made: ISO 8601, UTC.
        version: of citedesk.
        counts: of what is in it, such as articles; for people.
    """

    made: str
    version: str
    counts: Mapping[str, int]
    files: tuple[Packed, ...]

    @property
    def size(self) -> int:
        """Bytes that it takes when it is unpacked."""
        return sum(one.size for one in self.files)


def pack(folder: Path, file: Path, made: str, version: str, counts: Mapping[str, int]) -> Contents:
    """Writes all of a folder into a file that only its owner can read; waits for the disk.

    Raises:
        OSError: it cannot be written.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = Contents(made, version, counts, tuple(_packed(folder, path) for path in paths))
    listed = json.dumps({"layout": _LAYOUT, **asdict(contents)}).encode()
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        with (
            # Neither a name nor a time in its header, which no checksum covers.
            gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w") as tar,
        ):
            _add(tar, CONTENTS, len(listed), BytesIO(listed))
            for one, path in zip(contents.files, paths, strict=True):
                with path.open("rb") as opened:
                    _add(tar, one.name, one.size, opened)
        raw.flush()
        os.fsync(raw.fileno())
    return contents


def _packed(folder: Path, path: Path) -> Packed:
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Packed(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def _add(tar: tarfile.TarFile, name: str, size: int, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, content)


def verify(file: Path) -> Contents:
    """Reads all of a backup, and compares it with what it says of itself.

    Raises:
        BadBackup: it is none, or not what it was when it was made.
    """
    with _reading(file) as tar:
        contents = _read_contents(tar, file)
        missing = {one.name: one for one in contents.files}
        for member in islice(tar, 1, None):
            expected = missing.pop(member.name, None)
            if expected is None or not member.isreg() or member.size != expected.size:
                raise _bad(file, f"{member.name!r} is not what its list of contents says")
            if _sha256(_opened(tar, member)) != expected.sha256:
                raise _bad(file, f"{member.name} has another checksum")
        if missing:
            raise _bad(file, f"{min(missing)} is missing")
    return contents


def unpack(file: Path, folder: Path) -> None:
    """Puts what a verified backup holds into an empty folder.

    Raises:
        BadBackup: it is not what it was when it was verified.
        OSError: the folder cannot be written.
    """
    with _reading(file) as tar:
        for member in islice(tar, 1, None):
            # By ourselves: Python 3.11.2, which Debian 12 has, knows no filters of extraction yet.
            if not is_safe(member.name) or not member.isreg():
                raise _bad(file, f"{member.name!r} would leave the folder")
            path = folder / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as unpacked:
                shutil.copyfileobj(_opened(tar, member), unpacked)


def is_safe(name: str) -> bool:
    """Whether a name stays below the folder that it is unpacked into, on every system."""
    parts = PurePosixPath(name).parts
    return (
        name == "/".join(parts)  # neither empty, nor `a//b`, nor `./a`
        and ".." not in parts
        and not name.startswith("/")
        and not set(name) & set("\\:\0")
    )


def _read_contents(tar: tarfile.TarFile, file: Path) -> Contents:
    first = tar.next()
    if first is None or first.name != CONTENTS or not first.isreg() or first.size > _LIST:
        raise _bad(file, "it is no backup of citedesk's")
    try:
        stated = json.loads(_opened(tar, first).read())
        layout = stated.pop("layout")
        files = tuple(Packed(**one) for one in stated.pop("files"))
        contents = Contents(**stated, files=files)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _bad(file, "its list of contents cannot be read") from error
    if layout != _LAYOUT:
        raise _bad(file, f"it was made by citedesk {contents.version}, in another layout")
    for one in contents.files:
        if not is_safe(one.name):
            raise _bad(file, f"{one.name!r} would leave the folder")
    return contents


@contextmanager
def _reading(file: Path) -> Iterator[tarfile.TarFile]:
    """Its members, and behind them the checksum of all, which gzip compares at the very end."""
    try:
        with gzip.open(file) as packed:
            with tarfile.open(fileobj=packed, mode="r") as tar:
                yield tar
            behind = 0
            while chunk := packed.read(_PADDING):  # to the end, which is where it compares
                if (behind := behind + len(chunk)) > _PADDING:
                    raise _bad(file, "something is behind its end")
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise _bad(file, f"it is cut short, or no gzipped tar: {error}") from error
    except OSError as error:
        # A wrong checksum of gzip's is one, too, and has no number.
        raise _bad(file, error.strerror or str(error)) from error


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    opened = tar.extractfile(member)
    if opened is None:
        raise tarfile.ReadError(f"{member.name} is no file")
    return opened


def _sha256(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _bad(file: Path, reason: str) -> BadBackup:
    return BadBackup(f"{file}: cannot be restored ({reason}); nothing was changed")


def contents_json(contents: Contents) -> dict[str, Any]:
    """The public form, without the list of files."""
    return {
        "made": contents.made,
        "version": contents.version,
        "counts": dict(contents.counts),
        "files": len(contents.files),
        "bytes": contents.size,
    }
