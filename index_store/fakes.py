"""An index without a model, a disk or a server, for tests and for trying things out."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from corpus import Article, Passage
from corpus.reading import LAYOUT, FoundArticle
from corpus.wire import sketch
from index_store.embedder import Embedder
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.models import EmbeddedPassage, Filters, Vector
from index_store.store import Embed, Entry, Manifest, Provenance
from index_store.terms import terms


class HashingEmbedder(Embedder):
    """Terms hashed into a few dimensions: texts that share 4-grams are near each other.

    Args:
        window: of a passage, in words.
        languages: that it claims to know.
    """

    def __init__(
        self, window: int = 200, languages: Sequence[str] = ("en",), dimensions: int = 64
    ) -> None:
        self._window = window
        self._languages = frozenset(languages)
        self._dimensions = dimensions

    @property
    def name(self) -> str:
        return f"hashing-{self._dimensions}"

    @property
    def window(self) -> int:
        return self._window

    def serves(self, language: str | None) -> bool:
        return language in self._languages

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        return [
            EmbeddedPassage(
                passage,
                self.embed_query(passage.text),
                np.stack([self.embed_query(sentence) for sentence in passage.sentence_texts()]),
            )
            for passage in passages
        ]

    def embed_query(self, text: str) -> Vector:
        # Not hash(), which differs from one process to the next.
        buckets = [zlib.crc32(term.encode()) % self._dimensions for term in terms(text)]
        # A text without a word gets a direction, too.
        counts = np.bincount(buckets or [0], minlength=self._dimensions).astype(np.float32)
        return counts / np.float32(np.linalg.norm(counts))


class MemoryStore:
    """A `Store` in dictionaries; it is gone with the process."""

    def __init__(self) -> None:
        self._manifest: Manifest | None = None
        self._articles: dict[str, Article] = {}
        self._entries: dict[str, Entry] = {}
        self._passages: dict[str, EmbeddedPassage] = {}

    def refresh(self) -> None:
        """Nothing: no other process sees it."""

    def is_whole(self) -> bool:
        return True

    def mend(self, embed: Embed, on_progress: Callable[[int, int], None]) -> None:
        """Nothing: it is gone with the process."""

    def manifest(self) -> Manifest | None:
        return self._manifest

    def set_manifest(self, manifest: Manifest) -> None:
        self._manifest = manifest

    def add(self, found: Sequence[FoundArticle], passages: Sequence[EmbeddedPassage]) -> None:
        counts = {item.article.id: 0 for item in found}
        self._forget_passages(counts)
        for embedded in passages:
            self._passages[embedded.passage.id] = embedded
            counts[embedded.passage.article_id] += 1
        for item in found:
            article = item.article
            self._articles[article.id] = article
            self._entries[article.id] = Entry(
                article_id=article.id,
                origin=item.origin,
                publisher=article.publisher,
                language=article.language,
                day=(article.published or "")[:10] or None,
                passages=counts[article.id],
                digest=item.digest,
                layout=LAYOUT,
                sketch=sketch(article.text),
                section=article.section,
                indexed=article.indexed,
                embargo_until=article.embargo_until,
            )

    def restate(self, provenances: Sequence[Provenance]) -> None:
        for said in provenances:
            entry = self._entries[said.article_id]
            self._entries[said.article_id] = replace(entry, origin=said.origin, digest=said.digest)

    def set_sketches(self, sketches: Mapping[str, bytes]) -> None:
        for article_id, said in sketches.items():
            self._entries[article_id] = replace(self._entries[article_id], sketch=said)

    def remove(self, article_ids: Sequence[str]) -> None:
        gone = frozenset(article_ids)
        for article_id in gone:
            self._articles.pop(article_id, None)
            self._entries.pop(article_id, None)
        self._forget_passages(gone)

    def _forget_passages(self, article_ids: Collection[str]) -> None:
        self._passages = {
            key: kept
            for key, kept in self._passages.items()
            if kept.passage.article_id not in article_ids
        }

    def catalogue(self) -> list[Entry]:
        return list(self._entries.values())

    def entries(self, article_ids: Sequence[str]) -> list[Entry]:
        return [self._entries[key] for key in article_ids if key in self._entries]

    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        return {key: self._articles[key] for key in article_ids if key in self._articles}

    def passages(self, passage_ids: Sequence[str]) -> dict[str, EmbeddedPassage]:
        return {key: self._passages[key] for key in passage_ids if key in self._passages}

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vector]:
        return {key: kept.vector for key, kept in self.passages(passage_ids).items()}

    def nearest(self, vector: Vector, limit: int, filters: Filters) -> Mapping[str, float]:
        cosines = {
            key: float(kept.vector @ vector)
            for key, kept in self._passages.items()
            if self._admits(filters, kept.passage.article_id)
        }
        best = sorted(cosines, key=lambda key: (-cosines[key], key))[:limit]
        return {key: cosines[key] for key in best}

    def passages_of(self, article_ids: Sequence[str]) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {article_id: [] for article_id in article_ids}
        for kept in sorted(self._passages.values(), key=lambda kept: kept.passage.start):
            if kept.passage.article_id in found:
                found[kept.passage.article_id].append(kept.passage)
        return found

    def count(self) -> int:
        return len(self._passages)

    def passage_ids(self) -> frozenset[str]:
        return frozenset(self._passages)

    def contents(self) -> Iterator[tuple[Article, list[Passage]]]:
        own = self.passages_of(list(self._articles))
        for article_id, article in list(self._articles.items()):
            yield article, own[article_id]

    def _admits(self, filters: Filters, article_id: str) -> bool:
        entry = self._entries.get(article_id)
        return entry is not None and entry.passes(filters)


def memory_index(embedder: HashingEmbedder | None = None) -> ArticleIndex:
    """An empty index in memory."""
    return ArticleIndex(MemoryStore(), LexicalIndex(), embedder or HashingEmbedder())
