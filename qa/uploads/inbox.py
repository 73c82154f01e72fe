"""Files that are received: checked, put into place whole, and remembered until they are indexed.

A file is written under a hidden name first, and a hidden note that it waits is written before it
gets its own: whatever moment the server ends at, what was said to be stored is indexed later, and
half a file never is.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from uuid import uuid4

from filelock import FileLock

from corpus.errors import UnreadableFile
from corpus.readers import EXPECTED_FILES, format_of
from corpus.sidecar import described_names, is_sidecar
from qa.errors import UploadRefused
from qa.uploads.names import kept_name

#: Under the home: the files that were added in the page.
FOLDER = "uploads"

#: Bytes of one file; a whole newspaper's pages as a PDF have about half of them.
MOST_BYTES = 100 * 1024 * 1024

_MIB = 1024 * 1024
_DAY = 24 * 60 * 60

# Hidden, so that whoever indexes the folder does not read what is in them.
_ARRIVING = ".arriving"
_WAITING = ".waiting"
_TURN = ".turn"


class Inbox:
    """The folder of what was added, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        #: What the note of each file said when it was last taken.
        self._taken: dict[str, str] = {}

    @contextmanager
    def receiving(self, name: str) -> Iterator[Arriving]:
        """A file that is arriving; it is gone afterwards unless it was kept.

        Raises:
            UploadRefused: it cannot be written.
        """
        with _writing():
            (self.folder / _ARRIVING).mkdir(parents=True, exist_ok=True)
            _sweep(self.folder / _ARRIVING)
            scratch = TemporaryDirectory(dir=self.folder / _ARRIVING)
        with scratch as place:
            path = Path(place) / kept_name(name)
            with _writing():
                file = path.open("wb")
            try:
                yield Arriving(self, path, file)
            finally:
                # On a full disk, closing it tries once more to write what is left of it.
                with _writing():
                    file.close()

    def put(self, path: Path) -> str:
        """Puts a whole file in its place, where it waits to be indexed; its name."""
        with _writing():
            waiting = self.folder / _WAITING
            waiting.mkdir(parents=True, exist_ok=True)
            with self._turn():
                (waiting / path.name).write_text(uuid4().hex)
                os.replace(path, self.folder / path.name)
        return path.name

    def _turn(self) -> FileLock:
        """Held while notes change, by whichever of several servers of a home."""
        return FileLock(self.folder / _TURN)

    def waiting(self) -> tuple[str, ...]:
        """Names of the files that are to be indexed, in their order."""
        try:
            return tuple(sorted(os.listdir(self.folder / _WAITING)))
        except FileNotFoundError:
            return ()

    def take(self) -> tuple[str, ...]:
        """What waits now; it waits on until it is settled."""
        said = {name: self._note(name) for name in self.waiting()}
        self._taken = {name: note for name, note in said.items() if note is not None}
        return tuple(self._taken)

    def settle(self, names: Sequence[str]) -> None:
        """These are indexed, but for those that came anew since they were taken."""
        if not names:
            return
        with self._turn():
            for name in names:
                if self._note(name) == self._taken.get(name):
                    (self.folder / _WAITING / name).unlink(missing_ok=True)

    def _note(self, name: str) -> str | None:
        """What the note of a file that waits says, other words each time that it comes anew."""
        try:
            return (self.folder / _WAITING / name).read_text()
        except FileNotFoundError:
            return None

    def paths(self, names: Sequence[str]) -> list[Path]:
        """The files to be read: for a sidecar those that it describes, or itself if none is there.

        A file that was taken away meanwhile is left out.
        """
        found: dict[Path, None] = {}
        for name in names:
            path = self.folder / name
            described = self._described_by(name) if is_sidecar(path) else []
            found |= dict.fromkeys(described or [path])
        return [path for path in found if path.is_file()]

    def _described_by(self, sidecar: str) -> list[Path]:
        starts = described_names(sidecar)
        return [
            path
            for path in sorted(self.folder.iterdir())
            if (path.name in starts or path.stem in starts) and not is_sidecar(path)
        ]


def _sweep(arriving: Path) -> None:
    """Removes what was arriving when a process was killed: no file takes a day to arrive."""
    for place in arriving.iterdir():
        # Another process may have swept it, or have just received it.
        with suppress(OSError):
            if time.time() - place.stat().st_mtime > _DAY:
                shutil.rmtree(place)


class Arriving:
    """A file that is being received."""

    def __init__(self, inbox: Inbox, path: Path, file: BinaryIO) -> None:
        self._inbox = inbox
        self._path = path
        self._file = file
        self._size = 0

    def write(self, part: bytes) -> None:
        """Adds what has come.

        Raises:
            UploadRefused: it has grown too large, or the disk is full.
        """
        self._size += len(part)
        check_size(self._size)
        with _writing():
            self._file.write(part)

    def keep(self) -> str:
        """Puts the whole file where it is indexed from; the name that it has there.

        Raises:
            UploadRefused: it is empty, or in no format that is read.
        """
        with _writing():
            self._file.flush()
            os.fsync(self._file.fileno())
        if not self._size:
            raise UploadRefused("empty")
        if not is_sidecar(self._path):
            try:
                format_of(self._path)
            except UnreadableFile as error:
                raise UploadRefused("kind", expected=EXPECTED_FILES) from error
        return self._inbox.put(self._path)


def check_size(size: int) -> None:
    """Raises `UploadRefused` where a file of so many bytes is too large."""
    if size > MOST_BYTES:
        raise UploadRefused("too_large", most=MOST_BYTES // _MIB)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UploadRefused("not_kept", reason=error.strerror or error) from error
