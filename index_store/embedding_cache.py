"""Vectors of texts that were embedded before, for whatever home it was.

Embedding is nearly all of the time that indexing takes. What a model made of a text is kept in one
SQLite file outside of every home, so that an index that is deleted and made anew embeds nothing.
The cache is never needed: where it cannot be used, indexing goes on without it.

Passage vectors are kept as they are and sentence vectors in 8 bits, as the store keeps them: an
index made from the cache is the one that was made without it. At 16 bits a passage would take 2.7
instead of 3.5 kB; of 1,190 questions of XQuAD none would find another passage first, but 114 would
find the best 50 in another order.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus import Passage
from index_store.embedder import Embedder, Embedding, sentences_within
from index_store.identity import weights_identity
from index_store.models import EmbeddedPassage, Vector
from index_store.records import pack_vectors, unpack_vectors

#: Bytes of vectors, about 600,000 passages; the oldest make room.
LIMIT = 2 * 1024**3

#: Changes when vectors of the same text are made otherwise.
_LAYOUT = 1

#: Seconds to wait while another process writes, which takes milliseconds.
_PATIENCE = 10.0
#: Keys in one question to SQLite, which takes a thousand at most in its older versions.
_KEYS = 500

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_T = TypeVar("_T")

logger = logging.getLogger(__name__)


def user_cache_folder(environment: Mapping[str, str]) -> Path:
    """Where a user's caches are kept: XDG Base Directory Specification 0.8."""
    stated = Path(environment.get("XDG_CACHE_HOME", ""))
    # A relative path there is to be ignored.
    return (stated if stated.is_absolute() else Path.home() / ".cache") / "citedesk"


def cache_file(folder: Path) -> Path:
    """The one file of a folder that vectors are kept in."""
    return folder / f"embeddings-{_LAYOUT}.sqlite3"


class EmbeddingCache:
    """Bytes by key in one SQLite file, for any number of processes at once.

    A file that is damaged is begun anew. After any other failure (no permission, a full disk) the
    cache stays empty until the process ends; the log says so once.

    Args:
        limit: bytes that are kept.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._path = cache_file(folder)
        self._limit = limit
        self._is_off = False

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is kept of some keys; the others are absent."""

        def read(connection: sqlite3.Connection) -> dict[bytes, bytes]:
            found: dict[bytes, bytes] = {}
            for at in range(0, len(keys), _KEYS):
                some = keys[at : at + _KEYS]
                marks = ",".join("?" * len(some))
                found |= connection.execute(
                    f"SELECT key, value FROM kept WHERE key IN ({marks})", some
                ).fetchall()
            return found

        return self._attempt(read, {})

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keeps values, and as few of the oldest ones less as are over the limit."""

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", values.items())
            while _size(connection) > self._limit:
                connection.execute(
                    "DELETE FROM kept WHERE rowid <= "
                    "(SELECT min(rowid) + (max(rowid) - min(rowid)) / 10 FROM kept)"
                )

        self._attempt(write, None)

    def _attempt(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        if self._is_off:
            return otherwise
        try:
            try:
                return self._run(work)
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
                    raise
                logger.warning("%s: is damaged (%s); it is begun anew", self._path, error)
                self._delete()
                return self._run(work)
        except (OSError, sqlite3.Error) as error:
            self._is_off = True
            logger.warning(
                "%s: embeddings cannot be kept there (%s); set CITEDESK_CACHE to another folder, "
                "or to off",
                self._path, error,
            )  # fmt: skip
            return otherwise

    def _run(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        with self._opened() as connection, connection:
            return work(connection)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Opened for one batch at a time, which takes half a millisecond, so that threads share no
        connection and none is left open."""
        self._path.parent.mkdir(0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as connection:
            # A process that dies while writing leaves nothing half done, and no reader waits.
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB)")
            yield connection

    def _delete(self) -> None:
        for ending in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)


