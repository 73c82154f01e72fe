"""Making again what is derived from articles' texts; nothing that is not derived is touched."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from index_store.checking.index import ARTICLES_CHECK, RUN_CHECK, VECTORS_CHECK
from index_store.checking.stored import Stored
from index_store.checking.words import CHECK as WORDS_CHECK
from index_store.home import CHROMA, WORDS
from index_store.index import ArticleIndex
from index_store.lexical.folder import LexicalFolder
from index_store.lexical.index import LAYOUT
from index_store.lock import LOCK, WriteLock
from index_store.vector_files import VectorFiles

#: What is mended here.
MENDED = frozenset({VECTORS_CHECK, ARTICLES_CHECK, WORDS_CHECK, RUN_CHECK})


def mend_index(
    home: Path,
    open_index: Callable[[], ArticleIndex],
    wrong: Collection[str],
    stored: Stored | None,
) -> None:
    """Mends what some checks found wrong.

    Args:
        open_index: opens the home's index, and builds what is missing of it.
        wrong: names of the checks.
        stored: what was found in Chroma, where it could be opened.

    Raises:
        IndexBusy: another process is writing.
        IndexStoreError: it cannot be opened or written.
        OSError: a damaged file cannot be removed.
    """
    with WriteLock(home / LOCK):
        if VECTORS_CHECK in wrong:
            VectorFiles(home / CHROMA).drop()
        if WORDS_CHECK in wrong and (home / WORDS).exists():
            LexicalFolder(home / WORDS, LAYOUT).empty()
    open_index().mend(stored.broken if stored else ())
