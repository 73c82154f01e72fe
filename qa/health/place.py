"""The home itself: whether it is there, can be written, has room, and is closed to others."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from index_store.checking.finding import REPAIR, Finding, ok, unchecked, wrong
from qa.access.file import FILE as ACCESS
from qa.audit.log import FILE as LOG
from qa.audit.ratings import FILE as RATINGS

HOME, SPACE, PERMISSIONS = "home", "disk", "permissions"

#: Bytes below which a run of indexing, or the log, can soon be cut short.
LOW = 500_000_000

#: Files that name people or let them in.
_PRIVATE = (ACCESS, LOG, RATINGS)


def check_home(home: Path) -> Finding:
    """Whether the folder is there and this user can write it."""
    other = "name another one with --home or CITEDESK_HOME"
    try:
        names = os.listdir(home)
    except FileNotFoundError:
        return wrong(
            HOME, f"{home}: there is no such folder", f"run: citedesk index PATH; or {other}"
        )
    except OSError as error:
        return wrong(HOME, f"{home}: cannot be read ({error.strerror})", other)
    if not os.access(home, os.W_OK | os.X_OK):
        found = f"{home}: cannot be written by this user"
        return wrong(HOME, found, f"run this as the user that citedesk runs as, or {other}")
    return ok(HOME, f"{home}: {len(names):,} files and folders, can be written")


def check_space(home: Path) -> Finding:
    """Whether there is room on the disk."""
    try:
        free = shutil.disk_usage(home).free
    except OSError as error:
        return unchecked(SPACE, f"{home}: {error.strerror}")
    found = f"{free / 1e9:,.1f} GB are free"
    return ok(SPACE, found) if free >= LOW else wrong(SPACE, found, "make room on the disk")


def check_permissions(home: Path) -> Finding:
    """Whether other users of this machine can read who asked what, or keys' hashes."""
    opened = sorted(file.name for file in open_to_others(home))
    if opened:
        found = f"other users of this machine can read or write {', '.join(opened)}"
        return wrong(PERMISSIONS, found, REPAIR)
    return ok(PERMISSIONS, "keys, answers and ratings are closed to other users")


def open_to_others(home: Path) -> Iterator[Path]:
    """Private files that others than their owner can read or write."""
    for name in _PRIVATE:
        file = home / name
        if file.exists() and file.stat().st_mode & 0o077:
            yield file


def close_to_others(home: Path) -> None:
    """Leaves private files to their owner.

    Raises:
        OSError: one is another user's.
    """
    for file in open_to_others(home):
        file.chmod(0o600)
