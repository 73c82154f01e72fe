"""Articles, passages and vectors in Chroma: embedded by default, or a server.

Two collections: one of passages with their vectors, one of articles with their whole texts.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import numpy as np

from corpus import Article, Passage
from corpus.reading import FoundArticle
from index_store import records
from index_store.chroma_client import (
    SERVER_RECORDS,
    ServerAccess,
    chroma_errors,
    connect_folder,
    connect_server,
    unavailable,
)
from index_store.chroma_marks import ChromaMarks
from index_store.folders import make_writable
from index_store.lease import Lease
from index_store.models import EmbeddedPassage, Filters, Vector
from index_store.store import Embed, Entry, Manifest, Provenance, Touched
from index_store.vector_files import VectorFiles
from index_store.version import check_can_read, parse_version

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from chromadb import GetResult
    from chromadb.api import ClientAPI

_PASSAGES = "citedesk-passages"
_ARTICLES = "citedesk-articles"
_PAGE = 500
_HNSW: Any = {"space": "cosine"}
_NOWHERE: Any = [0.0]
_T = TypeVar("_T")
_P = ParamSpec("_P")


def _translated(
    method: Callable[Concatenate[ChromaStore, _P], _T],
) -> Callable[Concatenate[ChromaStore, _P], _T]:
    """Chroma's errors as this package's own."""

    @wraps(method)
    def translating(store: ChromaStore, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        # Embedded, it finds an id but not its vector where another process added it just now:
        # opened again, it does.
        attempts = (True, False) if store.is_embedded else (False,)
        for may_retry in attempts:
            try:
                return method(store, *args, **kwargs)
            # ValueError and KeyError: what it holds is not what was stored there.
            except chroma_errors(OSError, ValueError, KeyError) as error:
                if not may_retry:
                    raise unavailable(store.where, store.is_embedded, error) from error
            store.refresh()
        raise AssertionError("the last attempt returns or raises")

    return translating


class ChromaStore:
    """A `Store` in Chroma. Every method raises `StoreUnavailable` where Chroma fails.

    Args:
        connect: opens Chroma.
        where: the folder or address, for messages.
        files: of vectors, where Chroma runs in this process.
    """

    def __init__(
        self, connect: Callable[[], ClientAPI], where: str, files: VectorFiles | None = None
    ) -> None:
        self.where = where
        self.is_embedded = files is not None
        self._files = files
        self._connect = connect
        self._open()

    def _open(self) -> None:
        client = _connected(self._connect)
        self._client = client
        self._passages = client.get_or_create_collection(
            _PASSAGES, embedding_function=None, configuration={"hnsw": _HNSW}
        )
        self._articles = client.get_or_create_collection(_ARTICLES, embedding_function=None)
        most = client.get_max_batch_size()
        # Records that are written, and that are read, at once.
        self._batch = most if self.is_embedded else min(most, SERVER_RECORDS)
        self._at_once = _PAGE if self.is_embedded else SERVER_RECORDS

    def lease(self) -> Lease:
        """To be held by whoever writes, where others can do so from other machines."""
        return Lease(ChromaMarks(self._client, self.where), self.where)

    def refresh(self) -> None:
        if self.is_embedded:
            # The client that Chroma shares within a process never sees vectors of another one.
            # Searches under way keep theirs.
            self._client.clear_system_cache()
            try:
                self._open()
            except chroma_errors(OSError) as error:
                raise unavailable(self.where, self.is_embedded, error) from error
            # An old client holds five files open, in a cycle, until no search uses it any more.
            gc.collect()

    def is_whole(self) -> bool:
        return self._files is None or self._files.are_whole()

    @_translated
    def mend(self, embed: Embed, on_progress: Callable[[int, int], None]) -> None:
        if self._files is None or self._files.are_whole():
            return
        self._files.drop()
        self.refresh()
        for ids in self._all_ids(self._articles):
            self._articles.upsert(ids=ids, embeddings=[_NOWHERE] * len(ids))
        done, total = 0, self._passages.count()
        for ids in self._all_ids(self._passages):
            texts = self._passages.get(ids=ids, include=["documents", "metadatas"])
            embedded = embed(records.read_passages(texts))
            self._passages.upsert(
                ids=texts["ids"], embeddings=[one.vector.tolist() for one in embedded]
            )
            done += len(ids)
            on_progress(done, total)
        self._files.made_again()

    def _all_ids(self, collection: ChromaCollection) -> Iterator[list[str]]:
        return (page["ids"] for page in self._pages(collection, []))

    def _pages(self, collection: ChromaCollection, include: list[Any]) -> Iterator[GetResult]:
        """All records, by pages; see `_spans`."""
        for begin, end in self._spans(collection.count()):
            yield collection.get(limit=end - begin, offset=begin, include=include)

    def _spans(self, count: int) -> Iterator[tuple[int, int]]:
        """Where pages begin and end in the order in which records came, the last one first.

        Where another process removes a record meanwhile, all behind it move up by one. From the
        front, one that nobody has touched would be passed over; from the end, one is read again.
        """
        for end in range(count, 0, -self._at_once):
            yield max(0, end - self._at_once), end

    @_translated
    def manifest(self) -> Manifest | None:
        # Asked anew, since another process may have written it.
        kept_now = self._client.get_collection(_ARTICLES, embedding_function=None)
        stated = kept_now.metadata or {}
        if "citedesk" not in stated:
            return None
        kept = json.loads(str(stated["citedesk"]))
        # Before anything else is looked at: what follows may be something else by then.
        written = parse_version(kept.get("written"))
        check_can_read(written, self.where)
        recent = kept.get("recent", ())
        return Manifest(
            kept["embedding_model"],
            kept["revision"],
            tuple(kept["pending"]),
            tuple(kept.get("removing", ())),
            written,
            tuple(Touched(one["since"], tuple(one["article_ids"])) for one in recent),
        )

    @_translated
    def set_manifest(self, manifest: Manifest) -> None:
        self._articles.modify(metadata={"citedesk": json.dumps(asdict(manifest))})

    @_translated
    def add(self, found: Sequence[FoundArticle], passages: Sequence[EmbeddedPassage]) -> None:
        with self._writing():
            self._add(found, passages)

    def _writing(self) -> AbstractContextManager[None]:
        return self._files.writing() if self._files else nullcontext()

    def _add(self, found: Sequence[FoundArticle], passages: Sequence[EmbeddedPassage]) -> None:
        by_id = {item.article.id: item.article for item in found}
        for some in _batches(passages, self._batch):
            self._passages.upsert(
                ids=[embedded.passage.id for embedded in some],
                embeddings=[embedded.vector.tolist() for embedded in some],
                documents=[embedded.passage.text for embedded in some],
                metadatas=[
                    records.passage_metadata(embedded, by_id[embedded.passage.article_id])
                    for embedded in some
                ],
            )
        counts = dict.fromkeys(by_id, 0)
        for embedded in passages:
            counts[embedded.passage.article_id] += 1
        self._drop_others(by_id, {embedded.passage.id for embedded in passages})
        for chosen in _batches(found, self._batch):
            self._articles.upsert(
                ids=[item.article.id for item in chosen],
                # Chroma keeps no record without a vector; this one is never searched.
                embeddings=[_NOWHERE] * len(chosen),
                documents=[item.article.text for item in chosen],
                metadatas=[
                    records.article_metadata(item, counts[item.article.id]) for item in chosen
                ],
            )

    def _of_articles(self, article_ids: Iterable[str], include: Any) -> Iterator[GetResult]:
        """Replies with all passages of some articles, a page each where a server is asked."""
        get = partial(self._passages.get, where=records.of_articles(article_ids), include=include)
        if self.is_embedded:
            yield get()
            return
        offset = 0
        while (found := get(limit=self._at_once, offset=offset))["ids"]:
            yield found
            offset += self._at_once
            if len(found["ids"]) < self._at_once:
                break

    def _drop_others(self, article_ids: Iterable[str], kept: Collection[str]) -> None:
        """Removes passages that articles had before: the same content, split otherwise."""
        wanted = list(article_ids)
        there = self._articles.get(ids=wanted, include=[])["ids"] if wanted else []
        for some in _batches(there, self._at_once):
            had = [one for found in self._of_articles(some, []) for one in found["ids"]]
            outdated = [passage_id for passage_id in had if passage_id not in kept]
            for gone in _batches(outdated, self._batch):
                self._passages.delete(ids=list(gone))

    @_translated
    def restate(self, provenances: Sequence[Provenance]) -> None:
        with self._writing():  # a change without a vector counts, too
            for some in _batches(provenances, self._batch):
                self._articles.update(
                    ids=[said.article_id for said in some],
                    metadatas=[{"origin": said.origin, "digest": said.digest} for said in some],
                )

    @_translated
    def set_sketches(self, sketches: Mapping[str, bytes]) -> None:
        with self._writing():
            for some in _batches(list(sketches), self._batch):
                self._articles.update(
                    ids=list(some),
                    metadatas=[records.sketch_metadata(sketches[key]) for key in some],
                )

    @_translated
    def remove(self, article_ids: Sequence[str]) -> None:
        with self._writing():
            for some in _batches(article_ids, self._at_once):
                self._articles.delete(ids=list(some))
                self._passages.delete(where=records.of_articles(some))

    @_translated
    def catalogue(self) -> list[Entry]:
        # All at once, Chroma takes half a gigabyte for 20,000 articles and keeps it.
        pages = [
            records.read_catalogue(page) for page in self._pages(self._articles, ["metadatas"])
        ]
        read = {entry.article_id: entry for page in reversed(pages) for entry in page}
        return list(read.values())

    @_translated
    def entries(self, article_ids: Sequence[str]) -> list[Entry]:
        entries: list[Entry] = []
        for some in _batches(list(dict.fromkeys(article_ids)), self._at_once):
            entries += records.read_catalogue(
                self._articles.get(ids=list(some), include=["metadatas"])
            )
        return entries

    @_translated
    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        found: dict[str, Article] = {}
        for some in _batches(list(dict.fromkeys(article_ids)), self._at_once):
            found |= records.read_articles(self._articles.get(ids=list(some)))
        return found

    @_translated
    def passages(self, passage_ids: Sequence[str]) -> dict[str, EmbeddedPassage]:
        read: dict[str, EmbeddedPassage] = {}
        for some in _batches(list(dict.fromkeys(passage_ids)), self._at_once):
            found = self._passages.get(
                ids=list(some), include=["documents", "metadatas", "embeddings"]
            )
            read |= records.read_embedded(found)
        return read

    @_translated
    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vector]:
        read: dict[str, Vector] = {}
        for some in _batches(list(dict.fromkeys(passage_ids)), self._at_once):
            found = self._passages.get(ids=list(some), include=["embeddings"])
            vectors = np.asarray(found["embeddings"], np.float32)
            read |= dict(zip(found["ids"], vectors, strict=True))
        return read

    @_translated
    def nearest(self, vector: Vector, limit: int, filters: Filters) -> Mapping[str, float]:
        found = self._passages.query(
            query_embeddings=[vector.tolist()],
            n_results=limit,
            where=records.where(filters),
            include=["distances"],
        )
        distances = found["distances"] or [[]]
        return {
            passage_id: 1.0 - distance
            for passage_id, distance in zip(found["ids"][0], distances[0], strict=True)
        }

    @_translated
    def passage_ids(self) -> frozenset[str]:
        return frozenset(one for some in self._all_ids(self._passages) for one in some)

    def contents(self) -> Iterator[tuple[Article, list[Passage]]]:
        read: set[str] = set()
        for begin, end in self._spans(self._article_count()):
            page = self._page(begin, end)
            yield from (each for each in page if each[0].id not in read)
            read |= {article.id for article, _ in page}

    @_translated
    def _article_count(self) -> int:
        return self._articles.count()

    @_translated
    def _page(self, begin: int, end: int) -> list[tuple[Article, list[Passage]]]:
        page = records.read_articles(self._articles.get(limit=end - begin, offset=begin))
        by_article = self._passages_of(page)
        return [(article, by_article[article.id]) for article in page.values()]

    @_translated
    def passages_of(self, article_ids: Sequence[str]) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for some in _batches(list(dict.fromkeys(article_ids)), self._at_once):
            found |= self._passages_of(some)
        return found

    def _passages_of(self, article_ids: Collection[str]) -> dict[str, list[Passage]]:
        by_article: dict[str, list[Passage]] = {article_id: [] for article_id in article_ids}
        if not by_article:
            return by_article  # Chroma refuses a condition that nothing can meet
        passages = [
            passage
            for found in self._of_articles(by_article, ["documents", "metadatas"])
            for passage in records.read_passages(found)
        ]
        for passage in sorted(passages, key=lambda passage: passage.start):
            by_article[passage.article_id].append(passage)
        return by_article

    @_translated
    def count(self) -> int:
        return self._passages.count()


def open_chroma(
    folder: Path, url: str | None = None, access: ServerAccess = ServerAccess()
) -> ChromaStore:
    """The store in a folder, or on a server such as `http://127.0.0.1:8000`.

    Raises:
        HomeNotWritable: the folder cannot be created or written.
        StoreUnavailable: Chroma cannot be opened there, or the server does not answer.
    """
    where = url or str(folder)
    try:
        if url is None:
            make_writable(folder)
            return ChromaStore(partial(connect_folder, folder), where, VectorFiles(folder))
        return ChromaStore(partial(connect_server, url, access), where)
    except chroma_errors(OSError, ValueError) as error:
        raise unavailable(where, url is None, error) from error


def _connected(connect: Callable[[], ClientAPI]) -> ClientAPI:
    try:
        return connect()
    except AttributeError as error:
        # What it fails to open (on a full disk, say), Chroma 1.5 fails to close as well, and raises
        # that instead.
        raise error.__context__ or error from None


def _batches(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
