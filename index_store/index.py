"""The index: articles in, passages out.

`sync` brings the store level with what was read; `search` finds passages by vectors and by words
and combines both.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, replace

from corpus import Article, Passage
from corpus.cleaning import clean_text
from corpus.reading import FoundArticle
from corpus.splitting import split_article
from index_store.embedder import Embedder
from index_store.errors import IndexBusy, WrongEmbedder
from index_store.fusion import DENSE_WEIGHT_SERVED, DENSE_WEIGHT_UNSERVED, combine
from index_store.lexical import LexicalIndex
from index_store.lock import WriteLock
from index_store.models import EmbeddedPassage, Filters, Hit, SearchResult, Summary, Vector
from index_store.store import Entry, Manifest, Store
from index_store.terms import QueryTerms, question_words

#: Passages that each side proposes before they are scored together.
CANDIDATES = 50
#: Passages that are embedded and stored together: what a crash can cost at most.
BATCH_PASSAGES = 64


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How many articles a sync added, replaced, left alone and removed."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0


class ArticleIndex:
    """Articles and passages that can be searched.

    Args:
        lock: held while writing, so that one process writes at a time.

    Raises:
        WrongEmbedder: the store holds vectors of another model.
    """

    def __init__(
        self,
        store: Store,
        lexical: LexicalIndex,
        embedder: Embedder,
        lock: WriteLock | None = None,
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._embedder = embedder
        self._lock: AbstractContextManager[None] = lock or nullcontext()
        self._free_lock = lock.without_waiting() if lock else nullcontext()
        self._followed = manifest = store.manifest()
        if manifest is not None and manifest.embedding_model != embedder.name:
            raise WrongEmbedder(
                f"this index was made with the embedding model {manifest.embedding_model!r}, but "
                f"{embedder.name!r} is configured; set CITEDESK_EMBEDDING_MODEL="
                f"{manifest.embedding_model}, or index again into another --home"
            )
        self._follow()

    # Writing

    def sync(
        self,
        found: Iterable[FoundArticle],
        *,
        prune: Callable[[str], bool] | None = None,
        progress: Callable[[SyncReport], None] = lambda report: None,
    ) -> SyncReport:
        """Adds what is new, replaces what has changed, leaves alone what has not.

        Args:
            found: articles; of several with one origin the first counts.
            prune: says of an origin whether its article is to go if it was not found again.
            progress: called with the counts so far.

        Raises:
            IndexBusy: another process is writing.
            StoreUnavailable, HomeNotWritable: what was not written is noticed by the next sync.
        """
        with self._lock:
            self._refresh()
            self._recover()
            catalogue = self._store.catalogue()
            current = {entry.origin: entry.article_id for entry in catalogue}
            known = set(current.values())
            seen: set[str] = set()
            reading = _Reading(found, catalogue)
            report = SyncReport()
            for batch in self._batches(reading, known, seen):
                replaced = [current[item.origin] for item, _ in batch if item.origin in current]
                self._write(batch, replaced)
                known.update(item.article.id for item, _ in batch)
                current.update((item.origin, item.article.id) for item, _ in batch)
                report = replace(
                    report,
                    added=report.added + len(batch) - len(replaced),
                    updated=report.updated + len(replaced),
                    unchanged=len(seen) - report.added - report.updated - len(batch),
                )
                progress(report)
            gone = [
                article_id
                for origin, article_id in current.items()
                if prune is not None and article_id not in seen and prune(origin)
            ]
            if gone:
                self._write([], gone)
            self._move(reading.moved())
            return replace(
                report,
                unchanged=len(seen) - report.added - report.updated,
                removed=len(gone),
            )

    def _move(self, moved: Iterable[FoundArticle]) -> None:
        """Notes where articles are now, so that a change there replaces them."""
        for item in moved:
            passages = [passage.id for passage in self._split(item.article)]
            embedded = self._store.passages(passages)
            self._store.add([(item.article, item.origin)], list(embedded.values()))

    def _batches(
        self, found: Iterable[FoundArticle], known: set[str], seen: set[str]
    ) -> Iterator[list[tuple[FoundArticle, list[Passage]]]]:
        """New articles with their passages, about `BATCH_PASSAGES` at a time."""
        batch: list[tuple[FoundArticle, list[Passage]]] = []
        for item in found:
            is_new = item.article.id not in known and item.article.id not in seen
            seen.add(item.article.id)
            if is_new:
                batch.append((item, self._split(item.article)))
            if sum(len(passages) for _, passages in batch) >= BATCH_PASSAGES:
                yield batch
                batch = []
        if batch:
            yield batch

    def _split(self, article: Article) -> list[Passage]:
        return split_article(article, self._embedder.count_tokens, self._embedder.window)

    def _write(
        self, added: Sequence[tuple[FoundArticle, list[Passage]]], removed: Sequence[str]
    ) -> None:
        """One batch. The manifest names it before anything is touched and forgets it after."""
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
        self._followed = manifest
        self._lexical.update(
            [(item.article, passages) for item, passages in added], removed, manifest.revision
        )

    def _recover(self) -> None:
        """Removes what a process that died was in the middle of adding or removing."""
        self._level()
        manifest = self._store.manifest()
        if manifest is not None and manifest.pending:
            self._write([], manifest.pending)

    def _follow(self) -> None:
        """Sees what other processes have indexed."""
        manifest = self._refresh()
        if manifest is not None and manifest.revision != self._lexical.revision:
            # Who holds the lock is writing both, and brings them level itself.
            with suppress(IndexBusy), self._free_lock:
                self._level()

    def _refresh(self) -> Manifest | None:
        manifest = self._store.manifest()
        if manifest != self._followed:
            self._store.refresh()
            self._followed = manifest
        return manifest

    def _level(self) -> None:
        """Rebuilds the lexical index where the store has changed without it."""
        manifest = self._store.manifest()
        if manifest is not None and manifest.revision != self._lexical.revision:
            self._lexical.rebuild(self._store.contents(), manifest.revision)

    # Reading

    def search(
        self,
        query: str,
        *,
        language: str | None = None,
        filters: Filters = Filters(),
        limit: int = 10,
    ) -> SearchResult:
        """The passages that a question is most likely answered by.

        Args:
            language: of the question; decides which words are stop words, and how much the
                vectors weigh.
        """
        self._follow()
        query = clean_text(query)  # a lone surrogate has no word pieces
        vector = self._embedder.embed_query(query)
        asked = question_words(query, language)
        terms = self._lexical.weigh(asked)
        served = self._embedder.serves(language)
        lexical = self._lexical.search(asked, CANDIDATES, filters)
        nearest = self._store.nearest(vector, CANDIDATES, filters)
        candidates = self._store.passages(list(dict.fromkeys([*nearest, *lexical])))
        scores = _score(vector, terms, lexical, candidates, served)
        best = list(scores)[:limit]
        articles = self._store.articles(
            list(dict.fromkeys(candidates[key].passage.article_id for key in best))
        )
        hits = tuple(
            Hit(
                passage=candidates[key].passage,
                article=articles[candidates[key].passage.article_id],
                score=scores[key],
                dense=float(candidates[key].vector @ vector),
                lexical=lexical.get(key),
                sentence_cosines=tuple((candidates[key].sentence_vectors @ vector).tolist()),
            )
            for key in best
            # A passage without its article was being removed by another process.
            if candidates[key].passage.article_id in articles
        )
        return SearchResult(hits, terms, served)

    def article(self, article_id: str) -> Article | None:
        """The stored article, or None."""
        return self._store.articles([article_id]).get(article_id)

    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """Stored articles by id; unknown ids are absent."""
        return self._store.articles(article_ids)

    def passage(self, passage_id: str) -> Passage | None:
        """The stored passage, or None."""
        found = self._store.passages([passage_id]).get(passage_id)
        return found.passage if found else None

    def summary(self, filters: Filters = Filters()) -> Summary:
        """What is indexed, of what a filter admits."""
        entries = [
            entry
            for entry in self._store.catalogue()
            if filters.admits(entry.publisher, entry.language, entry.day)
        ]
        days = sorted(entry.day for entry in entries if entry.day)
        return Summary(
            articles=len(entries),
            passages=sum(entry.passages for entry in entries),
            languages=Counter(entry.language for entry in entries),
            publishers=Counter(entry.publisher for entry in entries),
            first=days[0] if days else None,
            last=days[-1] if days else None,
            embedding_model=self._embedder.name,
        )

    def warm_up(self) -> None:
        """Loads the embedding model now rather than with the first question."""
        self._embedder.embed_query("warm up")


class _Reading:
    """Articles as they are read, and where: one an origin, or they would replace each other."""

    def __init__(self, found: Iterable[FoundArticle], catalogue: Iterable[Entry]) -> None:
        self._found = found
        self._recorded = {entry.article_id: entry.origin for entry in catalogue}
        self._origins: set[str] = set()
        self._elsewhere: list[FoundArticle] = []

    def __iter__(self) -> Iterator[FoundArticle]:
        for item in self._found:
            if item.origin not in self._origins:
                self._origins.add(item.origin)
                if self._recorded.get(item.article.id, item.origin) != item.origin:
                    self._elsewhere.append(item)
                yield item

    def moved(self) -> list[FoundArticle]:
        """Unchanged articles that were not found again where they used to be."""
        return [
            item for item in self._elsewhere if self._recorded[item.article.id] not in self._origins
        ]


def _score(
    vector: Vector,
    terms: QueryTerms,
    lexical: Mapping[str, float],
    candidates: Mapping[str, EmbeddedPassage],
    served: bool,
) -> dict[str, float]:
    """Passage and best-sentence scores of both sides, combined; best first."""
    share = (DENSE_WEIGHT_SERVED if served else DENSE_WEIGHT_UNSERVED) / 2
    dense = {key: float(found.vector @ vector) for key, found in candidates.items()}
    dense_sentence = {
        key: float((found.sentence_vectors @ vector).max()) for key, found in candidates.items()
    }
    lexical_sentence = {
        key: max(map(terms.coverage, found.passage.sentence_texts()))
        for key, found in candidates.items()
    }
    return combine(
        [
            (share, dense),
            (share, dense_sentence),
            (0.5 - share, {key: lexical.get(key, 0.0) for key in candidates}),
            (0.5 - share, lexical_sentence),
        ]
    )
