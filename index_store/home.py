"""Opening the index in a home: the one folder that holds all that citedesk keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from index_store.chroma import ChromaStore, open_chroma
from index_store.chroma_client import ServerAccess
from index_store.embedder import BUNDLED_MODEL, Embedder, SentenceTransformerEmbedder
from index_store.embedding_cache import CachedEmbedder, EmbeddingCache
from index_store.folders import check_room, make_writable
from index_store.glossary import load_glossary
from index_store.index import ArticleIndex
from index_store.lease import Lease
from index_store.lexical import LexicalIndex
from index_store.lock import LOCK, WriteLock, settled
from index_store.migrations import migrate
from index_store.reranker import CrossEncoderReranker
from index_store.version import check_home, mark_home

#: Under a home: what is true, and what is derived from it.
CHROMA = "chroma"
WORDS = "lexical"


def holds_index(home: Path) -> bool:
    """Whether an index was ever opened under a home; looking makes none."""
    return (home / CHROMA).exists()


def open_index(
    home: Path,
    *,
    embedder: Embedder | None = None,
    embedding_model: str = BUNDLED_MODEL,
    chroma_url: str | None = None,
    chroma_access: ServerAccess = ServerAccess(),
    cache: Path | None = None,
    glossary: Path | None = None,
    reranker: str | None = None,
    on_rebuild: Callable[[int, int], None] = lambda done, total: None,
    lock: WriteLock | None = None,
) -> ArticleIndex:
    """The index under a home, made where there is none, and brought to this version.

    Args:
        embedder: instead of the named model.
        chroma_url: a Chroma server instead of the embedded one.
        chroma_access: what that server wants to know.
        cache: folder of vectors that were made before; without one, all are made anew.
        glossary: file of the newsroom's own; see `index_store.glossary`.
        reranker: name or folder of a cross-encoder that puts the best passages in order.
        on_rebuild: told how many of how many passages have vectors again, and articles words, where
            they were damaged or behind.
        lock: held while writing, instead of the home's own.

    Raises:
        HomeNotWritable: the folder cannot be created or written.
        StoreUnavailable: Chroma cannot be opened.
        WrongEmbedder: the index was made with another model.
        UnfitHome: a newer citedesk wrote the home or the index.
        BadGlossary: the newsroom's glossary cannot be read.
    """
    check_home(home)
    words = load_glossary(glossary)  # before anything is made
    make_writable(home)
    store = open_chroma(home / CHROMA, chroma_url, chroma_access)
    # Who shares the store from another home does not see the lock of this one.
    lease = None if store.is_embedded else store.lease()
    embedder = embedder or SentenceTransformerEmbedder(embedding_model)
    if cache is not None:
        embedder = CachedEmbedder(embedder, EmbeddingCache(cache))
    # Who may only read a home does not write a store that others share.
    if lock is None or store.is_embedded:
        _migrate(home, store, lease, on_rebuild)
    mark_home(home)
    return ArticleIndex(
        store,
        LexicalIndex(home / WORDS),
        embedder,
        lock or WriteLock(home / LOCK, beyond=lease),
        words,
        CrossEncoderReranker(reranker) if reranker else None,
        on_rebuild,
        partial(_batch, home, lease),
    )


def _migrate(
    home: Path, store: ChromaStore, lease: Lease | None, on_progress: Callable[[int, int], None]
) -> None:
    """Brings what an earlier version stored to this one, unless another process is writing."""
    brief = lease.without_waiting() if lease else None
    turn = WriteLock(home / LOCK, patience=0.0, beyond=brief)
    migrate(store, turn, partial(_batch, home, brief), on_progress)


@contextmanager
def _batch(home: Path, lease: Lease | None) -> Iterator[None]:
    """Held while a batch is written; it is not begun on a disk that is full, and by nobody who
    has lost his turn."""
    check_room(home)
    with settled(home):
        if lease is not None:
            lease.confirm()
        yield
