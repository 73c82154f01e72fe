"""Making a backup of a home, while a server serves it and a run indexes into it.

Articles are copied between two batches of a run, databases by SQLite's own online backup. Ratings
are copied before the answers that they are of, so that none is without its answer. What is derived
(the index of words) and what is nobody's (locks, damaged files set aside) stays out.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from index_store.checking.apart import Failed, apart
from index_store.checking.stored import read_stored
from index_store.home import CHROMA, WORDS
from index_store.snapshot import copy_index
from index_store.sqlite_files import COMPANIONS, copy_database, is_database
from qa.audit.log import FILE as LOG
from qa.audit.ratings import FILE as RATINGS
from qa.backup.package import Contents, pack
from qa.errors import BadBackup

#: What a restore moved out of its way begins so.
ASIDE = "before-restore-"

_LEFT_OUT = (CHROMA, WORDS)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made.

    Attributes:
        size: bytes of the file.
        remarks: what is not in it, or not as it should be.
    """

    file: Path
    contents: Contents
    size: int
    remarks: tuple[str, ...]


def make_backup(home: Path, file: Path, force: bool = False) -> Backup:
    """Copies a home into a file; under its name there is never half of one.

    What is copied lies beside the file meanwhile, and takes as much room as the home.

    Args:
        force: replace a file that is there.

    Raises:
        BadBackup: there is nothing to copy, the file is there already or cannot be written, or
            something in the home cannot be read.
        IndexStoreError: the index cannot be copied.
    """
    if not home.is_dir():
        raise BadBackup(f"{home}: there is no home to back up; name it with --home")
    if file.resolve().is_relative_to(home.resolve()):
        raise BadBackup(f"{file}: lies in the home that is backed up; name a file outside of it")
    if file.exists() and not force:
        raise BadBackup(f"{file}: is there already; choose another name, or give --force")
    try:
        with TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as scratch:
            copy = Path(scratch) / "home"
            copy.mkdir()
            remarks = tuple(_copy(home, copy))
            whole = Path(scratch) / "packed"
            contents = pack(copy, whole, _now(), version("citedesk"), _counts(copy))
            size = whole.stat().st_size
            whole.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise BadBackup(f"{file}: the backup cannot be made ({error}); none was written") from error
    return Backup(file, contents, size, remarks)


def _copy(home: Path, copy: Path) -> Iterator[str]:
    """Copies what there is; says what is left out."""
    if not copy_index(home, copy):
        yield "no articles are in it: none are kept in this home"
    # Ratings first: an answer is logged before it can be rated.
    names = sorted((path for path in home.iterdir()), key=lambda path: path.name != RATINGS)
    for path in names:
        if path.name in _LEFT_OUT or _is_passing(path):
            continue
        if path.is_symlink():
            yield f"{path.name} is a link, and not in it"
        elif path.is_dir():
            shutil.copytree(path, copy / path.name, symlinks=True, ignore=_links)
        elif is_database(path):
            copy_database(path, copy / path.name)
        elif path.is_file():
            shutil.copyfile(path, copy / path.name)


def _is_passing(path: Path) -> bool:
    """Whether it is of use only here and now."""
    name = path.name
    return (
        name.startswith((".", ASIDE))
        or name.endswith((".lock", *COMPANIONS))
        or ".sqlite3.damaged-" in name
    )


def _links(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_symlink()]


def _counts(copy: Path) -> dict[str, int]:
    """What is in the copy, as far as it can be told; a copy that cannot be opened says nothing."""
    counts: dict[str, int] = {}
    if (copy / CHROMA).exists():
        stored = apart(read_stored, copy / CHROMA, None, False)
        if not isinstance(stored, Failed):
            counts = {"articles": stored.articles, "passages": stored.passages}
    if (copy / LOG).exists():
        with sqlite3.connect(copy / LOG) as connection:
            (counts["answers"],) = connection.execute("SELECT count(*) FROM entries").fetchone()
        connection.close()
    return counts


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
