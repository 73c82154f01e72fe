"""Articles, passages and vectors in Chroma: embedded by default, or a server.

Two collections. `passages` is laid out as LlamaIndex's ChromaVectorStore lays it out, so that any
LlamaIndex program can open it; sentence vectors travel in its metadata as 8-bit numbers (under
2 kB a passage; cosines differ by less than 0.01). `articles` holds whole texts by id.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import numpy as np

from corpus import Article, Passage, Span
from index_store.errors import HomeNotWritable, StoreUnavailable
from index_store.models import EmbeddedPassage, Filters, Vector
from index_store.store import Entry, Manifest

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_PASSAGES = "citedesk-passages"
_ARTICLES = "citedesk-articles"
_PAGE = 500
_T = TypeVar("_T")
_METADATA = tuple(field.name for field in fields(Article) if field.name not in ("id", "text"))


class ChromaStore:
    """A `Store` in Chroma.

    Raises:
        StoreUnavailable: Chroma cannot be opened there, or the server does not answer.
    """

    def __init__(self, client: ClientAPI) -> None:
        cosine: Any = {"hnsw": {"space": "cosine"}}
        self._passages = client.get_or_create_collection(
            _PASSAGES, embedding_function=None, configuration=cosine
        )
        self._articles = client.get_or_create_collection(_ARTICLES, embedding_function=None)
        self._batch = client.get_max_batch_size()

    def manifest(self) -> Manifest | None:
        stated = self._articles.metadata or {}
        if "citedesk" not in stated:
            return None
        kept = json.loads(str(stated["citedesk"]))
        return Manifest(kept["embedding_model"], kept["revision"], tuple(kept["pending"]))

    def set_manifest(self, manifest: Manifest) -> None:
        self._articles.modify(metadata={"citedesk": json.dumps(asdict(manifest))})

    def add(
        self, articles: Sequence[tuple[Article, str]], passages: Sequence[EmbeddedPassage]
    ) -> None:
        by_id = {article.id: article for article, _ in articles}
        for some in _batches(passages, self._batch):
            self._passages.upsert(
                ids=[embedded.passage.id for embedded in some],
                embeddings=[embedded.vector for embedded in some],
                documents=[embedded.passage.text for embedded in some],
                metadatas=[
                    _passage_metadata(embedded, by_id[embedded.passage.article_id])
                    for embedded in some
                ],
            )
        counts = dict.fromkeys(by_id, 0)
        for embedded in passages:
            counts[embedded.passage.article_id] += 1
        for chosen in _batches(articles, self._batch):
            self._articles.upsert(
                ids=[article.id for article, _ in chosen],
                # Chroma keeps no record without a vector; this one is never searched.
                embeddings=[[0.0]] * len(chosen),
                documents=[article.text for article, _ in chosen],
                metadatas=[
                    _article_metadata(article, origin, counts[article.id])
                    for article, origin in chosen
                ],
            )

    def remove(self, article_ids: Sequence[str]) -> None:
        for some in _batches(article_ids, _PAGE):
            self._articles.delete(ids=list(some))
            self._passages.delete(where={"document_id": {"$in": list(some)}})

    def catalogue(self) -> list[Entry]:
        found = self._articles.get(include=["metadatas"])
        return [
            Entry(
                article_id=article_id,
                origin=metadata["origin"],
                publisher=metadata.get("publisher"),
                language=metadata.get("language"),
                day=(metadata.get("published") or "")[:10] or None,
                passages=metadata["passages"],
            )
            for article_id, metadata in zip(found["ids"], _metadatas(found), strict=True)
        ]

    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        if not article_ids:
            return {}
        return _articles(self._articles.get(ids=list(article_ids)))

    def passages(self, passage_ids: Sequence[str]) -> dict[str, EmbeddedPassage]:
        if not passage_ids:
            return {}
        found = self._passages.get(
            ids=list(passage_ids), include=["documents", "metadatas", "embeddings"]
        )
        return {
            passage.id: EmbeddedPassage(
                passage,
                np.asarray(vector, dtype=np.float32),
                _unpack(metadata["sentence_vectors"], len(passage.sentences)),
            )
            for passage, metadata, vector in zip(
                _passages(found), _metadatas(found), found["embeddings"], strict=True
            )
        }

    def nearest(self, vector: Vector, limit: int, filters: Filters) -> Mapping[str, float]:
        found = self._passages.query(
            query_embeddings=[vector],
            n_results=limit,
            where=_where(filters),
            include=["distances"],
        )
        distances = found["distances"] or [[]]
        return {
            passage_id: 1.0 - distance
            for passage_id, distance in zip(found["ids"][0], distances[0], strict=True)
        }

    def contents(self) -> Iterator[tuple[Article, list[Passage]]]:
        offset = 0
        while page := _articles(self._articles.get(limit=_PAGE, offset=offset)):
            found = self._passages.get(
                where={"document_id": {"$in": list(page)}}, include=["documents", "metadatas"]
            )
            by_article: dict[str, list[Passage]] = {article_id: [] for article_id in page}
            for passage in sorted(_passages(found), key=lambda passage: passage.start):
                by_article[passage.article_id].append(passage)
            yield from ((article, by_article[article.id]) for article in page.values())
            offset += _PAGE


def open_chroma(folder: Path, url: str | None = None) -> ChromaStore:
    """The store in a folder, or on a server such as `http://127.0.0.1:8000`.

    Raises:
        HomeNotWritable: the folder cannot be created or written.
        StoreUnavailable: Chroma cannot be opened there, or the server does not answer.
    """
    import chromadb
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    settings = Settings(anonymized_telemetry=False)
    where = url or str(folder)
    try:
        if url is None:
            folder.mkdir(parents=True, exist_ok=True)
            return ChromaStore(chromadb.PersistentClient(str(folder), settings=settings))
        address = urlsplit(url)
        secure = address.scheme == "https"
        return ChromaStore(
            chromadb.HttpClient(
                host=address.hostname or "127.0.0.1",
                port=address.port or (443 if secure else 8000),
                ssl=secure,
                settings=settings,
            )
        )
    except OSError as error:
        raise HomeNotWritable(
            f"{folder}: cannot be written ({error.strerror}); choose another folder with --home "
            f"or CITEDESK_HOME"
        ) from error
    except (ChromaError, ValueError) as error:
        raise StoreUnavailable(f"Chroma cannot be opened at {where}: {error}") from error


def _passage_metadata(embedded: EmbeddedPassage, article: Article) -> dict[str, Any]:
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
    from llama_index.core.vector_stores.utils import node_to_metadata_dict

    passage = embedded.passage
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
        metadata={
            "title": article.title,
            "publisher": article.publisher or "",
            "language": article.language or "",
            "day": _day_number(article.published),
        },
    )
    metadata = node_to_metadata_dict(node, remove_text=True, flat_metadata=True)
    # Added after the node was written out, which would repeat them.
    metadata["sentences"] = json.dumps(passage.sentences)
    metadata["sentence_vectors"] = _pack(embedded.sentence_vectors)
    metadata["start"], metadata["end"] = passage.start, passage.end
    return metadata


def _passages(found: Any) -> list[Passage]:
    return [
        Passage(
            article_id=metadata["document_id"],
            start=metadata["start"],
            end=metadata["end"],
            text=text,
            sentences=tuple(Span(*span) for span in json.loads(metadata["sentences"])),
        )
        for text, metadata in zip(found["documents"], _metadatas(found), strict=True)
    ]


def _article_metadata(article: Article, origin: str, passages: int) -> dict[str, Any]:
    stated = {name: getattr(article, name) for name in _METADATA}
    return {
        **{name: value for name, value in stated.items() if value is not None},
        "origin": origin,
        "passages": passages,
    }


def _articles(found: Any) -> dict[str, Article]:
    return {
        article_id: Article(
            id=article_id, text=text, **{name: metadata.get(name) for name in _METADATA}
        )
        for article_id, text, metadata in zip(
            found["ids"], found["documents"], _metadatas(found), strict=True
        )
    }


def _metadatas(found: Any) -> list[Any]:
    return found["metadatas"] or []


def _day_number(published: str | None) -> int:
    """20250114 for "2025-01-14…", since Chroma compares numbers only; 0 where undated."""
    return int(published[:10].replace("-", "")) if published else 0


def _where(filters: Filters) -> Any:
    conditions: list[Any] = []
    if filters.publishers:
        conditions.append({"publisher": {"$in": list(filters.publishers)}})
    if filters.languages:
        conditions.append({"language": {"$in": list(filters.languages)}})
    if filters.published_from or filters.published_to:
        conditions.append({"day": {"$gte": max(1, _day_number(filters.published_from))}})
    if filters.published_to:
        conditions.append({"day": {"$lte": _day_number(filters.published_to)}})
    return {"$and": conditions} if len(conditions) > 1 else next(iter(conditions), None)


def _pack(vectors: Vector) -> str:
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    return base64.b64encode(np.rint(vectors / largest * 127).astype(np.int8).tobytes()).decode()


def _unpack(packed: str, sentences: int) -> Vector:
    rows = np.frombuffer(base64.b64decode(packed), dtype=np.int8).reshape(sentences, -1)
    vectors = rows.astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _batches(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
