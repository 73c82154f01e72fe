"""Mending what can be mended without losing anything; each step says in a line what it did.

What is derived is made again of what it is derived from, and what may be begun anew is set aside.
Articles, the log of answers, ratings, keys and users are derived from nothing: only a backup brings
them back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from index_store.checking.apart import Failed
from index_store.checking.cache import CHECK as CACHE_CHECK
from index_store.checking.mending import MENDED, mend_index
from index_store.embedding_cache import cache_file
from index_store.errors import IndexStoreError
from index_store.index import ArticleIndex
from index_store.sqlite_files import set_aside
from qa.health.examining import Examination
from qa.health.kept import MEMORIES_CHECK, damaged_memories
from qa.health.place import PERMISSIONS, close_to_others
from qa.settings import Settings


def repair(
    settings: Settings, found: Examination, open_index: Callable[[], ArticleIndex]
) -> Iterator[str]:
    """Mends what an examination found wrong, and says what was done or could not be.

    Args:
        open_index: opens the index of the home.
    """
    steps = (
        (PERMISSIONS, lambda: _close(settings)),
        (CACHE_CHECK, lambda: _set_cache_aside(settings)),
        (MEMORIES_CHECK, lambda: _set_memories_aside(settings)),
    )
    for check, step in steps:
        if check in found.mendable:
            yield _attempted(check, step)
    if wrong := found.mendable & MENDED:
        stored = None if isinstance(found.stored, Failed) else found.stored

        def mend() -> str:
            mend_index(settings.home, open_index, wrong, stored)
            return "made again from the articles' texts"

        yield _attempted(", ".join(sorted(wrong)), mend)


def _attempted(what: str, step: Callable[[], str]) -> str:
    try:
        return f"{what}: {step()}"
    except (IndexStoreError, OSError) as error:
        return f"{what}: could not be mended ({error})"


def _close(settings: Settings) -> str:
    close_to_others(settings.home)
    return "closed to other users"


def _set_cache_aside(settings: Settings) -> str:
    if settings.cache is None:
        raise AssertionError("a cache that is off is never wrong")
    return f"set aside as {set_aside(cache_file(settings.cache))}"


def _set_memories_aside(settings: Settings) -> str:
    aside = [str(set_aside(file)) for file in damaged_memories(settings.home)]
    return f"set aside as {', '.join(aside)}"
