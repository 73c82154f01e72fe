"""The index of a home that cannot be written, searched as a copy of its own.

Chroma and Tantivy write where they are opened, even only to be asked.
"""

from __future__ import annotations

import atexit
import logging
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from index_store.errors import StoreUnavailable
from index_store.folders import is_writable, not_writable
from index_store.home import CHROMA, WORDS
from index_store.index import ArticleIndex
from index_store.lock import LOCK, WriteLock
from index_store.snapshot import copy_at_rest
from index_store.version import check_home

logger = logging.getLogger(__name__)


class BorrowedLock(WriteLock):
    """Lets a copy build what is derived, and nothing be indexed, which would go with the copy.

    Raises:
        HomeNotWritable: on entering.
    """

    def __init__(self, home: Path, copy: Path) -> None:
        super().__init__(copy / LOCK)
        self._home = home

    def __enter__(self) -> None:
        raise not_writable(self._home, "only read")


def open_to_read(
    home: Path, open_it: Callable[[Path, WriteLock | None], ArticleIndex]
) -> ArticleIndex:
    """The index of a home; where this process cannot write it, a copy of what it holds now.

    A warning says so, and that what is indexed later is not seen. The copy goes with the process.

    Args:
        open_it: opens the index in a folder, with another lock than the home's own if one is given.

    Raises:
        UnfitHome: a newer citedesk wrote the home.
        StoreUnavailable: the index is damaged, or there is no room for a copy.
        IndexStoreError: as `open_it` does.
    """
    check_home(home)  # a copy would not say so
    kept = [home / name for name in (CHROMA, WORDS) if (home / name).is_dir()]
    if not kept or all(map(is_writable, (home, *kept))):
        return open_it(home, None)
    copy = Path(mkdtemp(prefix="citedesk-read-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    try:
        _copy(home, copy)
    except OSError as error:
        raise StoreUnavailable(
            f"{home}: cannot be written, and cannot be copied to {copy} to be read there "
            f"({error.strerror or error}); run this as the user that citedesk runs as"
        ) from error
    logger.warning(
        "%s cannot be written: it is read as it is now, from a copy in %s, and nothing is kept",
        home, copy,
    )  # fmt: skip
    return open_it(copy, BorrowedLock(home, copy))


def _copy(home: Path, copy: Path) -> None:
    if (home / CHROMA).is_dir():
        copy_at_rest(home, copy)
    with suppress(shutil.Error, FileNotFoundError):  # it is derived, and then built again
        shutil.copytree(home / WORDS, copy / WORDS)