class CachedEmbedder(Embedder):
    """An `Embedder` that embeds a text once and then remembers its vectors."""

    def __init__(self, embedder: Embedder, cache: EmbeddingCache) -> None:
        self._embedder = embedder
        self._cache = cache
        #: By key, texts whose vectors are not in the cache yet.
        self._under_way: dict[bytes, _Making] = {}

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def window(self) -> int:
        return self._embedder.window

    def serves(self, language: str | None) -> bool:
        return self._embedder.serves(language)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._embedder.count_tokens(texts)

    def embed_query(self, text: str) -> Vector:
        return self._embedder.embed_query(text)

    @property
    def ahead(self) -> int:
        return self._embedder.ahead

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        return self.begin(passages)()

    def begin(self, passages: Sequence[Passage]) -> Embedding:
        keys = [self._key(passage) for passage in passages]
        kept = self._cache.get(list(dict.fromkeys(keys)))
        # Passages of two articles that say the same have one key.
        known: dict[bytes, EmbeddedPassage] = {}
        making: dict[bytes, _Making] = {}
        unknown: dict[bytes, Passage] = {}
        for key, passage in zip(keys, passages, strict=True):
            if found := _read(passage, kept.get(key, b"")):
                known[key] = found
            # Not made twice, so that each batch embeds what it does where those before it are done.
            elif earlier := self._under_way.get(key):
                making[key] = earlier
            else:
                unknown[key] = passage
        if unknown:
            embedding = self._embedder.begin(list(unknown.values()))
            new = dict.fromkeys(unknown, _Making(tuple(unknown), embedding, self._cache))
            self._under_way |= new
            making |= new
        return partial(self._finish, list(zip(keys, passages, strict=True)), known, making)

    def _finish(
        self,
        keyed: Sequence[tuple[bytes, Passage]],
        known: Mapping[bytes, EmbeddedPassage],
        making: Mapping[bytes, _Making],
    ) -> list[EmbeddedPassage]:
        found = {**known, **{key: one.made[key] for key, one in making.items()}}
        for key in making:
            self._under_way.pop(key, None)
        return [replace(found[key], passage=passage) for key, passage in keyed]

    @cached_property
    def _identity(self) -> str:
        return json.dumps([_LAYOUT, self.name, self.window, weights_identity(self.name)])

    def _key(self, passage: Passage) -> bytes:
        """Of all that decides the vectors; 128 bits, so that no two texts share one."""
        content = json.dumps([self._identity, passage.text, sentences_within(passage)])
        return hashlib.blake2b(content.encode(), digest_size=16).digest()


class _Making:
    """Texts that are being embedded, by their keys."""

    def __init__(self, keys: Sequence[bytes], embedding: Embedding, cache: EmbeddingCache) -> None:
        self._keys, self._embedding, self._cache = keys, embedding, cache

    @cached_property
    def made(self) -> Mapping[bytes, EmbeddedPassage]:
        """Waits for the vectors, and keeps them in the cache."""
        made = dict(zip(self._keys, self._embedding(), strict=True))
        self._cache.put({key: _written(embedded) for key, embedded in made.items()})
        return made


def _written(embedded: EmbeddedPassage) -> bytes:
    return embedded.vector.astype("<f4").tobytes() + pack_vectors(embedded.sentence_vectors)


def _read(passage: Passage, value: bytes) -> EmbeddedPassage | None:
    """None where the value is not that of a passage with as many sentences."""
    dimensions, rest = divmod(len(value), 4 + len(passage.sentences))
    if not dimensions or rest:
        return None
    vector = np.frombuffer(value, dtype="<f4", count=dimensions).astype(np.float32)
    sentences = unpack_vectors(value[4 * dimensions :], dimensions)
    return EmbeddedPassage(passage, vector, sentences)


def _size(connection: sqlite3.Connection) -> int:
    """Bytes in use; what was freed is written over before the file grows."""
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size
