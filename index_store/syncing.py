"""Bringing the store level with what was read: one run, a batch at a time.

A crash at any moment loses at most one batch that was being written, and the vectors of those that
were being embedded ahead of it. The manifest names what a batch touches before it is touched; the
next run removes that, reads it again, and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from corpus import Article, Passage
from corpus.reading import LAYOUT, ArticleRead, FoundArticle, IsCurrent
from corpus.splitting import split_article
from index_store.ahead import in_order
from index_store.changes import Change, Changes, SyncReport
from index_store.embedder import Embedder, Embedding
from index_store.levelling import level
from index_store.lexical import LexicalIndex
from index_store.models import EmbeddedPassage
from index_store.recent import MOST, next_manifest
from index_store.store import Entry, Manifest, Provenance, Store

#: Passages that are embedded and stored together, in a second or two on 2 cores: what a crash
#: loses, and how often progress is told. Sorted by length among 64, they take 10 % more of the
#: processor's time; among 256, 5 % less.
BATCH_PASSAGES = 128

_T = TypeVar("_T")

#: Articles to be stored, each with its passages.
_Batch = Sequence[tuple[Change, list[Passage]]]


class Sync:
    """One run, by who holds the lock.

    Args:
        on_written: told the manifest after each batch.
        settled: held while a batch is written; see `index_store.lock.settled`.
    """

    def __init__(
        self,
        store: Store,
        lexical: LexicalIndex,
        embedder: Embedder,
        on_written: Callable[[Manifest], None],
        settled: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._embedder = embedder
        self._on_written = on_written
        self._settled = settled

    def run(
        self,
        read: Callable[[IsCurrent], Iterable[ArticleRead]],
        prune: Callable[[str], bool],
        progress: Callable[[SyncReport], None],
    ) -> SyncReport:
        """Adds what is new, replaces what has changed, removes what `prune` gives up.

        Args:
            read: begins to read; told what need not be read again.
        """
        self.recover()
        changes = Changes(self._store.catalogue())
        batches = self._batches(changes, changes.new(read(changes.is_current)))
        for (batch, report), embedded in in_order(batches, self._begin, self._embedder.ahead):
            added = {change.found.article.id for change, _ in batch}
            replaced = [change.replaced for change, _ in batch if change.replaced]
            # What one origin gave up, another one may hold: it is added in its own place.
            removed = [article_id for article_id in replaced if article_id not in added]
            self._write(batch, embedded, removed)
            progress(report)
        for gone in _parts(changes.gone(prune)):
            self._write([], [], gone)
        for restated in _parts(changes.restated()):
            self._restate(restated)
        return changes.report

    def split_again(self, entries: Iterable[Entry]) -> None:
        """Makes the passages of articles anew from their texts, which are kept beside them."""
        for entry in entries:
            article = self._store.articles([entry.article_id])[entry.article_id]
            # What an earlier version made is read again by the next run.
            digest = entry.digest if entry.layout == LAYOUT else ""
            change = Change(FoundArticle(article, entry.origin, digest), None, is_new=False)
            passages = self._split(article)
            self._write([(change, passages)], self._embedder.embed_passages(passages), [])

    def _batches(
        self, changes: Changes, new: Iterable[Change]
    ) -> Iterator[tuple[_Batch, SyncReport]]:
        """Articles to be stored with their passages, about `BATCH_PASSAGES` at a time, and the
        counts when all of these are stored."""
        batch: list[tuple[Change, list[Passage]]] = []
        indexed = datetime.now(UTC).isoformat(timespec="seconds")
        for change in new:
            article = replace(change.found.article, indexed=indexed)
            found = replace(change.found, article=article)
            batch.append((replace(change, found=found), self._split(article)))
            if sum(len(passages) for _, passages in batch) >= BATCH_PASSAGES:
                yield batch, changes.report
                batch = []
        if batch:
            yield batch, changes.report

    def _split(self, article: Article) -> list[Passage]:
        return split_article(article, self._embedder.count_tokens, self._embedder.window)

    def _begin(self, counted: tuple[_Batch, SyncReport]) -> Embedding:
        batch, _ = counted
        return self._embedder.begin([passage for _, passages in batch for passage in passages])

    def _write(
        self, added: _Batch, embedded: Sequence[EmbeddedPassage], removed: Sequence[str]
    ) -> None:
        ids = tuple(change.found.article.id for change, _ in added)
        manifest = self._next([*ids, *removed])
        with self._settled():
            if added:
                pending = replace(manifest, pending=ids)
                self._store.set_manifest(pending)
                self._store.add([change.found for change, _ in added], embedded)
                self._on_written(pending)  # readers of this process see these from now on
            if removed:
                # What replaces these is whole by now, so that a crash loses neither version.
                self._store.set_manifest(replace(manifest, removing=tuple(removed)))
                self._store.remove(removed)
            self._finish(added, removed, manifest)

    def _restate(self, restated: Sequence[Provenance]) -> None:
        ids = tuple(one.article_id for one in restated)
        manifest = self._next(ids)
        with self._settled():
            self._store.set_manifest(replace(manifest, pending=ids))
            self._store.restate(restated)
            self._finish([], [], manifest)

    def _finish(self, added: _Batch, removed: Sequence[str], manifest: Manifest) -> None:
        """Nothing is under way any more; what is derived from the store follows it."""
        self._store.set_manifest(manifest)
        self._on_written(manifest)
        articles = [(change.found.article, passages) for change, passages in added]
        self._lexical.update(articles, removed, manifest.revision)

    def _next(self, touched: Sequence[str]) -> Manifest:
        return next_manifest(self._store.manifest(), self._embedder.name, touched)

    def recover(self) -> None:
        """Ends what a process that died was in the middle of.

        Of articles that were being added, those with a record stay: it is written last, or it is
        that of the version before, which the next reading replaces.
        """
        with self._settled():
            self._store.mend(self._embedder.embed_passages, lambda done, total: None)
            manifest = self._store.manifest()
            if manifest is not None and not manifest.is_settled:
                recorded = self._store.articles(manifest.pending)
                halves = [each for each in manifest.pending if each not in recorded]
                self._end([*halves, *manifest.removing])
        # Only now: until then, a half batch is in nobody's index of words as it will be.
        level(self._store, self._lexical)

    def _end(self, gone: Sequence[str]) -> None:
        """Removes what is left of a batch, and says that it is over."""
        manifest = self._next(gone)
        self._store.set_manifest(replace(manifest, removing=tuple(gone)))
        self._store.remove(gone)
        self._store.set_manifest(manifest)
        self._on_written(manifest)


def _parts(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """As many at a time as a manifest names."""
    return (items[at : at + MOST] for at in range(0, len(items), MOST))
