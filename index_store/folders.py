"""Folders that the index is kept in."""

from __future__ import annotations

import os
from pathlib import Path

from index_store.errors import HomeNotWritable


def make_writable(folder: Path) -> None:
    """Makes a folder where there is none.

    Raises:
        HomeNotWritable: it cannot be made, or nothing can be written in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(folder, error.strerror or str(error)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise not_writable(folder, "permission denied")


def not_writable(path: Path, reason: str) -> HomeNotWritable:
    """The error, with what to do about it."""
    return HomeNotWritable(
        f"{path}: cannot be written ({reason}); choose another folder with --home or CITEDESK_HOME"
    )
