"""Folders that the index is kept in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from index_store.errors import HomeNotWritable

#: Bytes that must be free before a batch is written, some thirty times what it takes. On a disk
#: that is full, Chroma 1.5 leaves its database locked and waits for ever when it is asked again.
ROOM = 64_000_000


def make_writable(folder: Path) -> None:
    """Makes a folder where there is none.

    Raises:
        HomeNotWritable: it cannot be made, or nothing can be written in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(folder, error.strerror or str(error)) from error
    if not is_writable(folder):
        raise not_writable(folder, "permission denied")


def is_writable(folder: Path) -> bool:
    """Whether this process can write in a folder that is there."""
    return os.access(folder, os.W_OK | os.X_OK)


def check_room(folder: Path) -> None:
    """Raises `HomeNotWritable` where the disk of a folder is as good as full."""
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        raise HomeNotWritable(
            f"{folder}: {free / 1e6:,.0f} MB are free on its disk, and nothing is indexed below "
            f"{ROOM / 1e6:,.0f} MB; make room and run this again: what is stored stays as it is"
        )


def not_writable(path: Path, reason: str) -> HomeNotWritable:
    """The error, with what to do about it."""
    return HomeNotWritable(
        f"{path}: cannot be written ({reason}); choose another folder with --home or CITEDESK_HOME"
    )
