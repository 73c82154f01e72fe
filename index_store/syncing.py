"""Bringing the store level with what was read: one run, a batch at a time.

A crash at any moment loses at most one batch. The manifest names what a batch touches before it
is touched; the next run removes that, reads it again, and goes on.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from corpus import Article, Passage
from corpus.reading import ArticleRead, FoundArticle
from corpus.splitting import split_article
from index_store.changes import Change, Changes, SyncReport
from index_store.embedder import Embedder
from index_store.lexical import LexicalIndex
from index_store.store import Manifest, Store

#: Passages that are embedded and stored together.
BATCH_PASSAGES = 64

#: New articles, each with its passages and the id of what it replaces.
_Batch = Sequence[tuple[FoundArticle, list[Passage], str | None]]


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

    def run(
        self,
        found: Iterable[ArticleRead],
        prune: Callable[[str], bool],
        progress: Callable[[SyncReport], None],
    ) -> SyncReport:
        """Adds what is new, replaces what has changed, removes what `prune` gives up."""
        changes = Changes(self._store.catalogue())
        for batch in self._batches(changes.new(found)):
            self._write(batch, [replaced for *_, replaced in batch if replaced])
            progress(changes.report)
        gone = changes.gone(prune)
        if gone:
            self._write([], gone)
        self._restate(changes.restated())
        return changes.report

    def _batches(self, new: Iterable[Change]) -> Iterator[_Batch]:
        """New articles with their passages, about `BATCH_PASSAGES` at a time."""
        batch: list[tuple[FoundArticle, list[Passage], str | None]] = []
        indexed = datetime.now(UTC).isoformat(timespec="seconds")
        for change in new:
            article = replace(change.found.article, indexed=indexed)
            batch.append(
                (replace(change.found, article=article), self._split(article), change.replaced)
            )
            if sum(len(passages) for _, passages, _ in batch) >= BATCH_PASSAGES:
                yield batch
                batch = []
        if batch:
            yield batch

    def _restate(self, restated: Sequence[FoundArticle]) -> None:
        """Notes where articles are now, and what they were read from."""
        if not restated:
            return
        for item in restated:
            stored = self._store.articles([item.article.id])
            passages = [passage.id for passage in self._split(item.article)]
            embedded = self._store.passages(passages)
            self._store.add(
                [replace(item, article=stored[item.article.id])], list(embedded.values())
            )
        self._finish([], [], Manifest(self._embedder.name, uuid.uuid4().hex))

    def _split(self, article: Article) -> list[Passage]:
        return split_article(article, self._embedder.count_tokens, self._embedder.window)

    def _write(self, added: _Batch, removed: Sequence[str]) -> None:
        manifest = Manifest(self._embedder.name, uuid.uuid4().hex)
        embedded = self._embedder.embed_passages(
            [passage for _, passages, _ in added for passage in passages]
        )
        ids = [item.article.id for item, *_ in added]
        # The same content, split otherwise: its id stays, its old passages must not.
        rewritten = [article_id for article_id in removed if article_id in set(ids)]
        outdated = [article_id for article_id in removed if article_id not in set(ids)]
        if added:
            self._store.set_manifest(replace(manifest, pending=tuple(ids)))
            self._store.remove(rewritten)
            self._store.add([item for item, *_ in added], embedded)
        if outdated:
            # What replaces these is whole by now, so that a crash loses neither version.
            self._store.set_manifest(replace(manifest, pending=tuple(outdated)))
            self._store.remove(outdated)
        self._finish(added, removed, manifest)

    def _finish(self, added: _Batch, removed: Sequence[str], manifest: Manifest) -> None:
        """Nothing is pending any more; what is derived from the store follows it."""
        self._store.set_manifest(manifest)
        self._on_written(manifest)
        self._lexical.update(
            [(item.article, passages) for item, passages, _ in added], removed, manifest.revision
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
