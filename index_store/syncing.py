"""Bringing the store level with what was read: one run, a batch at a time.

A crash at any moment loses at most one batch. The manifest names what a batch touches before it
is touched; the next run removes that, reads it again, and goes on.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus import Article, Passage
from corpus.reading import FoundArticle
from corpus.splitting import split_article
from index_store.embedder import Embedder
from index_store.lexical import LexicalIndex
from index_store.store import Entry, Manifest, Store

#: Passages that are embedded and stored together.
BATCH_PASSAGES = 64

#: New articles, each with its passages.
_Batch = Sequence[tuple[FoundArticle, list[Passage]]]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How many articles a sync added, replaced, left alone and removed."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0


class Sync:
    """One run, by who holds the lock.

    Args:
        on_written: told the manifest after each batch.
    """

    def __init__(
        self,
        store: Store,
        lexical: LexicalIndex,
        embedder: Embedder,
        on_written: Callable[[Manifest], None],
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._embedder = embedder
        self._on_written = on_written
        self._recover()
        catalogue = store.catalogue()
        self._recorded = {entry.article_id: entry for entry in catalogue}
        self._current = {entry.origin: entry.article_id for entry in catalogue}
        self._seen: set[str] = set()

    def run(
        self,
        found: Iterable[FoundArticle],
        prune: Callable[[str], bool],
        progress: Callable[[SyncReport], None],
    ) -> SyncReport:
        """Adds what is new, replaces what has changed, removes what `prune` gives up."""
        reading = _Reading(found, self._recorded)
        report = SyncReport()
        for batch in self._batches(reading):
            replaced = [
                self._current[item.origin] for item, _ in batch if item.origin in self._current
            ]
            self._write(batch, replaced)
            self._current.update((item.origin, item.article.id) for item, _ in batch)
            report = replace(
                report,
                added=report.added + len(batch) - len(replaced),
                updated=report.updated + len(replaced),
            )
            report = replace(report, unchanged=len(self._seen) - report.added - report.updated)
            progress(report)
        gone = self._gone(prune)
        if gone:
            self._write([], gone)
        self._move(reading.moved())
        unchanged = len(self._seen) - report.added - report.updated
        return replace(report, unchanged=unchanged, removed=len(gone))

    def _batches(self, found: Iterable[FoundArticle]) -> Iterator[_Batch]:
        """New articles with their passages, about `BATCH_PASSAGES` at a time."""
        batch: list[tuple[FoundArticle, list[Passage]]] = []
        for item in found:
            is_new = item.article.id not in self._recorded and item.article.id not in self._seen
            self._seen.add(item.article.id)
            if is_new:
                batch.append((item, self._split(item.article)))
            if sum(len(passages) for _, passages in batch) >= BATCH_PASSAGES:
                yield batch
                batch = []
        if batch:
            yield batch

    def _gone(self, prune: Callable[[str], bool]) -> list[str]:
        return [
            article_id
            for origin, article_id in self._current.items()
            if article_id not in self._seen and prune(origin)
        ]

    def _move(self, moved: Iterable[FoundArticle]) -> None:
        """Notes where articles are now, so that a change there replaces them."""
        for item in moved:
            passages = [passage.id for passage in self._split(item.article)]
            embedded = self._store.passages(passages)
            self._store.add([(item.article, item.origin)], list(embedded.values()))

    def _split(self, article: Article) -> list[Passage]:
        return split_article(article, self._embedder.count_tokens, self._embedder.window)

    def _write(self, added: _Batch, removed: Sequence[str]) -> None:
        manifest = Manifest(self._embedder.name, uuid.uuid4().hex)
        embedded = self._embedder.embed_passages(
            [passage for _, passages in added for passage in passages]
        )
        if added:
            ids = tuple(item.article.id for item, _ in added)
            self._store.set_manifest(replace(manifest, pending=ids))
            self._store.add([(item.article, item.origin) for item, _ in added], embedded)
        if removed:
            # What replaces these is whole by now, so that a crash loses neither version.
            self._store.set_manifest(replace(manifest, pending=tuple(removed)))
            self._store.remove(removed)
        self._store.set_manifest(manifest)
        self._on_written(manifest)
        self._lexical.update(
            [(item.article, passages) for item, passages in added], removed, manifest.revision
        )

    def _recover(self) -> None:
        """Removes what a process that died was in the middle of adding or removing."""
        manifest = level(self._store, self._lexical)
        if manifest is not None and manifest.pending:
            self._write([], manifest.pending)


def level(store: Store, lexical: LexicalIndex) -> Manifest | None:
    """Rebuilds the lexical index where the store has changed without it; the store's manifest."""
    manifest = store.manifest()
    if manifest is not None and manifest.revision != lexical.revision:
        lexical.rebuild(store.contents(), manifest.revision)
    return manifest


class _Reading:
    """Articles as they are read, and where: one an origin, or they would replace each other."""

    def __init__(self, found: Iterable[FoundArticle], recorded: dict[str, Entry]) -> None:
        self._found = found
        self._recorded = recorded
        self._origins: set[str] = set()
        self._elsewhere: list[FoundArticle] = []

    def __iter__(self) -> Iterator[FoundArticle]:
        for item in self._found:
            if item.origin not in self._origins:
                self._origins.add(item.origin)
                entry = self._recorded.get(item.article.id)
                if entry is not None and entry.origin != item.origin:
                    self._elsewhere.append(item)
                yield item

    def moved(self) -> list[FoundArticle]:
        """Unchanged articles that were not found again where they used to be."""
        return [
            item
            for item in self._elsewhere
            if self._recorded[item.article.id].origin not in self._origins
        ]
