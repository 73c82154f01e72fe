"""Restoring a home from a backup: all of it is verified before anything is changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from index_store.folders import make_writable
from index_store.lock import LOCK, WriteLock
from index_store.version import check_home
from qa.backup.making import ASIDE
from qa.backup.package import Contents, unpack, verify
from qa.errors import BadBackup

#: Bytes that the disk keeps beside what is unpacked.
_SPARE = 100_000_000


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    Attributes:
        aside: the folder that what was there before lies in now; None where nothing was there.
    """

    contents: Contents
    aside: Path | None


def restore(file: Path, home: Path, force: bool = False) -> Restored:
    """Puts a backup into a home. The index of words is built when it is next opened.

    The home stays the folder that it is, since it may be a disk of its own.

    Args:
        force: where there is something in the home, move it into a folder of it.

    Raises:
        BadBackup: the backup is not whole, there is no room for it, or the home is not empty.
        UnfitHome: a newer citedesk made the backup.
        IndexStoreError: the home cannot be written, or something is being indexed into it.
    """
    contents = verify(file)
    if list(_there(home)) and not force:
        raise BadBackup(
            f"{home}: is not empty; name another --home, or give --force to move what is there "
            f"aside"
        )
    make_writable(home)
    _check_room(contents, home)
    try:
        with (
            WriteLock(home / LOCK),
            TemporaryDirectory(prefix=".restore-", dir=home) as scratch,
        ):
            unpack(file, Path(scratch))
            check_home(Path(scratch), str(file))
            aside = _move_aside(home)
            for path in list(Path(scratch).iterdir()):
                path.replace(home / path.name)
    except OSError as error:
        raise BadBackup(f"{home}: the backup cannot be put there ({error})") from error
    return Restored(contents, aside)


def _check_room(contents: Contents, home: Path) -> None:
    free = shutil.disk_usage(home).free
    if contents.size + _SPARE > free:
        raise BadBackup(
            f"{home}: the backup takes {contents.size / 1e6:,.0f} MB, and {free / 1e6:,.0f} MB "
            f"are free; make room, or name another --home"
        )


def _move_aside(home: Path) -> Path | None:
    paths = list(_there(home))
    if not paths:
        return None
    aside = home / f"{ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside.mkdir()
    for path in paths:
        path.replace(aside / path.name)
    return aside


def _there(home: Path) -> Iterator[Path]:
    """What is kept in a home; neither locks, which others may hold, nor what was moved aside."""
    if home.is_dir():
        for path in home.iterdir():
            if not path.name.endswith(".lock") and not path.name.startswith((".", ASIDE)):
                yield path
