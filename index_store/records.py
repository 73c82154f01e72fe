"""How articles and passages are written as Chroma records, and read back.

Passages are laid out as LlamaIndex's ChromaVectorStore lays them out, so that any LlamaIndex
program can open the collection. Sentence vectors travel in the metadata as 8-bit numbers, so that
they are written with their passage and seen by everyone who shares a server. That has a price:
SQLite indexes the text of metadata, and its pages are not filled. Of 1,200 to 2,500 made-up
passages with five sentences each (1.9 kB), in chromadb 1.5.9, on a busy machine, so that times
compare only with each other: on disk, to write one, and to read 24.

| where | kB a passage | ms to write | ms to read 24 |
| --- | --- | --- | --- |
| nowhere | 11 to 13 | 0.84 | 2.3 |
| metadata, base64 | 20 to 22 | 0.86 | 2.2 |
| metadata, base85 | 21 | 0.98 | 2.3 |
| metadata, Latin-1 | 24 | 1.07 | 2.3 |
| metadata, a key a sentence | 19 | 0.91 | 2.2 |
| a second collection, as metadata | 20 to 21 | 0.93 | 2.5 |
| a second collection, as document (Chroma indexes its trigrams) | 36 | 2.2 | 2.4 |
| a second collection, a record a sentence | 21 | 2.3 | 9.1 |
| SQLite beside Chroma, which no other machine would see | 14 to 16 | 0.79 | 2.2 |
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import fields
from itertools import accumulate
from typing import Any

import numpy as np

from corpus import Article, Passage, Span
from corpus.reading import LAYOUT, FoundArticle
from corpus.wire import sketch
from index_store.models import EmbeddedPassage, Filters, Vector, day_number
from index_store.store import Entry

_METADATA = tuple(field.name for field in fields(Article) if field.name not in ("id", "text"))


def passage_metadata(embedded: EmbeddedPassage, article: Article) -> dict[str, Any]:
    """What Chroma keeps beside a passage's text and vector."""
    # A second to import, and only for writing.
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
            "section": article.section or "",
            "day": day_number(article.published),
        },
    )
    metadata = node_to_metadata_dict(node, remove_text=True, flat_metadata=True)
    # Added after the node was written out, which would repeat them.
    metadata["sentences"] = json.dumps(passage.sentences)
    metadata["sentence_vectors"] = base64.b64encode(
        pack_vectors(embedded.sentence_vectors)
    ).decode()
    metadata["start"], metadata["end"] = passage.start, passage.end
    metadata["passage_language"] = passage.language or ""
    return metadata


def read_passages(found: Any) -> list[Passage]:
    """Passages of a reply with documents and metadata."""
    return [
        Passage(
            article_id=metadata["document_id"],
            start=metadata["start"],
            end=metadata["end"],
            text=text,
            sentences=tuple(map(Span._make, json.loads(metadata["sentences"]))),
            language=metadata.get("passage_language") or None,
        )
        for text, metadata in zip(found["documents"], metadatas(found), strict=True)
    ]


def read_embedded(found: Any) -> dict[str, EmbeddedPassage]:
    """Passages by id, with all vectors, of a reply that also has embeddings."""
    passages = read_passages(found)
    if not passages:
        return {}
    vectors = np.asarray(found["embeddings"], dtype=np.float32)
    # Unpacked in one go: one passage at a time, numpy is called seven times as often.
    packed = b"".join(base64.b64decode(kept["sentence_vectors"]) for kept in metadatas(found))
    sentences = unpack_vectors(packed, vectors.shape[1])
    ends = list(accumulate(len(passage.sentences) for passage in passages))
    return {
        passage_id: EmbeddedPassage(passage, vector, sentences[start:end])
        for passage_id, passage, vector, start, end in zip(
            found["ids"], passages, vectors, [0, *ends[:-1]], ends, strict=True
        )
    }


def article_metadata(found: FoundArticle, passages: int) -> dict[str, Any]:
    """What Chroma keeps beside an article's text; what is not stated is absent."""
    stated = {name: getattr(found.article, name) for name in _METADATA}
    return {
        **{name: value for name, value in stated.items() if value is not None},
        "origin": found.origin,
        "passages": passages,
        "digest": found.digest,
        "layout": LAYOUT,
        **sketch_metadata(sketch(found.article.text)),
    }


def sketch_metadata(kept: bytes) -> dict[str, Any]:
    """What an article's sketch is kept as."""
    return {"sketch": base64.b64encode(kept).decode()}


def read_articles(found: Any) -> dict[str, Article]:
    """Articles by id, of a reply with documents and metadata."""
    return {
        article_id: Article(
            id=article_id, text=text, **{name: metadata.get(name) for name in _METADATA}
        )
        for article_id, text, metadata in zip(
            found["ids"], found["documents"], metadatas(found), strict=True
        )
    }


def read_catalogue(found: Any) -> list[Entry]:
    """Articles without their texts, of a reply with metadata alone."""
    return [
        Entry(
            article_id=article_id,
            origin=metadata["origin"],
            publisher=metadata.get("publisher"),
            language=metadata.get("language"),
            day=(metadata.get("published") or "")[:10] or None,
            passages=metadata["passages"],
            # A home of before these were kept is read anew.
            digest=metadata.get("digest", ""),
            layout=metadata.get("layout", ""),
            sketch=base64.b64decode(metadata.get("sketch", "")),
            section=metadata.get("section"),
            indexed=metadata.get("indexed"),
            embargo_until=metadata.get("embargo_until"),
        )
        for article_id, metadata in zip(found["ids"], metadatas(found), strict=True)
    ]


def metadatas(found: Any) -> list[Any]:
    """The metadata of a reply, a mapping a record."""
    return list(found["metadatas"] or ())


def of_articles(article_ids: Iterable[str]) -> Any:
    """The condition that a passage is of one of these articles."""
    return {"document_id": {"$in": list(article_ids)}}


def where(filters: Filters) -> Any:
    """The condition that a passage's article passes a filter; None where it admits all."""
    conditions: list[Any] = []
    if filters.publishers:
        conditions.append({"publisher": {"$in": list(filters.publishers)}})
    if filters.languages:
        conditions.append({"language": {"$in": list(filters.languages)}})
    if filters.sections:
        conditions.append({"section": {"$in": list(filters.sections)}})
    if filters.published_from or filters.published_to:
        conditions.append({"day": {"$gte": max(1, day_number(filters.published_from))}})
    if filters.published_to:
        conditions.append({"day": {"$lte": day_number(filters.published_to)}})
    return {"$and": conditions} if len(conditions) > 1 else next(iter(conditions), None)


def pack_vectors(vectors: Vector) -> bytes:
    """Unit vectors in 8 bits a number, each divided by its largest; shape (count, dimensions)."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    packed: bytes = np.rint(vectors / largest * 127).astype(np.int8).tobytes()
    return packed


def unpack_vectors(packed: bytes, dimensions: int) -> Vector:
    """The unit vectors that `pack_vectors` packed; what it makes of them again is the same."""
    rows = np.frombuffer(packed, dtype=np.int8).reshape(-1, dimensions)
    vectors = rows.astype(np.float32)
    unit: Vector = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
