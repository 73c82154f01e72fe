"""The folder of a lexical index: which revision it holds, and whether it is as it was written.

Tantivy notices a shortened file when it opens it, but does not compare its checksums: of 76 times
that eight bytes of a file were turned over, 25 were refused, 17 failed later (10 by a panic), and
34 were searched as if nothing was wrong, once without a third of the passages. A note therefore
keeps a checksum of each file. They are compared when the folder is opened, at 1.4 GB a second or
0.2 s for 100,000 passages, and once a file has changed, which takes 30 microseconds to see.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_NOTE = "citedesk.json"

#: Replaced by whoever writes; every other file is never changed once it is there.
_META = "meta.json"

_CHUNK = 1 << 20

#: Inode, size, and time of the last change in nanoseconds.
Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a folder holds.

    Attributes:
        revision: of the store, that it is level with; None where it has to be built again.
        can_be_searched: whether what is there is whole, though it may be behind.
    """

    revision: str | None
    can_be_searched: bool


class LexicalFolder:
    """A folder, as its note describes it.

    Args:
        layout: of what is indexed; a folder of another one has to be built again.
    """

    def __init__(self, path: Path, layout: int) -> None:
        self.path = path
        self._layout = layout
        #: Checksums with the stamps of the files that they were read from.
        self._known: dict[str, tuple[Stamp, int]] = {}

    def stamps(self) -> dict[str, Stamp]:
        """What differs as soon as anything was written here, by whichever process."""
        found = {}
        for name in self._names():
            with suppress(FileNotFoundError):  # another process has done with it
                stated = os.stat(self.path / name)
                found[name] = (stated.st_ino, stated.st_size, stated.st_mtime_ns)
        return found

    def read(self) -> Kept | None:
        """What is here; None where nothing was ever finished."""
        try:
            note = json.loads((self.path / _NOTE).read_text())
            layout, revision, sums = note["layout"], note["revision"], dict(note["files"])
        except (OSError, ValueError, TypeError, KeyError):
            return Kept(None, can_be_searched=False) if self._names() else None
        if layout != self._layout:
            return Kept(None, can_be_searched=False)
        there = self._checksums()
        differing = {name for name, stated in sums.items() if there.get(name) != stated}
        # Files go and `meta.json` is replaced while another process writes, before its new note.
        damaged = (differing & there.keys()) - {_META}
        return Kept(None if differing else revision, can_be_searched=not damaged)

    def is_of_another_layout(self) -> bool:
        """Whether a citedesk that indexes otherwise finished what is here."""
        try:
            layout = json.loads((self.path / _NOTE).read_text())["layout"]
        except (OSError, ValueError, TypeError, KeyError):
            return False
        return layout not in (None, self._layout)

    def note(self, revision: str | None) -> None:
        """Says that what is here now is whole, and level with a revision of the store.

        Raises:
            OSError: it cannot be written.
        """
        self._write_note(self._layout, revision, self._checksums())

    def empty(self) -> None:
        """Removes what is here; until a note is written, it has to be built again.

        The folder itself stays, since another process that has it open can put its lock there.

        Raises:
            OSError: it cannot be written.
        """
        self._write_note(None, None, {})
        for path in self.path.iterdir():
            if path.name != _NOTE:
                path.unlink(missing_ok=True)

    def _write_note(
        self, layout: int | None, revision: str | None, sums: Mapping[str, int]
    ) -> None:
        # Never half of one, whenever the process dies.
        new = self.path / f".{_NOTE}"
        new.write_text(json.dumps({"layout": layout, "revision": revision, "files": sums}))
        new.replace(self.path / _NOTE)

    def _names(self) -> list[str]:
        """Files but for hidden ones: locks, files under way, and lists of what can be deleted."""
        try:
            return [name for name in os.listdir(self.path) if not name.startswith(".")]
        except FileNotFoundError:
            return []

    def _checksums(self) -> dict[str, int]:
        """Of every file but the note; read again only where it may have changed."""
        found: dict[str, tuple[Stamp, int]] = {}
        for name, stamp in self.stamps().items():
            if name == _NOTE:
                continue
            known = self._known.get(name)
            if known and known[0] == stamp:
                found[name] = known
                continue
            with suppress(FileNotFoundError):
                found[name] = (stamp, _checksum(self.path / name))
        self._known = found
        return {name: total for name, (_, total) in found.items()}


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value
